"""The gate in use, held against the reviewers' verdicts in the log (docs/decisions/0023)."""

import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import structlog

from consultation.errors import Unavailable
from knowledge.drift import Standing, Verdict, standing
from knowledge.features import by_vectors
from knowledge.gate import Gate
from madoguchi import wording
from records.ledger import Ledger
from records.verdicts import Verdicts

log = structlog.get_logger()

Standings = Mapping[bool, Standing]
"""By whether vectors took part in the search."""


class Guard:
    """Looks into the log whenever it is asked: a verdict counts at once, in every replica, and so does its age.

    What the verdicts leave is computed anew only where one came, went or changed.
    """

    def __init__(self, gate: Gate, ledger: Ledger, weeks: int) -> None:
        self._gate = gate
        self._ledger = ledger
        self._weeks = weeks
        self._last: Standings = {}
        self._seen: tuple[int, datetime | None] | None = None
        self._telling = threading.Lock()

    @property
    def gate(self) -> Gate:
        """Never looser than it was made; stricter, or closed, where verdicts contradict its promise."""
        return replace(self._gate, raised_to={dense: found.threshold for dense, found in self.standings().items()})

    def standings(self) -> Standings:
        """What the verdicts leave now; while the log does not answer, what they left before. A change is told."""
        since = datetime.now(UTC) - timedelta(weeks=self._weeks)
        try:
            seen = self._ledger.read(lambda session: Verdicts(session).seen(since))
            if seen == self._seen:
                return self._last
            found = self._found(since)
        except Unavailable:
            return self._last
        with self._telling:
            for dense, now in found.items():
                self._tell(dense, self._last.get(dense), now)
            self._last, self._seen = found, seen
        return found

    def sentence(self) -> str | None:
        """What reviewers and operators must know; None while the promise stands."""
        said = [
            wording.gate_drifted(wording.BY_VECTORS if dense else wording.BY_WORDS, self._weeks, found)
            for dense, found in self.standings().items()
            if found.is_broken
        ]
        return "".join(said) or None

    def _found(self, since: datetime) -> Standings:
        rows = self._ledger.read(lambda session: Verdicts(session).judged(since))
        mine = [row for row in rows if row.versions.get("gate") == self._gate.version]
        ways: dict[bool, list[Verdict]] = {True: [], False: []}
        for row in mine:
            ways[by_vectors(row.features)].append(Verdict(row.confidence, row.is_right))
        return {dense: self._standing(verdicts, dense) for dense, verdicts in ways.items()}

    def _standing(self, verdicts: list[Verdict], dense: bool) -> Standing:
        promise = self._gate.logistic(dense=dense).promise
        return standing(verdicts, self._gate.promised(dense=dense), promise.alpha, promise.delta)

    def _tell(self, dense: bool, before: Standing | None, now: Standing) -> None:
        about = {"gate": self._gate.version, "by_vectors": dense, "judged": now.judged, "errors": now.errors}
        if now.is_broken and (before is None or before.threshold != now.threshold):
            log.error("gate_drifted", **about, alpha=now.alpha, promised=now.promised, threshold=now.threshold)
        elif before is not None and before.is_broken and not now.is_broken:
            log.warning("gate_reopened", **about, threshold=now.threshold)
