"""One question to its outcome: signals, retrieval, decision, composition, check. A pure read."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from answering import wording
from answering.amounts import amounts_first, tells_amount
from answering.brief import Brief, Quote, Writer
from answering.checking import Checking, Standing
from answering.competing_years import competing_years
from answering.conflicts import Conflict, conflict_in
from answering.editions import Editions, changed
from answering.estimates import FORMULA, estimate_in, steps, tells_formula
from answering.frame import Framing, answer_text, fitting, sources_text
from answering.nearest import as_reference, for_reference, near, related_to
from answering.places import places_in
from answering.premises import asked_openly, not_found
from answering.programmes import of_one_programme, programmes_told
from answering.question import Question
from answering.quoting import quoting_writer
from answering.repeating import rightly_quoted
from answering.replies import clarification, handoff, refusal, with_masked
from answering.telling import Tell, silent
from answering.thread import earlier_citations, is_clarified, leans, searched, signals_in
from answering.topics import offered
from answering.tracing import untraced
from answering.trail import Trail
from answering.writing import Editor, Task, Written, numbered
from consultation.consent import ASKED_FOR
from consultation.due import is_due_soon
from consultation.errors import Unwritten
from consultation.municipality import MunicipalityCode
from consultation.namesakes import namesakes
from consultation.outcome import Answer, Finding, Handoff, Outcome, OutcomeKind, Reason
from consultation.passage import Passage
from consultation.policy import VERSION, Decision, Evidence, calls_for_person, decide, needs_search
from consultation.programmes import Programmes
from consultation.signals import Signal, questions_in
from knowledge.corpus import Corpus
from knowledge.judging import NOTHING as UNJUDGED
from knowledge.judging import Judge, Judgement, Quoted
from knowledge.retrieval import Hit, Retrieval

if TYPE_CHECKING:
    from answering.llm.author import Author

PASSAGES = 10
DESK_WORDS = "相談窓口"  # stands in the title of the material about the desk itself
NOTHING = Retrieval((), {}, {}, False, "", "", Programmes(()))


class Searching(Protocol):
    """The knowledge, as far as answering needs it."""

    @property
    def judge(self) -> Judge:
        """Tells how sure the machine may be of what it would quote."""

    def search(self, question: str, tenant: MunicipalityCode, on: date, k: int = 10) -> Retrieval:
        """The best `k` passages that the tenant may see and that are valid on the day."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question with all that was found out about it."""

    question: Question
    words: str
    signals: frozenset[Signal]
    retrieval: Retrieval
    standing: tuple[Standing, ...]
    """What would be quoted."""
    judgement: Judgement
    conflict: Conflict | None
    """Of what the gate lets through, with another document."""
    formula: Standing | None
    """That the figures of the question can be put into."""
    trail: Trail
    tell: Tell

    @property
    def wanted(self) -> str:
        """The words that say what is wanted: in a follow-up its own, without those of the question before."""
        return asked_openly(self.question.text) if self.question.chosen is None else self.words

    def may_tell(self, passage: Passage) -> bool:
        """Whether no article has settled that the passage is wrong."""
        return self.conflict is None or not self.conflict.is_out(passage)


class Answerer:
    """Finds what is to be said to a question."""

    def __init__(
        self, knowledge: Searching, corpus: Corpus, editions: Editions, author: "Author | None" = None
    ) -> None:
        self._knowledge = knowledge
        self._checking = Checking(corpus)
        self._editions = editions
        self._editor = Editor(author, self._checking) if author is not None else None

    @cached_property
    def _writer(self) -> Writer:
        """Made for the first question: LangChain takes a second to import, for which no start need wait."""
        return quoting_writer()

    def consider(self, question: Question, tell: Tell = silent) -> Finding:
        """The outcome for a masked question, with what it was decided on.

        `tell` gets each sentence that a language model writes and that stands, before the outcome is known.
        """
        trail, judge = Trail(), self._knowledge.judge
        with trail.stage("retrieve"):
            asked = self._asked(question, judge, trail, tell)
        with trail.stage("decide"):
            decision = decide(asked.signals, self._evidence(asked))
        with trail.stage("compose"):
            outcome = self._outcome(asked, decision)
        found = asked.retrieval
        versions = {"corpus": found.corpus_version, "model": found.model, "gate": judge.gate.version, "policy": VERSION}
        judged = asked.judgement
        features, versions = dict(judged.features), versions | trail.writer
        return Finding(outcome, judged.confidence, features, versions, trail.took_ms, trail.usage, trail.threshold)

    def _asked(self, question: Question, judge: Judge, trail: Trail, tell: Tell) -> _Asked:
        words, signals = searched(question), signals_in(question)
        if not needs_search(signals):
            return _Asked(question, words, signals, NOTHING, (), UNJUDGED, None, None, trail, tell)
        if leans(question) and not calls_for_person(signals):
            words = self._standing_alone(question, trail) or words
        found = self._knowledge.search(words, question.municipality, question.on, PASSAGES)
        standing = self._standing(question, words, found, found.hits)
        quotes = [Quoted(item.passage.context, item.citation.quote) for item in standing]
        judgement = judge(words, found, quotes)
        is_sure = judgement.confidence >= judgement.threshold
        conflict = conflict_in(words, standing, found.hits, found.programmes) if is_sure else None
        formula = self._formula(question)
        return _Asked(question, words, signals, found, standing, judgement, conflict, formula, trail, tell)

    def _evidence(self, asked: _Asked) -> Evidence:
        found = asked.retrieval
        return Evidence(
            confidence=asked.judgement.confidence,
            threshold=asked.judgement.threshold,
            is_anything_found=bool(found.hits),
            missing=("places",) if found.features.get("places_missing", 0.0) >= 1 else (),
            topics=offered(asked.question.text, asked.signals, asked.retrieval.hits),
            namesakes=namesakes(asked.words or asked.question.text, asked.question.municipality),
            years=competing_years(asked.wanted, found.hits, asked.standing),
            questions=questions_in(asked.question.text),
            is_clarified=is_clarified(asked.question),
            is_due_soon=is_due_soon(asked.question.text, asked.question.on),
            can_cite_earlier=bool(earlier_citations(asked.question)),
            is_contested=asked.conflict is not None and not asked.conflict.is_settled,
            can_compute=asked.formula is not None,
        )

    def _outcome(self, asked: _Asked, decision: Decision) -> Outcome:
        match decision.kind:
            case OutcomeKind.ANSWER:
                return self._answer(asked, decision)
            case OutcomeKind.CLARIFY:
                return clarification(asked.question, asked.signals, decision)
            case OutcomeKind.HANDOFF:
                return self._handoff(asked, decision.reason)
            case OutcomeKind.REFUSE:
                return refusal(asked.question, decision.reason)

    def _answer(self, asked: _Asked, decision: Decision) -> Outcome:
        if decision.reason is Reason.ABOUT_DESK:
            return self._about_desk(asked)
        if Signal.ABOUT_SOURCES in asked.signals and earlier_citations(asked.question):
            return self._about_sources(asked)
        if asked.formula is not None:
            return self._computed(asked, asked.formula)
        if not asked.standing:
            return self._handoff(asked, Reason.NOT_IN_MATERIALS)
        asked.trail.threshold = asked.judgement.threshold  # what is answered from here on, the gate let through
        quoted = rightly_quoted(asked.wanted, asked.retrieval.words, asked.standing, self._knowledge.judge.analyser)
        telling = amounts_first(asked.wanted, asked.words, [item for item in quoted if asked.may_tell(item.passage)])
        if not telling:
            return self._handoff(asked, Reason.LOW_CONFIDENCE)
        return self._told(asked, telling)

    def _told(self, asked: _Asked, telling: tuple[Standing, ...]) -> Outcome:
        """What a language model wrote of it, where one did; else the quotations themselves."""
        written = self._written(asked)
        if written is not None and not written.said:
            return self._handoff(asked, Reason.LOW_CONFIDENCE)
        said, sources = numbered(written.said) if written is not None else ((), ())
        about = [item.text for item in written.said if item.is_about(places_in(asked.words))] if written else []
        if said and not tells_amount(asked.wanted, "".join(about)):  # the amount got lost: quotations have it
            asked.trail.set_aside()
            said = ()
        if not said:
            return self._grounded(asked, telling, Reason.GROUNDED)
        return self._grounded(asked, sources, Reason.GROUNDED, said)

    def _standing_alone(self, question: Question, trail: Trail) -> str | None:
        """The follow-up as a language model words it; None: there is no model, or nothing it wrote can be used."""
        if self._editor is None:
            return None
        try:
            with trail.stage("write"):
                alone, used = self._editor.standing_alone(question)
        except Unwritten as fault:
            trail.failed(self._editor.author, fault)
            return None
        trail.spent(self._editor.author, used)
        return alone

    def _written(self, asked: _Asked) -> Written | None:
        """What a language model wrote and what stands of it; None: there is no model, or it failed."""
        if self._editor is None:
            return None
        question, passages = (
            asked.question,
            [hit.passage for hit in asked.retrieval.hits if asked.may_tell(hit.passage)],
        )
        try:
            with asked.trail.stage("write"):
                task = Task(asked.words, passages, asked.retrieval.programmes, question.municipality, question.on)
                written = self._editor.write(task, asked.tell)
        except Unwritten as fault:
            asked.trail.failed(self._editor.author, fault)
            return None
        asked.trail.wrote(self._editor.author, written)
        return written

    def _standing(
        self, question: Question, words: str, found: Retrieval, hits: tuple[Hit, ...]
    ) -> tuple[Standing, ...]:
        if not hits:
            return ()
        with untraced():
            draft = self._writer.invoke(Brief(words, hits, question.on))
        standing = self._checking.quoted(draft.quotes, question.municipality, question.on)
        return of_one_programme(words, found.programmes, standing)

    def _formula(self, question: Question) -> Standing | None:
        """The sentence of the materials with the formula that the question has all figures of."""
        if estimate_in(question.text) is None:
            return None
        found = self._knowledge.search(FORMULA, question.municipality, question.on, PASSAGES)
        told = ((hit, sentence.strip()) for hit in found.hits for sentence in hit.passage.sentences)
        quotes = [Quote(hit.passage, sentence, hit.score) for hit, sentence in told if tells_formula(sentence)]
        return next(iter(self._checking.quoted(quotes, question.municipality, question.on)), None)

    def _computed(self, asked: _Asked, formula: Standing) -> Answer:
        estimate = estimate_in(asked.question.text)
        said = tuple(f"{line} [1]" for line in steps(estimate)) if estimate is not None else ()
        framing = Framing(asked.question.on, said=said, is_computed=True)
        text = with_masked(answer_text((formula,), framing), asked.question)
        return Answer(Reason.GROUNDED, text, (formula.citation,))

    def _about_desk(self, asked: _Asked) -> Answer:
        if Signal.THANKS in asked.signals or Signal.GREETING in asked.signals:
            return Answer(Reason.ABOUT_DESK, wording.THANKS if Signal.THANKS in asked.signals else wording.GREETING, ())
        hits = tuple(hit for hit in asked.retrieval.hits if DESK_WORDS in hit.passage.title)
        standing = self._standing(asked.question, asked.words, asked.retrieval, hits)
        if not standing:
            return Answer(Reason.ABOUT_DESK, wording.ABOUT_DESK, ())
        return self._grounded(asked, standing, Reason.ABOUT_DESK)

    def _about_sources(self, asked: _Asked) -> Outcome:
        question = asked.question
        standing = self._checking.standing(earlier_citations(question), question.municipality, question.on)
        if not standing:
            return self._handoff(asked, Reason.NOT_IN_MATERIALS)
        return Answer(Reason.GROUNDED, sources_text(standing), tuple(item.citation for item in standing))

    def _grounded(
        self, asked: _Asked, standing: tuple[Standing, ...], reason: Reason, said: tuple[str, ...] = ()
    ) -> Answer:
        """An answer of quotations that stand, or of sentences `said` that rest on them."""
        found = asked.retrieval
        related, edition = related_to(found.hits, standing), self._changed(asked, standing)
        programmes = programmes_told(asked.words, found.programmes, standing)
        claimed = not_found(asked.question.text, [item.citation.quote for item in standing])
        conflict = asked.conflict
        is_settled = conflict is not None and conflict.is_settled and conflict.ours in standing
        settled = conflict.theirs if conflict is not None and is_settled else None
        framing = Framing(
            asked.question.on, not found.dense, related, edition, settled, said, programmes, claimed=claimed
        )
        shown = standing if said else fitting(standing, framing)
        text = with_masked(answer_text(shown, framing), asked.question)
        return Answer(reason, text, tuple(item.citation for item in shown))

    def _changed(self, asked: _Asked, standing: tuple[Standing, ...]) -> tuple[str, Passage] | None:
        """What the edition before said otherwise, of the first quotation that has one."""
        body = asked.question.municipality
        told = (
            changed(item.citation.quote, item.passage, self._editions.earlier(item.passage.document_id, body))
            for item in standing
        )
        return next((found for found in told if found is not None), None)

    def _handoff(self, asked: _Asked, reason: Reason) -> Handoff:
        if reason in ASKED_FOR:
            asked.trail.threshold = asked.judgement.threshold  # what the consultant reads of how near it was
        shown: tuple[Standing, ...] = ()
        if reason is Reason.CONFLICTING_SOURCES:
            shown = self._sides(asked)
        elif reason is Reason.LOW_CONFIDENCE:
            shown = self._nearest(asked)
        return handoff(asked.question, reason, shown or asked.standing, shown)

    def _sides(self, asked: _Asked) -> tuple[Standing, ...]:
        """What would have been quoted, and what says otherwise."""
        if asked.conflict is None:
            return ()
        question = asked.question
        theirs = self._checking.quoted([asked.conflict.theirs], question.municipality, question.on)
        return as_reference((asked.conflict.ours, *theirs))

    def _nearest(self, asked: _Asked) -> tuple[Standing, ...]:
        question, found = asked.question, asked.retrieval
        quotes = near(Brief(asked.words, found.hits, question.on), asked.judgement)
        standing = self._checking.quoted(quotes, question.municipality, question.on)
        return for_reference(of_one_programme(asked.words, found.programmes, standing))
