"""The rounds: the folder changes, the desk is killed while it follows, started again, and looked at."""

import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from consultation.inquiry import MessageKey
from evals.killing.agreement import answer_faults, index_faults, text_faults, vector_faults
from evals.killing.asker import Clerk
from evals.killing.desk import RunningDesk
from evals.killing.folder import ChangingFolder
from evals.killing.stores import Stores, clean_ingest, copied, copied_log
from knowledge.embedding.embedder import Embedder
from records.pages import Pages

SAMPLE = 4  # vectors computed anew in each round
ANSWERED_S = 60.0
ASKED = {  # cards that change in each round, and what is asked of them: the fact stands in every edition
    "bp09-minato-hoiku.md": "港区の保育所の入所選考は、AIでどれくらい短縮されましたか",
    "bp21-hirosaki-minutes.md": "弘前市では会議録を作る時間が何時間になりましたか",
    "bp01-tsukuba-rpa.md": "つくば市のRPAでは、作業時間がどれくらい減りましたか",
}


@dataclass(frozen=True, slots=True)
class Seen:
    """What a kill left undone, and what stood after the restart."""

    when: str
    undone: str
    restart_s: float
    passages: int
    questions: int
    faults: tuple[str, ...]

    def __str__(self) -> str:
        held = f"{self.passages} passages, {self.questions} questions, {len(self.faults)} faults"
        return f"killed {self.when}, left {self.undone}; up in {self.restart_s:.0f} s with {held}"


class Rounds:
    """One desk that lives through all of them, with a clerk who goes on asking."""

    def __init__(self, work: Path, seed: int, embedder: Embedder) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - chosen moments, no secret
        self._folder = ChangingFolder(work / "materials", self._chance, tuple(ASKED))
        self._desk = RunningDesk(work / "home", work / "materials", work / "desk.log")
        self._clerk = Clerk(self._desk.address, list(ASKED.values()))
        self._embedder = embedder
        self._start_s = self._ingest_s = 0.0

    def run(self, times: int) -> Iterator[Seen]:
        """A first start and one whole ingest, to know how long they take; then `times` kills."""
        self._folder.fill()
        try:
            began = time.monotonic()
            self._desk.start()
            self._desk.wait_ready()
            self._start_s = time.monotonic() - began
            self._clerk.sign_in()
            self._clerk.begin()
            self._whole_ingest()
            for _ in range(times):
                yield self._round()
        finally:
            self._clerk.give_up()
            self._desk.stop()

    def outcomes(self) -> Counter[str]:
        """What the questions got, counted."""
        with TemporaryDirectory() as beside, copied_log(self._desk.home, Path(beside)) as ledger:
            rows = ledger.read(lambda session: [Pages(session).inquiry_of(MessageKey(key)) for key in self._clerk.keys])
        return Counter(row.outcome.value for row in rows if row is not None and row.outcome is not None)

    def _whole_ingest(self) -> None:
        self._folder.change()
        began = time.monotonic()
        if self._desk.ingest().wait(600) != 0:
            raise RuntimeError("an ingest that nobody disturbed has failed")
        self._ingest_s = time.monotonic() - began

    def _round(self) -> Seen:
        self._folder.change()
        when = self._killed_in_start() if self._chance.random() < 0.25 else self._killed_in_ingest()
        undone = self._undone()
        if self._chance.random() < 0.5:
            self._folder.change()
        began = time.monotonic()
        self._desk.start()
        self._desk.wait_ready()
        took = time.monotonic() - began
        self._clerk.rest()
        faults, passages = self._looked_at()
        self._clerk.begin()
        return Seen(when, undone, took, passages, len(self._clerk.keys), faults)

    def _killed_in_ingest(self) -> str:
        after = self._chance.uniform(0, self._ingest_s)
        command = self._desk.ingest()
        time.sleep(after)
        self._desk.kill()
        command.wait(60)
        return f"{after:4.1f} s into an ingest"

    def _killed_in_start(self) -> str:
        self._desk.kill()
        after = self._chance.uniform(0, self._start_s)
        self._desk.start()
        time.sleep(after)
        self._desk.kill()
        return f"{after:4.1f} s into a start "

    def _undone(self) -> str:
        clean, _ = clean_ingest(self._desk.materials)
        with copied(self._desk.home, self._embedder) as stores:
            texts = len(list(text_faults(stores.passages, clean)))
            vectors = len(list(index_faults(stores.passages, stores.vectors)))
        return f"{texts:3} texts and {vectors:3} vectors undone"

    def _looked_at(self) -> tuple[tuple[str, ...], int]:
        self._wait_answered()
        with copied(self._desk.home, self._embedder) as stores:
            return tuple(self._faults(stores)), len(stores.passages)

    def _faults(self, stores: Stores) -> Iterator[str]:
        clean, paths = clean_ingest(self._desk.materials)
        yield from index_faults(stores.passages, stores.vectors)
        sample = self._chance.sample(list(stores.passages), min(SAMPLE, len(stores.passages)))
        yield from vector_faults(sample, stores.vectors, self._embedder)
        yield from text_faults(stores.passages, clean)
        yield from (f"live on one side only: {path}" for path in set(stores.paths) ^ set(paths))
        yield from stores.ledger.read(lambda session: list(answer_faults(self._clerk.keys, session)))

    def _wait_answered(self) -> None:
        """What is still open afterwards is a fault, and told as one."""
        until = time.monotonic() + ANSWERED_S
        while time.monotonic() < until and self._open_questions():
            time.sleep(0.5)

    def _open_questions(self) -> Sequence[object]:
        with TemporaryDirectory() as beside, copied_log(self._desk.home, Path(beside)) as ledger:
            return ledger.read(lambda session: Pages(session).unstarted())
