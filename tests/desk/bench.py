"""The desk on its real engine, with the two ends in our hands: who considers, and where posts become visible."""

import json
import os
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from answering.answerer import NOTHING
from answering.question import Question
from answering.telling import Tell
from consultation.case import CaseId, Consultant
from consultation.inquiry import Channel, InquiryId, Place
from consultation.outcome import Answer, Finding, Handoff, Reason
from desk.asides import Asides
from desk.consulting import Considering, Consulting
from desk.desk import Desk
from desk.engine import Engine
from desk.letters import Bulletin, Letter
from desk.posting import Posting
from desk.settings import DeskSettings
from records.ledger import Ledger
from records.pages import Pages
from records.postbook import PostBook
from records.registry import Registry
from tests.records import stock
from tests.records.stock import NOW, SAITAMA, clarification

T = TypeVar("T")

CARDS = Place(Channel.SLACK, "T1", "CARDS", "")
PATIENCE_S = 40.0  # a busy machine is slow, a stuck desk waits for ever


@dataclass
class Scripted:
    """desk.consulting.Considering: the question's wording says what comes of it."""

    waiting: threading.Event = field(default_factory=threading.Event)
    """Set when a question that says ゆっくり is being considered."""
    go_on: threading.Event = field(default_factory=threading.Event)
    seen: list[Question] = field(default_factory=list)

    def consider(self, question: Question, _tell: Tell) -> Finding:
        self.seen.append(question)
        if "ゆっくり" in question.text:
            self.waiting.set()
            assert self.go_on.wait(PATIENCE_S)
        if "壊れる" in question.text:
            raise AssertionError("broken on purpose")
        if "担当者" in question.text:
            return stock.found(Handoff(Reason.NOT_IN_MATERIALS, "担当者に引き継ぎます。", draft="下書き"))
        if "どちら" in question.text:
            return stock.found(clarification("費用", "効果"))
        return stock.found(Answer(Reason.GROUNDED, f"「{question.text}」への回答", ()))


class Channels:
    """desk.letters.Postman on a file, as Slack would keep it: what stands there, found again by the delivery's id.

    A fault is what a room does before (`applied` false) or after the next post into it, in order.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.looks: list[str] = []
        self.tries: list[str] = []
        self._faults: dict[str, list[tuple[Exception, bool]]] = defaultdict(list)
        self._lock = threading.Lock()

    def fault(self, room: str, error: Exception, *, applied: bool = False, times: int = 1) -> None:
        self._faults[room].extend([(error, applied)] * times)

    def clear(self) -> None:
        """No faults any more."""
        self._faults.clear()

    def find(self, letter: Letter | Bulletin) -> str | None:
        self.looks.append(letter.delivery.id)
        return next((post["ref"] for post in self.posts() if post["delivery"] == letter.delivery.id), None)

    def post(self, letter: Letter | Bulletin) -> str:
        self.tries.append(letter.delivery.id)
        faults = self._faults[letter.delivery.place.room]
        error, applied = faults.pop(0) if faults else (None, True)
        ref = self._stand(letter) if applied else ""
        if error is not None:
            raise error
        return ref

    def retract(self, _letter: Letter) -> None:
        raise AssertionError("nothing streams here")

    def posts(self, room: str | None = None) -> list[dict[str, str]]:
        """What stands there, in order."""
        if not self.path.exists():
            return []
        lines = [json.loads(line) for line in self.path.read_text().splitlines()]
        return [post for post in lines if room in (None, post["room"])]

    def purposes(self, room: str) -> list[str]:
        return [post["purpose"] for post in self.posts(room)]

    def _stand(self, letter: Letter | Bulletin) -> str:
        about = _about(letter)
        with self._lock:
            post = about | {
                "ref": f"{time.time():.6f}",
                "delivery": letter.delivery.id,
                "purpose": letter.purpose.value,
                "room": letter.delivery.place.room,
                "thread": letter.delivery.place.thread,
            }
            with self.path.open("a") as file:
                file.write(json.dumps(post, ensure_ascii=False) + "\n")
                file.flush()
                os.fsync(file.fileno())
            return post["ref"]


def _about(letter: Letter | Bulletin) -> dict[str, str]:
    if isinstance(letter, Bulletin):
        return {"inquiry": "", "question": "", "text": str(letter.tells), "state": ""}
    return {
        "inquiry": letter.inquiry.id,
        "question": letter.inquiry.text,
        "text": letter.turn.text if letter.turn else letter.inquiry.answer,
        "state": letter.case.state.value if letter.case else "",
    }


@dataclass(frozen=True)
class Bench:
    """An open desk and its two ends."""

    ledger: Ledger
    desk: Desk
    engine: Engine
    answerer: Scripted
    channels: Channels
    consultants: tuple[Consultant, Consultant]

    def ask(self, text: str, room: str, key: str | None = None, thread: str | None = None) -> InquiryId:
        """Ask in a room of the test's own, so that no test waits behind another's posts."""
        name = key or f"{room}:{text}"
        return self.desk.accept(stock.inquiry(name, text, room=room, thread=thread)).inquiry_id

    def case(self, inquiry_id: InquiryId) -> CaseId:
        """The case that the question leads to."""
        from records.casebook import CaseBook

        return until(lambda: self.ledger.read(lambda session: CaseBook(session).of_inquiry(inquiry_id)))

    def settled(self, count: int, room: str) -> list[dict[str, str]]:
        """The room's posts once `count` stand there and nothing is left to post into it."""
        until(lambda: len(self.channels.posts(room)) >= count)
        until(lambda: not self.unsettled(room))
        return self.channels.posts(room)

    def unsettled(self, room: str) -> list[str]:
        rows = self.ledger.read(lambda session: PostBook(session).unsettled())
        return [row.id for row in rows if row.place.room == room]

    def outcomes(self, consultation: InquiryId) -> int:
        row = self.ledger.read(lambda session: Pages(session).inquiry(consultation))
        file = stock.file_of(self.ledger, row.consultation_id)
        return sum(turn.speaker == "desk" for turn in file.turns)


def until(true: Callable[[], T], patience_s: float = PATIENCE_S) -> T:
    """The first true value of the condition."""
    deadline = time.monotonic() + patience_s
    while not (value := true()):
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)
    return value


@contextmanager
def open_bench(
    url: str,
    home: Path,
    *,
    answerer: Considering | None = None,
    channels: Channels | None = None,
    workflow_url: str | None = None,
    slack: bool = True,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Iterator[Bench]:
    """The desk, launched and healed, as madoguchi/house.py does it."""
    ledger = Ledger(url)
    considering = answerer or Scripted()
    stand = channels or Channels(home / "posts.jsonl")
    engine = Engine(ledger, workflow_url or f"sqlite:///{home / 'workflows.db'}", DeskSettings())
    try:
        postmen = {Channel.SLACK: stand} if slack else {}
        asides = Asides(ledger, considering, lambda *_: NOTHING, lambda: CARDS)
        engine.launch(
            Consulting(ledger, considering, lambda: CARDS), Posting(ledger, postmen, clock, gap_s=0.05), asides
        )
        desk = Desk(ledger, engine, CARDS)
        stock.register(ledger, SAITAMA)
        found = people(ledger)
        desk.heal()
        yield Bench(ledger, desk, engine, considering, stand, found)  # type: ignore[arg-type]
    finally:
        engine.close()
        ledger.close()


def people(ledger: Ledger) -> tuple[Consultant, Consultant]:
    def deed(name: str) -> Consultant:
        return ledger.write(lambda session: Registry(session).add_consultant(name, f"U-{name}", (), (), NOW))

    return deed("鈴木"), deed("田中")
