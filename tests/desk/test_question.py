"""A question becomes its outcome, once, and what changes meanwhile counts."""

from consultation.inquiry import Asker, MessageKey
from consultation.outcome import OutcomeKind, Reason
from desk import wording
from records.casebook import CaseBook
from records.pages import Pages
from tests.desk.bench import CARDS, Bench, until
from tests.records import stock


def test_a_question_accepted_five_times_is_answered_once(bench: Bench, room: str) -> None:
    entered = stock.at_once([lambda: bench.ask("費用は", room)] * 5)

    (post,) = bench.settled(1, room)

    assert len(set(entered)) == 1
    assert (post["purpose"], post["text"]) == ("outcome", "「費用は」への回答")
    bench.ask("費用は", room)
    bench.ask("別の質問", room)
    assert len(bench.settled(2, room)) == 2
    assert bench.outcomes(entered[0]) == 1


def test_questions_of_many_threads_get_an_outcome_each(bench: Bench, room: str) -> None:
    asked = stock.at_once([lambda n=n: bench.ask(f"質問{n}", f"{room}{n % 4}", key=f"{room}{n}") for n in range(12)])

    for inquiry_id in asked:
        assert bench.desk.wait(inquiry_id, 40).outcome is OutcomeKind.ANSWER
    posts = [post["inquiry"] for n in range(4) for post in bench.settled(3, f"{room}{n}")]
    assert sorted(posts) == sorted(asked)


def test_a_hand_over_opens_a_case_and_shows_a_card(bench: Bench, room: str) -> None:
    asked = bench.ask("担当者に聞きたい", room)

    row = bench.ledger.read(lambda session: Pages(session).case(bench.case(asked)))

    assert (row.reason, row.inquiry.draft) == (Reason.NOT_IN_MATERIALS, "下書き")
    assert [post["purpose"] for post in bench.settled(1, room)] == ["outcome"]
    until(lambda: f"card:{row.id}" in [post["delivery"] for post in bench.channels.posts(CARDS.room)])


def test_an_error_in_considering_becomes_a_hand_over(bench: Bench, room: str) -> None:
    asked = bench.ask("壊れる質問", room)

    row = bench.desk.wait(asked, 40)

    assert (row.outcome, row.reason) == (OutcomeKind.HANDOFF, Reason.ERROR)
    assert "R08-KANTO-" in row.answer
    assert "broken" not in row.answer
    assert bench.case(asked)


def test_what_is_added_while_a_person_is_on_it_goes_to_the_person(bench: Bench, room: str) -> None:
    case = bench.case(bench.ask("担当者に聞きたい", room, thread="1.1"))

    added = bench.ask("補足です", room, thread="1.1")

    row = bench.desk.wait(added, 40)
    assert (row.reason, row.answer) == (Reason.WITH_PERSON, wording.WITH_PERSON)
    assert bench.ledger.read(lambda session: CaseBook(session).of_inquiry(added)) is None
    words = f"asker_words:{case}:{added}"
    until(lambda: words in [post["delivery"] for post in bench.channels.posts(CARDS.room)])
    assert "補足です" not in [question.text for question in bench.answerer.seen]


def test_a_question_amended_while_considered_is_considered_again(bench: Bench, room: str) -> None:
    asked = bench.ask("ゆっくり考える質問", room)
    assert bench.answerer.waiting.wait(40)

    assert bench.desk.amend(MessageKey(f"{room}:ゆっくり考える質問"), "直した質問", ())
    bench.answerer.go_on.set()

    assert bench.desk.wait(asked, 40).answer == "「直した質問」への回答"
    assert len(bench.settled(1, room)) == 1
    bench.answerer.waiting.clear()
    bench.answerer.go_on.clear()


def test_a_question_withdrawn_while_considered_gets_no_post(bench: Bench, room: str) -> None:
    asked = bench.ask("ゆっくり、やめます", room)
    assert bench.answerer.waiting.wait(40)

    bench.desk.take_back(MessageKey(f"{room}:ゆっくり、やめます"))
    bench.answerer.go_on.set()
    bench.ask("次の質問", room)

    assert [post["question"] for post in bench.settled(1, room)] == ["次の質問"]
    assert bench.desk.wait(asked, 0).outcome is None
    bench.answerer.waiting.clear()
    bench.answerer.go_on.clear()


def test_waiting_ends_when_the_question_is_withdrawn(bench: Bench, room: str) -> None:
    asked = bench.ask("ゆっくり、やはりやめます", room)
    bench.desk.take_back(MessageKey(f"{room}:ゆっくり、やはりやめます"))
    bench.answerer.go_on.set()

    assert bench.desk.wait(asked, 40).withdrawn_at is not None
    bench.answerer.waiting.clear()
    bench.answerer.go_on.clear()


def test_with_the_question_goes_its_case(bench: Bench, room: str) -> None:
    asked = bench.ask("担当者に聞きたいが消す", room)
    case = bench.case(asked)

    bench.desk.take_back(MessageKey(f"{room}:担当者に聞きたいが消す"))

    assert bench.ledger.read(lambda session: Pages(session).case(case)).state == "withdrawn"


def test_a_choice_made_twice_is_one_question(bench: Bench, room: str) -> None:
    asked = bench.ask("どちらの話か", room)
    assert bench.desk.wait(asked, 40).choices == ("費用", "効果")
    asker = Asker("T1:U1", "佐藤")

    chosen = {bench.desk.choose(asked, 1, asker).inquiry_id for _ in range(2)}

    (inquiry_id,) = chosen
    row = bench.desk.wait(inquiry_id, 40)
    assert (row.text, row.chosen) == ("どちらの話か（効果）", "効果")
    assert [question.chosen for question in bench.answerer.seen if question.chosen] == ["効果"]


def test_what_was_asked_earlier_is_known(bench: Bench, room: str) -> None:
    bench.desk.wait(bench.ask("はじめの質問", room, thread="1.1"), 40)

    bench.desk.wait(bench.ask("続きの質問", room, thread="1.1"), 40)

    (seen,) = [question for question in bench.answerer.seen if question.text == "続きの質問"]
    assert [earlier.text for earlier in seen.earlier] == ["はじめの質問"]
