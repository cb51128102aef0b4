"""The knowledge of a running desk: its gate is guarded, and just after a start questions wait a little for vectors."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from consultation.municipality import MunicipalityCode
from knowledge.index import IndexState
from knowledge.judging import Judge
from knowledge.opening import Knowledge
from knowledge.retrieval import Retrieval
from madoguchi.guarding import Guard

PATIENCE_S = 45.0  # the model and the starter materials take 5 s on two cores; after this, words alone must do


class PatientKnowledge:
    """A Knowledge whose searches wait until its first refresh is over, but not beyond PATIENCE_S after the start."""

    def __init__(self, knowledge: Knowledge, guard: Guard) -> None:
        self._knowledge = knowledge
        self.guard = guard
        self._refreshed = threading.Event()
        self._deadline = time.monotonic() + PATIENCE_S

    @property
    def judge(self) -> Judge:
        """With the gate as the verdicts leave it now."""
        return replace(self._knowledge.judge, gate=self.guard.gate)

    def search(
        self, question: str, tenant: MunicipalityCode, on: date, k: int = 10, *, dense: bool = True
    ) -> Retrieval:
        self._refreshed.wait(max(0.0, self._deadline - time.monotonic()))
        return self._knowledge.search(question, tenant, on, k, dense=dense)

    def refresh(self, progress: Callable[[IndexState], None] = lambda _: None) -> IndexState:
        """Follow the corpus; whoever waits is let go afterwards, whatever came of it."""
        try:
            return self._knowledge.refresh(progress)
        finally:
            self._refreshed.set()

    def rebuild(self, progress: Callable[[IndexState], None] = lambda _: None) -> IndexState:
        return self._knowledge.rebuild(progress)

    def state(self) -> IndexState:
        return self._knowledge.state()

    def close(self) -> None:
        """Let go of who waits, and of the store."""
        self._refreshed.set()
        self._knowledge.close()
