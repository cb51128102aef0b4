"""What the tests of the log are made of: two bodies, questions, findings, materials."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier
from typing import TypeVar

from consultation.inquiry import Asker, Channel, ConsultationId, Inquiry, InquiryId, MessageKey, Place
from consultation.municipality import Municipality, MunicipalityCode, check_digit, municipality
from consultation.outcome import Answer, Citation, Clarification, Finding, Handoff, Outcome, Reason
from consultation.passage import MaterialKind, Passage
from records.book import Book, Entered, Recorded
from records.ledger import Ledger
from records.library import Library, Material, Piece
from records.pages import Pages
from records.registry import Registry
from records.rows import ConsultationFile, InquiryRow

T = TypeVar("T")

NOW = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)
MINUTE = timedelta(minutes=1)


def code(five: str) -> str:
    """A right code from its first five digits."""
    return f"{five}{check_digit(five)}"


SAITAMA = municipality(code("11999"), "みほん市", "埼玉県")
CHIBA = municipality(code("12999"), "ためし町", "千葉県")
NIIGATA = municipality(code("15999"), "れいの村", "新潟県")


def register(ledger: Ledger, *bodies: Municipality) -> None:
    ledger.write(lambda session: [Registry(session).add_municipality(body, NOW) for body in bodies])


def inquiry(
    key: str = "k1",
    text: str = "窓口のAIはいくらですか",
    *,
    thread: str | None = None,
    body: Municipality = SAITAMA,
    room: str = "C1",
    at: datetime = NOW,
    channel: Channel = Channel.SLACK,
) -> Inquiry:
    """A question; each has a thread of its own unless one is named."""
    place = Place(channel, "T1", room, thread if thread is not None else f"thread of {key}")
    return Inquiry(MessageKey(key), place, body.code, Asker("T1:U1", "佐藤"), text, (), at)


def enter(ledger: Ledger, asked: Inquiry) -> Entered:
    return ledger.write(lambda session: Book(session).enter(asked))


def record(
    ledger: Ledger, inquiry_id: InquiryId, outcome: Outcome, seen: str | None = None, at: datetime = NOW
) -> Recorded:
    words = seen if seen is not None else row_of(ledger, inquiry_id).text
    return ledger.write(lambda session: Book(session).record(inquiry_id, words, found(outcome), at))


def row_of(ledger: Ledger, inquiry_id: InquiryId) -> InquiryRow:
    return ledger.read(lambda session: Pages(session).inquiry(inquiry_id))


def file_of(ledger: Ledger, consultation_id: ConsultationId) -> ConsultationFile:
    return ledger.read(lambda session: Pages(session).file(consultation_id))


def answer(text: str = "月額5万円です。", citations: tuple[Citation, ...] = ()) -> Answer:
    return Answer(Reason.GROUNDED, text, citations)


def handoff(reason: Reason = Reason.NOT_IN_MATERIALS) -> Handoff:
    return Handoff(reason, "担当者に引き継ぎます。", draft="下書き")


def clarification(*choices: str) -> Clarification:
    return Clarification(Reason.AMBIGUOUS, "どちらでしょうか。", choices)


def found(outcome: Outcome) -> Finding:
    return Finding(outcome, 0.9, {"best": 0.8}, {"gate": "1"}, {"retrieve": 12})


def material(title: str = "費用対効果", **said: object) -> Material:
    plain: dict[str, object] = {
        "kind": MaterialKind.WORKSHOP,
        "as_of": None,
        "source": "研修",
        "source_kind": "own",
        "valid_from": None,
        "valid_until": None,
        "visible_to": None,
    }
    return Material(title=title, **{**plain, **said})  # type: ignore[arg-type]


def piece(text: str, locator: str = "p.1") -> Piece:
    return Piece(locator, ("見出し",), text, (text,))


def publish(ledger: Ledger, path: str, about: Material, *texts: str, print_: str = "f1") -> int:
    pieces = [piece(text, f"p.{page}") for page, text in enumerate(texts, 1)]
    return ledger.write(lambda session: Library(session).publish(path, print_, about, pieces, NOW))


def live(ledger: Ledger) -> list[Passage]:
    return ledger.read(lambda session: Library(session).live())


def seen_by(ledger: Ledger, body: MunicipalityCode, on: date = TODAY) -> set[str]:
    """The texts of all live passages that the body may see."""
    ids = [passage.id for passage in live(ledger)]
    return {found.text for found in ledger.read(lambda s: Library(s).visible(ids, body, on)).values()}


def at_once(deeds: Sequence[Callable[[], T]]) -> list[T]:
    """The results of deeds that threads begin at the same moment."""
    barrier = Barrier(len(deeds))

    def begin(deed: Callable[[], T]) -> T:
        barrier.wait(10)
        return deed()

    with ThreadPoolExecutor(len(deeds)) as threads:
        return list(threads.map(begin, deeds))
