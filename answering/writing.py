"""What a language model wrote, sentence by sentence held against the passages it cites; what falls is not said."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from answering.checking import Checking, Standing, citation_of
from answering.claims import Claim, Falls, Holds, check
from answering.llm.author import Author, Used
from answering.question import Question
from answering.quoting import nearest
from answering.telling import Tell
from consultation.municipality import MunicipalityCode
from consultation.passage import Passage, PassageId

PASSAGES = 6
MOST_LETTERS = 6_000  # of all passages together: what a small model reads without losing the thread
LONGEST_SENTENCE = 300
EARLIER = 3  # questions of the thread that a follow-up may lean on


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom and for which day is written."""

    tenant: MunicipalityCode
    on: date


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence that stands, and the quotations that prove it, one from each passage it cites."""

    text: str
    proof: tuple[Standing, ...]


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

    def __init__(self, author: Author, checking: Checking) -> None:
        self.author = author
        self._checking = checking

    def write(self, question: str, passages: Sequence[Passage], reader: Reader, tell: Tell) -> Written:
        """The sentences that stand. Raises Unwritten when the model is down, slow or garbled."""
        offered = self._offered(passages, reader)
        sheet = _Sheet()
        for item in self.author.write(question, list(offered.values()), reader.on):
            match item:
                case Claim():
                    self._judge(item, offered, reader, sheet, tell)
                case Used():
                    sheet.used += item
        return Written(tuple(sheet.said), sheet.fallen, sheet.used)

    def standing_alone(self, question: Question) -> tuple[str | None, Used]:
        """A follow-up worded to stand alone, in the thread's own words; None where the model brought others in.

        Raises Unwritten.
        """
        earlier = [item.text for item in question.earlier[-EARLIER:]]
        text, used = self.author.rewrite(question.text, earlier)
        thread = PassageId("thread")
        stands = check(Claim(text, (thread,)), {thread: "\n".join([*earlier, question.text])})
        return text if stands == Holds() and len(text) <= LONGEST_SENTENCE else None, used

    def _offered(self, passages: Sequence[Passage], reader: Reader) -> dict[PassageId, Passage]:
        """The first passages, read afresh under the body's filter, as many as the model may read."""
        seen = self._checking.corpus.visible([item.id for item in passages[:PASSAGES]], reader.tenant, reader.on)
        offered: dict[PassageId, Passage] = {}
        for passage in (seen[item.id] for item in passages[:PASSAGES] if item.id in seen):
            if offered and sum(len(item.text) for item in (*offered.values(), passage)) > MOST_LETTERS:
                break
            offered[passage.id] = passage
        return offered

    def _judge(
        self, claim: Claim, offered: Mapping[PassageId, Passage], reader: Reader, sheet: _Sheet, tell: Tell
    ) -> None:
        if not claim.text or claim.text in {said.text for said in sheet.said}:
            return
        headings = {name: passage.context for name, passage in offered.items()}
        verdict = check(claim, {name: passage.text for name, passage in offered.items()}, headings)
        match verdict:
            case Holds() if len(claim.text) <= LONGEST_SENTENCE:
                proof = self._proof(claim, offered, reader)
                if proof:
                    sheet.said.append(Said(claim.text, proof))
                    tell(claim.text)
                else:
                    sheet.fallen["unquotable"] += 1
            case Holds():
                sheet.fallen["too_long"] += 1
            case Falls(flaw):
                sheet.fallen[flaw.value] += 1

    def _proof(self, claim: Claim, offered: Mapping[PassageId, Passage], reader: Reader) -> tuple[Standing, ...]:
        """From each cited passage the sentence that is most like the claim, as it stands there."""
        quotes = [nearest(claim.text, offered[name]) for name in claim.cited]
        citations = [citation_of(quote.passage, quote.text, quote.score) for quote in quotes]
        return self._checking.standing(citations, reader.tenant, reader.on)


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
