"""What a language model wrote, sentence by sentence held against the passages it cites; what falls is not said."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from answering.checking import Checking, Standing
from answering.claims import Claim, Falls, Holds, check
from answering.llm.usage import Used
from answering.places import is_about, is_others, places_in
from answering.question import Question
from answering.quoting import nearest
from answering.telling import Tell
from consultation.municipality import MunicipalityCode
from consultation.passage import Passage, PassageId
from consultation.programmes import Programmes

if TYPE_CHECKING:
    from answering.llm.author import Author

PASSAGES = 6
MOST_LETTERS = 6_000  # of all passages together: what a small model reads without losing the thread
LONGEST_SENTENCE = 300
EARLIER = 3  # questions of the thread that a follow-up may lean on
TOO_LONG, UNQUOTABLE, OTHER_BODY, OTHER_PROGRAMME = BESIDE = ("too_long", "unquotable", "other_body", "other_programme")
"""Why a sentence is dropped that passes the claim check; the codes stand in the log beside those of Flaw."""


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be written to which question, for whom and for which day."""

    question: str
    passages: Sequence[Passage]
    programmes: Programmes
    tenant: MunicipalityCode
    on: date


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence that stands, and the quotations that prove it, one from each passage it cites."""

    text: str
    proof: tuple[Standing, ...]

    def is_about(self, places: frozenset[str]) -> bool:
        """Whether it or what proves it names one of the bodies; true where there is none to name."""
        return is_about(self.text + "".join(_told(item) for item in self.proof), places)


@dataclass(frozen=True, slots=True)
class Written:
    """What is left of the model's answer; `fallen` counts what was dropped, by flaw."""

    said: tuple[Said, ...]
    fallen: Mapping[str, int]
    used: Used


@dataclass(slots=True)
class _Sheet:
    """The answer while it is being written."""

    said: list[Said] = field(default_factory=list)
    fallen: Counter[str] = field(default_factory=Counter)
    used: Used = field(default_factory=Used)


class Editor:
    """Lets the author write from passages that the body may see, and keeps what is proven."""

    def __init__(self, author: "Author", checking: Checking) -> None:
        self.author = author
        self._checking = checking

    def write(self, task: Task, tell: Tell) -> Written:
        """The sentences that stand. Raises Unwritten when the model is down, slow or garbled."""
        offered = self._offered(task)
        sheet = _Sheet()
        for item in self.author.write(task.question, list(offered.values()), task.on):
            match item:
                case Claim():
                    self._judge(item, offered, task, sheet, tell)
                case Used():
                    sheet.used += item
        return Written(tuple(sheet.said), sheet.fallen, sheet.used)

    def standing_alone(self, question: Question) -> tuple[str | None, Used]:
        """A follow-up worded to stand alone, in the thread's own words and of its body; else None. Raises Unwritten."""
        earlier = [item.text for item in question.earlier[-EARLIER:]]
        text, used = self.author.rewrite(question.text, earlier)
        thread = PassageId("thread")
        stands = check(Claim(text, (thread,)), {thread: "\n".join([*earlier, question.text])})
        places = places_in(question.text) or places_in(earlier[-1])
        is_kept = stands == Holds() and len(text) <= LONGEST_SENTENCE and places <= places_in(text)
        return text if is_kept else None, used

    def _offered(self, task: Task) -> dict[PassageId, Passage]:
        """The first passages, read afresh under the body's filter, as many as the model may read."""
        names = [item.id for item in task.passages[:PASSAGES]]
        seen = self._checking.corpus.visible(names, task.tenant, task.on)
        offered: dict[PassageId, Passage] = {}
        for passage in (seen[name] for name in names if name in seen):
            if offered and sum(len(item.text) for item in (*offered.values(), passage)) > MOST_LETTERS:
                break
            offered[passage.id] = passage
        return offered

    def _judge(self, claim: Claim, offered: Mapping[PassageId, Passage], task: Task, sheet: _Sheet, tell: Tell) -> None:
        if not claim.text or claim.text in {said.text for said in sheet.said}:
            return
        headings = {name: passage.context for name, passage in offered.items()}
        verdict = check(claim, {name: passage.text for name, passage in offered.items()}, headings)
        match verdict:
            case Holds() if len(claim.text) <= LONGEST_SENTENCE:
                said = Said(claim.text, self._proof(claim, offered, task))
                flaw = _beside(said, claim, task, sheet)
                if flaw is None:
                    sheet.said.append(said)
                    tell(claim.text)
                else:
                    sheet.fallen[flaw] += 1
            case Holds():
                sheet.fallen[TOO_LONG] += 1
            case Falls(flaw):
                sheet.fallen[flaw.value] += 1

    def _proof(self, claim: Claim, offered: Mapping[PassageId, Passage], task: Task) -> tuple[Standing, ...]:
        """From each cited passage the sentence that is most like the claim, as it stands there."""
        quotes = [nearest(claim.text, offered[name]) for name in claim.cited]
        return self._checking.quoted(quotes, task.tenant, task.on)


def _beside(said: Said, claim: Claim, task: Task, sheet: _Sheet) -> str | None:
    """Why a sentence that stands is no part of this answer: a source of it is gone, or it tells of something else."""
    if len(said.proof) < len(claim.cited):
        return UNQUOTABLE
    places = places_in(task.question)
    if any(is_others(_told(item), places) and not places_in(said.text) for item in said.proof):
        return OTHER_BODY
    before = (_programmes(item, task) for item in sheet.said)
    meant = task.programmes.named(task.question) or next(filter(None, before), frozenset())
    if any(task.programmes.is_apart(meant, item.passage, item.citation.quote) for item in said.proof):
        return OTHER_PROGRAMME
    return None


def _programmes(said: Said, task: Task) -> frozenset[str]:
    told = (task.programmes.told(item.passage, item.citation.quote) for item in said.proof)
    return frozenset[str]().union(*told)


def _told(item: Standing) -> str:
    return f"{item.passage.context}\n{item.citation.quote}"


def numbered(said: Sequence[Said]) -> tuple[tuple[str, ...], tuple[Standing, ...]]:
    """The sentences with the marks of their sources, [1] and on, and the sources in that order, each once."""
    sources: dict[tuple[PassageId, str], Standing] = {}
    for item in (proof for sentence in said for proof in sentence.proof):
        sources.setdefault((item.passage.id, item.citation.quote), item)
    numbers = {key: number for number, key in enumerate(sources, start=1)}
    lines = tuple(
        sentence.text + "".join(f"[{numbers[item.passage.id, item.citation.quote]}]" for item in sentence.proof)
        for sentence in said
    )
    return lines, tuple(sources.values())
