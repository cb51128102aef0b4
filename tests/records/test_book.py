"""The book: a question is entered once and decided once; numbers have no gaps; what is taken back is gone."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import inspect, text

from consultation.errors import NotFound
from consultation.inquiry import MessageKey
from consultation.outcome import Citation, Handoff, OutcomeKind, Reason
from records.book import CONSULTANT, WITHDRAWN, Book, Recorded, chosen_key
from records.ledger import Ledger, Session
from records.pages import Pages
from tests.records import stock
from tests.records.stock import (
    CHIBA,
    MINUTE,
    NIIGATA,
    NOW,
    SAITAMA,
    answer,
    clarification,
    enter,
    handoff,
    inquiry,
    record,
)

CANARY = "カナリア7391"


@pytest.fixture(autouse=True)
def _bodies(ledger: Ledger) -> None:
    stock.register(ledger, SAITAMA, CHIBA, NIIGATA)


def withdraw(ledger: Ledger, key: str) -> list[str]:
    return list(ledger.write(lambda session: Book(session).withdraw(MessageKey(key), NOW)))


def amend(ledger: Ledger, key: str, words: str) -> bool:
    return ledger.write(lambda session: Book(session).amend(MessageKey(key), words, ("phone",), NOW))


def test_the_same_message_from_eight_threads_is_one_question(ledger: Ledger) -> None:
    entered = stock.at_once([lambda: enter(ledger, inquiry("k1"))] * 8)

    assert len({one.inquiry_id for one in entered}) == 1
    assert sum(one.is_new for one in entered) == 1
    assert {one.number for one in entered} == {"R08-KANTO-0001"}
    assert len(stock.file_of(ledger, entered[0].consultation_id).turns) == 1


def test_numbers_of_a_series_have_no_gap_over_threads(ledger: Ledger) -> None:
    deeds = [lambda key=f"k{n}": enter(ledger, inquiry(key)).number for n in range(12)]
    deeds += [lambda key=f"n{n}": enter(ledger, inquiry(key, body=NIIGATA)).number for n in range(4)]

    numbers = stock.at_once(deeds)

    assert sorted(numbers[:12]) == [f"R08-KANTO-{n:04d}" for n in range(1, 13)]
    assert sorted(numbers[12:]) == [f"R08-SHINETSU-{n:04d}" for n in range(1, 5)]


def test_a_message_that_is_refused_takes_no_number(ledger: Ledger) -> None:
    enter(ledger, inquiry("k1"))
    unknown = replace(inquiry("k2"), municipality=stock.municipality(stock.code("13999"), "ない町", "東京都").code)
    with pytest.raises(NotFound):
        enter(ledger, unknown)

    assert enter(ledger, inquiry("k3")).number == "R08-KANTO-0002"


def test_the_number_counts_by_the_fiscal_year_in_japan(ledger: Ledger) -> None:
    still_march = datetime(2027, 3, 31, 14, 59, tzinfo=UTC)
    april = datetime(2027, 3, 31, 15, 0, tzinfo=UTC)

    assert enter(ledger, inquiry("k1", at=still_march)).number == "R08-KANTO-0001"
    assert enter(ledger, inquiry("k2", at=april)).number == "R09-KANTO-0001"


def test_a_follow_up_joins_the_consultation_of_its_thread(ledger: Ledger) -> None:
    first = enter(ledger, inquiry("k1", thread="100.1"))
    second = enter(ledger, inquiry("k2", "続きです", thread="100.1"))

    assert second.number == first.number
    assert [row.ordinal for row in stock.file_of(ledger, first.consultation_id).inquiries] == [1, 2]


def test_follow_ups_at_once_are_counted_one_after_the_other(ledger: Ledger) -> None:
    first = enter(ledger, inquiry("k0", thread="100.1"))

    stock.at_once([lambda key=f"k{n}": enter(ledger, inquiry(key, thread="100.1")) for n in range(1, 7)])

    file = stock.file_of(ledger, first.consultation_id)
    assert [row.ordinal for row in file.inquiries] == list(range(1, 8))
    assert len(file.turns) == 7


def test_a_thread_never_changes_its_body(ledger: Ledger) -> None:
    first = enter(ledger, inquiry("k1", thread="100.1"))

    with pytest.raises(NotFound):
        enter(ledger, inquiry("k2", CANARY, thread="100.1", body=CHIBA))

    assert CANARY not in str(stock.file_of(ledger, first.consultation_id))
    assert ledger.read(lambda session: Pages(session).inquiry_of(MessageKey("k2"))) is None


def test_writers_to_one_consultation_wait_for_each_other(ledger: Ledger) -> None:
    """None loses its race: inside the workflow engine's transaction nobody would run it again."""
    entered, runs = enter(ledger, inquiry("k0")), list[int]()

    def say(n: int) -> None:
        def deed(session: Session) -> None:
            runs.append(n)
            Book(session).say(entered.consultation_id, f"r{n}", CONSULTANT, "鈴木", "返信", NOW)

        ledger.write(deed)

    stock.at_once([lambda n=n: say(n) for n in range(6)])

    assert sorted(runs) == list(range(6))


def test_an_outcome_is_recorded_once(ledger: Ledger) -> None:
    entered = enter(ledger, inquiry("k1"))

    came = stock.at_once([lambda n=n: record(ledger, entered.inquiry_id, answer(f"答え{n}")) for n in range(4)])

    assert sorted(came) == [Recorded.RECORDED, *[Recorded.SETTLED] * 3]
    turns = stock.file_of(ledger, entered.consultation_id).turns
    assert [turn.speaker for turn in turns] == ["asker", "desk"]
    assert turns[1].text == stock.row_of(ledger, entered.inquiry_id).answer


def test_an_outcome_stands_with_all_that_it_was_decided_on(ledger: Ledger) -> None:
    stock.publish(ledger, "/a.pdf", stock.material(), "月額は5万円です。")
    passage = stock.live(ledger)[0]
    cited = Citation(passage.id, passage.document_id, 1, passage.title, "p.1", "5万円", 0.7)
    entered = enter(ledger, inquiry("k1"))

    record(ledger, entered.inquiry_id, answer("5万円です。", (cited,)), at=NOW + MINUTE)

    row = stock.row_of(ledger, entered.inquiry_id)
    assert (row.outcome, row.reason, row.confidence) == (OutcomeKind.ANSWER, Reason.GROUNDED, 0.9)
    assert (row.features, row.versions, row.took_ms) == ({"best": 0.8}, {"gate": "1"}, {"retrieve": 12})
    assert (row.citations, row.decided_at) == ((cited,), NOW + MINUTE)
    assert row.is_grounded
    assert not row.is_referred


def test_what_the_asker_of_a_hand_over_saw_stands_marked(ledger: Ledger) -> None:
    stock.publish(ledger, "/a.pdf", stock.material(), "月額は5万円です。年額は60万円です。")
    passage = stock.live(ledger)[0]
    cited = [
        Citation(passage.id, passage.document_id, 1, passage.title, "p.1", quote, 0.7) for quote in ("5万", "60万")
    ]
    entered = enter(ledger, inquiry("k1"))

    shown = Handoff(Reason.LOW_CONFIDENCE, "引き継ぎます。", (replace(cited[0], is_reference=True), cited[1]))
    record(ledger, entered.inquiry_id, shown)

    row = stock.row_of(ledger, entered.inquiry_id)
    assert row.citations == shown.citations
    assert row.is_referred
    assert not row.is_grounded


def test_an_outcome_of_other_words_is_not_recorded(ledger: Ledger) -> None:
    entered = enter(ledger, inquiry("k1", "はじめの質問"))
    assert amend(ledger, "k1", "直した質問")

    assert record(ledger, entered.inquiry_id, answer(), seen="はじめの質問") is Recorded.AMENDED
    assert stock.row_of(ledger, entered.inquiry_id).outcome is None
    assert record(ledger, entered.inquiry_id, answer(), seen="直した質問") is Recorded.RECORDED


def test_both_wordings_of_an_amended_question_stand_in_the_turns(ledger: Ledger) -> None:
    entered = enter(ledger, inquiry("k1", "はじめの質問"))

    amend(ledger, "k1", "直した質問")

    assert [turn.text for turn in stock.file_of(ledger, entered.consultation_id).turns] == [
        "はじめの質問",
        "直した質問",
    ]
    assert stock.row_of(ledger, entered.inquiry_id).masked == ("phone",)


def test_what_was_masked_is_told_as_long_as_its_mark_stands(ledger: Ledger) -> None:
    asked = enter(ledger, replace(inquiry("k1", "〔電話番号〕の〔氏名〕様"), masked=("電話番号", "氏名")))
    for words, new, told in (
        ("〔電話番号〕に折り返す", (), ("電話番号",)),
        ("〔電話番号〕か〔メールアドレス〕", ("メールアドレス",), ("電話番号", "メールアドレス")),
        ("折り返しは不要です", (), ()),
    ):
        ledger.write(lambda s, words=words, new=new: Book(s).amend(MessageKey("k1"), words, new, NOW))
        assert stock.row_of(ledger, asked.inquiry_id).masked == told


def test_an_answered_question_is_not_amended(ledger: Ledger) -> None:
    entered = enter(ledger, inquiry("k1"))
    record(ledger, entered.inquiry_id, answer())

    assert not amend(ledger, "k1", "あとから")
    assert not amend(ledger, "unknown", "だれ")


def test_a_withdrawn_question_leaves_no_words_in_any_table(ledger: Ledger) -> None:
    entered = enter(ledger, inquiry("k1", f"{CANARY}について"))
    amend(ledger, "k1", f"{CANARY}についてですが")

    assert withdraw(ledger, "k1") == [entered.inquiry_id]

    assert CANARY not in everything(ledger)
    assert {turn.text for turn in stock.file_of(ledger, entered.consultation_id).turns} == {WITHDRAWN}
    assert record(ledger, entered.inquiry_id, answer(), seen="") is Recorded.SETTLED
    assert withdraw(ledger, "k1") == []


def test_with_a_question_goes_what_was_asked_by_choosing(ledger: Ledger) -> None:
    first = enter(ledger, inquiry("k%1", f"{CANARY}の件", thread="100.1"))
    chosen = enter(ledger, inquiry(chosen_key("k%1"), f"{CANARY}の件（費用）", thread="100.1"))
    other = enter(ledger, inquiry("kx1:chosen", "別の人の質問", thread="100.2"))

    assert withdraw(ledger, "k%1") == [first.inquiry_id, chosen.inquiry_id]

    assert CANARY not in everything(ledger)
    assert stock.row_of(ledger, other.inquiry_id).withdrawn_at is None


def test_with_a_question_go_the_choices_made_of_its_words_and_what_was_chosen(ledger: Ledger) -> None:
    asked = f"{CANARY}の費用は。{CANARY}の効果は。"
    first = enter(ledger, inquiry("k1", asked, thread="100.1"))
    record(ledger, first.inquiry_id, clarification(f"{CANARY}の費用は", f"{CANARY}の効果は"))
    by_choice = inquiry(chosen_key("k1"), f"{asked}（{CANARY}の費用は）", thread="100.1")
    chosen = enter(ledger, replace(by_choice, chosen=f"{CANARY}の費用は"))
    record(ledger, chosen.inquiry_id, Handoff(Reason.URGENT, "引き継ぎます。", draft=f"{CANARY}についてのご質問です。"))
    assert everything(ledger).count(CANARY) > 8

    withdraw(ledger, "k1")

    assert CANARY not in everything(ledger)
    assert stock.row_of(ledger, first.inquiry_id).outcome is OutcomeKind.CLARIFY


def test_a_reply_with_the_same_key_is_one_turn(ledger: Ledger) -> None:
    entered = enter(ledger, inquiry("k1"))

    def say() -> str | None:
        return ledger.write(
            lambda session: Book(session).say(entered.consultation_id, "r1", CONSULTANT, "鈴木", "お答えします", NOW)
        )

    said = stock.at_once([say] * 4)

    assert sum(one is not None for one in said) == 1
    assert [turn.text for turn in stock.file_of(ledger, entered.consultation_id).turns][1:] == ["お答えします"]


def test_the_last_verdict_of_a_person_counts(ledger: Ledger) -> None:
    entered = enter(ledger, inquiry("k1"))
    for helpful in (True, False):
        ledger.write(lambda session, said=helpful: Book(session).judge(entered.inquiry_id, "U1", said, NOW))

    assert stock.row_of(ledger, entered.inquiry_id).helpful is False


@pytest.mark.parametrize("words", ["孤立\ud800サロゲート", "ヌル\0文字", "🈂️\u202e逆順", "あ" * 40_000, ""])
def test_any_words_can_be_entered_and_decided(ledger: Ledger, words: str) -> None:
    entered = enter(ledger, inquiry("k1", words))

    assert record(ledger, entered.inquiry_id, handoff()) is Recorded.RECORDED
    kept = stock.row_of(ledger, entered.inquiry_id).text
    assert kept == words.replace("\ud800", "\ufffd").replace("\0", "\ufffd")


def everything(ledger: Ledger) -> str:
    """All rows of all tables."""
    with ledger.engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        return str([connection.execute(text(f'SELECT * FROM "{table}"')).all() for table in tables])  # noqa: S608
