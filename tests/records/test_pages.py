"""The read side: another body's is not found, and the log's filters narrow to what they say."""

from collections.abc import Callable

import pytest

from consultation.calendar import TOKYO
from consultation.case import CaseId
from consultation.errors import NotFound
from consultation.inquiry import ConsultationId, InquiryId, MessageKey
from consultation.outcome import OutcomeKind, Reason
from records.book import Book
from records.casebook import CaseBook
from records.ledger import Ledger
from records.pages import LogFilter, Pages
from tests.records import stock
from tests.records.stock import CHIBA, MINUTE, NOW, SAITAMA, answer, enter, handoff, inquiry, record

CANARY = "カナリア7391"


@pytest.fixture(autouse=True)
def _bodies(ledger: Ledger) -> None:
    stock.register(ledger, SAITAMA, CHIBA)


def log(ledger: Ledger, **said: object) -> list[str]:
    """The questions that the filter leaves, newest first."""
    wanted = LogFilter(**said)  # type: ignore[arg-type]
    return [line.inquiry.text for line in ledger.read(lambda session: Pages(session).log(wanted))]


def test_anothers_object_is_as_if_it_were_not_there(ledger: Ledger) -> None:
    entered = enter(ledger, inquiry("k1", CANARY))
    record(ledger, entered.inquiry_id, handoff())
    case, _ = ledger.write(lambda s: CaseBook(s).open_for(entered.inquiry_id, Reason.URGENT, "desk", NOW))
    asks: list[tuple[Callable[[Pages], object], Callable[[Pages], object]]] = [
        (
            lambda pages: pages.inquiry(entered.inquiry_id, CHIBA.code),
            lambda pages: pages.inquiry(InquiryId("none"), CHIBA.code),
        ),
        (
            lambda pages: pages.consultation(entered.consultation_id, CHIBA.code),
            lambda pages: pages.consultation(ConsultationId("none"), CHIBA.code),
        ),
        (
            lambda pages: pages.file(entered.consultation_id, CHIBA.code),
            lambda pages: pages.file(ConsultationId("none"), CHIBA.code),
        ),
        (lambda pages: pages.case(case, CHIBA.code), lambda pages: pages.case(CaseId("none"), CHIBA.code)),
    ]

    for theirs, none in asks:
        assert refusal(ledger, theirs) == refusal(ledger, none)
    assert log(ledger, body=CHIBA.code, words=CANARY) == []
    assert ledger.read(lambda session: Pages(session).case(case, SAITAMA.code)).inquiry.text == CANARY


def refusal(ledger: Ledger, ask: Callable[[Pages], object]) -> str:
    with pytest.raises(NotFound) as told:
        ledger.read(lambda session: ask(Pages(session)))
    return told.value.reason


def test_the_log_is_newest_first_and_comes_in_pages(ledger: Ledger) -> None:
    for n in range(5):
        enter(ledger, inquiry(f"k{n}", f"質問{n}", at=NOW + n * MINUTE))

    lines = ledger.read(lambda session: Pages(session).log(LogFilter(), offset=1, limit=2))

    assert [line.inquiry.text for line in lines] == ["質問3", "質問2"]


def test_the_log_narrows_to_body_and_outcome(ledger: Ledger) -> None:
    answered = enter(ledger, inquiry("k1", "回答済み"))
    record(ledger, answered.inquiry_id, answer())
    enter(ledger, inquiry("k2", "未回答"))
    enter(ledger, inquiry("k3", "よその団体", body=CHIBA))

    assert log(ledger, body=CHIBA.code) == ["よその団体"]
    assert log(ledger, outcome=OutcomeKind.ANSWER) == ["回答済み"]


def test_a_period_includes_its_beginning_and_not_its_end(ledger: Ledger) -> None:
    for n in range(3):
        enter(ledger, inquiry(f"k{n}", f"質問{n}", at=NOW + n * MINUTE))

    assert log(ledger, since=NOW + MINUTE, until=NOW + 2 * MINUTE) == ["質問1"]
    assert log(ledger, since=(NOW + 2 * MINUTE).astimezone(TOKYO)) == ["質問2"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("100%", ["効果は100%ですか"]),
        ("a_b", ["列名a_bとは"]),
        ("\\", ["道は\\ですか"]),
        ("OCR", ["AI-OCRの費用"]),
        ("ocr 費用", ["AI-OCRの費用"]),
        ("ocr 効果", []),
        ("月額", ["AI-OCRの費用"]),
        ("r08-kanto-0002", ["列名a_bとは"]),
        ("'; DROP TABLE inquiry; --", []),
    ],
)
def test_words_are_looked_for_as_they_are(ledger: Ledger, words: str, found: list[str]) -> None:
    for n, said in enumerate(["効果は100%ですか", "列名a_bとは", "道は\\ですか", "効果は100点、列名aXbとは"]):
        enter(ledger, inquiry(f"k{n}", said))
    priced = enter(ledger, inquiry("k9", "AI-OCRの費用"))
    record(ledger, priced.inquiry_id, answer("月額5万円です。"))

    assert log(ledger, words=words) == found


def test_unstarted_is_what_is_neither_decided_nor_withdrawn(ledger: Ledger) -> None:
    decided, waiting = enter(ledger, inquiry("k1")), enter(ledger, inquiry("k2"))
    enter(ledger, inquiry("k3"))
    record(ledger, decided.inquiry_id, answer())
    ledger.write(lambda session: Book(session).withdraw(MessageKey("k3"), NOW))

    assert ledger.read(lambda session: Pages(session).unstarted()) == [waiting.inquiry_id]


def test_a_consultation_is_found_by_its_place(ledger: Ledger) -> None:
    asked = inquiry("k1", thread="1.1")
    entered = enter(ledger, asked)

    found = ledger.read(lambda session: Pages(session).consultation_at(asked.place))
    assert found is not None
    assert (found.id, found.municipality, found.place) == (entered.consultation_id, SAITAMA, asked.place)
    elsewhere = inquiry("k2", thread="1.2").place
    assert ledger.read(lambda session: Pages(session).consultation_at(elsewhere)) is None
