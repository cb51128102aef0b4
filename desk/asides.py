"""What a consultant asks aside in a case, answered from that municipality's materials; recorded first, then looked up.

A workflow of its own (desk/aside_workflow.py), so that a slow draft holds up no lane. The municipality sees none of it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import structlog

from answering.question import Question
from answering.telling import silent
from consultation.aside import AsideId, AsideKind
from consultation.calendar import shown_date, tokyo_date
from consultation.case import CaseId
from consultation.inquiry import Place
from consultation.municipality import MunicipalityCode
from consultation.outcome import Handoff
from desk import wording
from desk.alike import alike
from desk.consulting import Considering, question_of
from desk.letters import Purpose
from knowledge.retrieval import Hit, Retrieval
from records.asides import AsideBook, AsideRow
from records.ledger import Ledger, Session
from records.pages import Pages
from records.postbook import PostBook
from records.rows import CaseRow, DeliveryRow

log = structlog.get_logger()

MOST_PASSAGES = 3
NEAR = 0.35  # of the words looked for, by weight; of what no material tells (宇宙エレベーター) 0.03 was held
LONGEST_QUOTE = 400
MOST_OTHERS = 2_000  # cases that are read for likeness: under five seconds

Find = Callable[[str, MunicipalityCode, date], Retrieval]
"""The knowledge's search, under the tenant's filter."""


@dataclass(frozen=True, slots=True)
class Said:
    """What is said to an aside: words, or cases that are told as they read when they are shown."""

    text: str
    found: tuple[CaseId, ...] = ()


class Asides:
    """Looks up and records; posts where it was asked in the card's thread."""

    def __init__(
        self, ledger: Ledger, answerer: Considering, find: Find, consultants: Callable[[], Place | None]
    ) -> None:
        self._ledger = ledger
        self._answerer = answerer
        self._find = find
        self._consultants = consultants

    def said(self, aside_id: AsideId) -> Said:
        """A pure read. The answerer's error becomes a sentence, never silence. Raises Unavailable: the log is away."""
        aside, case, question = self._ledger.read(lambda session: _read(session, aside_id))
        try:
            match aside.kind:
                case AsideKind.DRAFT:
                    return self._draft(aside, case, question)
                case AsideKind.ALIKE:
                    return self._alike(aside, case)
                case AsideKind.PASSAGES:
                    return Said(self._passages(aside.words, case) or wording.ASIDE_NOTHING)
        except Exception as error:  # a workflow's border
            log.exception("aside_failed", aside=aside_id, error=type(error).__name__)
            return Said(wording.ASIDE_FAILED)

    def record(self, session: Session, aside_id: AsideId, said: Said) -> list[DeliveryRow]:
        """Keep it once, and plan its post; all in `session`."""
        now, place = datetime.now(UTC), self._consultants()
        aside = AsideBook(session).get(aside_id)
        is_gone = Pages(session).case(aside.case_id).inquiry.withdrawn_at is not None
        text = wording.ASIDE_GONE if is_gone and aside.kind is AsideKind.DRAFT else said.text
        if not AsideBook(session).record(aside_id, text, said.found, now):
            return []
        if place is None or not aside.is_posted:
            return []
        return [PostBook(session).plan(Purpose.ASIDE, place, now, case_id=aside.case_id, occasion=aside.id)]

    def _draft(self, aside: AsideRow, case: CaseRow, question: Question) -> Said:
        """The question considered again, with what the consultant adds; where nothing is quoted, what lies near."""
        words = "\n".join(filter(None, (question.text, aside.words)))
        if not words.strip():
            return Said(wording.ASIDE_GONE)
        today = tokyo_date(datetime.now(UTC))
        outcome = self._answerer.consider(replace(question, text=words, on=today), silent).outcome
        if not isinstance(outcome, Handoff):
            return Said(outcome.text)
        if outcome.citations:
            return Said(outcome.draft)
        near = (self._passages(looked_for, case) for looked_for in (words, aside.words, question.text) if looked_for)
        return Said(next(filter(None, near), wording.ASIDE_NOTHING))

    def _alike(self, aside: AsideRow, case: CaseRow) -> Said:
        words = "\n".join(filter(None, (case.inquiry.text, aside.words)))
        mine = case.consultation.id
        others = self._ledger.read(lambda session: AsideBook(session).questions_but(mine, MOST_OTHERS))
        found = tuple(alike(words, others))
        return Said("", found) if found else Said(wording.ASIDE_NONE_ALIKE)

    def _passages(self, words: str, case: CaseRow) -> str:
        """The nearest passages that this municipality may see, with their sources; empty where none is near enough."""
        body = case.consultation.municipality.code
        found = self._find(words, body, tokyo_date(datetime.now(UTC)))
        near = [hit for hit in found.hits if hit.coverage >= NEAR][:MOST_PASSAGES]
        lines = [_passage(rank, hit) for rank, hit in enumerate(near, start=1)]
        return "\n".join([wording.ASIDE_PASSAGES, *lines]) if lines else ""


def aside_of(delivery: DeliveryRow) -> AsideId:
    """The aside that a delivery tells: its occasion."""
    return AsideId(delivery.id.rpartition(":")[2])


def _read(session: Session, aside_id: AsideId) -> tuple[AsideRow, CaseRow, Question]:
    aside = AsideBook(session).get(aside_id)
    case = Pages(session).case(aside.case_id)
    return aside, case, question_of(session, case.inquiry, case.consultation)


def _passage(rank: int, hit: Hit) -> str:
    passage = hit.passage
    day = wording.ASIDE_AS_OF.format(day=shown_date(passage.as_of)) if passage.as_of else ""
    at = max(0, hit.best_sentence)
    quote = " ".join("".join(passage.sentences[at : at + 2] or (passage.text,)).split())
    shown = quote if len(quote) <= LONGEST_QUOTE else f"{quote[:LONGEST_QUOTE]}…"
    source = wording.ASIDE_SOURCE.format(rank=rank, document=passage.title, locator=passage.locator, day=day)
    return f"{source}\n　「{shown}」"
