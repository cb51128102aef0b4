"""A consultation as its pages show it: exchanges and replies in order, with sources and cases."""

from collections.abc import Mapping
from dataclasses import dataclass

from consultation.case import OPEN_STATES
from consultation.inquiry import Channel, ConsultationId, InquiryId
from consultation.municipality import MunicipalityCode
from consultation.outcome import OutcomeKind, Reason
from desk.letters import TO_CONSULTANTS
from desk.turning import DESK
from records.book import ASKER, CONSULTANT
from records.ledger import Session
from records.library import Library
from records.pages import Pages
from records.postbook import PostBook
from records.registry import Registry
from records.rows import CaseRow, ConsultationFile, ConsultationRow, DeliveryRow, InquiryRow, TurnRow
from review import answers, wording


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and what the desk said to it."""

    inquiry: InquiryRow
    sections: tuple[answers.Section, ...]
    sources: tuple[answers.Source, ...]
    case: CaseRow | None

    @property
    def is_pending(self) -> bool:
        return self.inquiry.outcome is None and self.inquiry.withdrawn_at is None

    @property
    def is_with_people(self) -> bool:
        """Whether people have read it, by a case of its own or within another's."""
        return self.case is not None or self.inquiry.reason is Reason.WITH_PERSON

    @property
    def shown(self) -> tuple[answers.Source, ...]:
        """The sources that the asker sees; what else a hand-over found is for the consultant: nobody was sure of it."""
        is_handed_over = self.inquiry.outcome is OutcomeKind.HANDOFF
        return tuple(source for source in self.sources if source.citation.is_reference or not is_handed_over)


@dataclass(frozen=True, slots=True)
class Conversation:
    """`entries` are exchanges and consultants' replies, in order."""

    consultation: ConsultationRow
    entries: tuple[Exchange | TurnRow, ...]
    cases: tuple[CaseRow, ...]
    turns: tuple[TurnRow, ...]
    undelivered: tuple[DeliveryRow, ...] = ()
    """What the municipality's Slack did not take."""

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        return tuple(entry for entry in self.entries if isinstance(entry, Exchange))

    @property
    def is_pending(self) -> bool:
        return any(exchange.is_pending for exchange in self.exchanges)

    @property
    def open_case(self) -> CaseRow | None:
        return next((case for case in reversed(self.cases) if case.state in OPEN_STATES), None)

    @property
    def state(self) -> str:
        """Changes whenever the page would look different."""
        decided = sum(not exchange.is_pending for exchange in self.exchanges)
        verdicts = "".join(str(exchange.inquiry.helpful)[0] for exchange in self.exchanges)
        consents = "".join(str(exchange.inquiry.consent or "-")[0] for exchange in self.exchanges)
        changed = sum(len(turn.earlier) for turn in self.turns)
        asked = "".join(str(int(bool(one.inquiry.withdrawn_at))) for one in self.exchanges)
        deeds = sum(len(case.history) for case in self.cases)
        files = "".join(f"{file.state.value[0]}{int(file.is_open)}" for turn in self.turns for file in turn.files)
        return f"{len(self.turns)}.{decided}.{deeds}.{verdicts}.{consents}.{changed}.{files}.{asked}"

    def is_written_by(self, asker_id: str) -> bool:
        """Whether this person may go on with it here: their own, and held on the web."""
        return self.consultation.place.channel is Channel.WEB and self.consultation.asker_id == asker_id


def conversation(session: Session, consultation_id: ConsultationId, body: MunicipalityCode | None) -> Conversation:
    """Everything of one consultation. Raises NotFound: it is not there, or not that body's."""
    file = Pages(session).file(consultation_id, body)
    cases = {case.inquiry.id: case for case in file.cases}
    exchanges = {inquiry.id: _exchange(session, inquiry, cases.get(inquiry.id)) for inquiry in file.inquiries}
    failed = PostBook(session).undelivered(consultation_id)
    undelivered = tuple(row for row in failed if row.purpose not in TO_CONSULTANTS)
    return Conversation(file.consultation, _entries(file, exchanges), file.cases, file.turns, undelivered)


def hands(session: Session, consultation: ConsultationRow) -> dict[str, str]:
    """Who did what to its cases, by the id that their history tells; those who left as well. For consultants' eyes."""
    names = {consultant.id: consultant.name for consultant in Registry(session).everybody()}
    return {DESK: wording.DESK_NAME, consultation.asker_id: wording.ASKER_NAME} | names


def _entries(file: ConsultationFile, exchanges: Mapping[InquiryId, Exchange]) -> tuple[Exchange | TurnRow, ...]:
    entries: list[Exchange | TurnRow] = []
    waiting = dict(exchanges)
    for turn in file.turns:
        if turn.speaker == CONSULTANT:
            entries.append(turn)
        elif turn.speaker == ASKER and turn.inquiry_id in waiting:  # an edited question stands once
            entries.append(waiting.pop(turn.inquiry_id))
    return (*entries, *waiting.values())


def _exchange(session: Session, inquiry: InquiryRow, case: CaseRow | None) -> Exchange:
    library = Library(session)
    cited = [(cited, library.cited(cited.passage_id, cited.document_version)) for cited in inquiry.citations]
    return Exchange(inquiry, answers.sections(inquiry.answer, len(cited)), answers.sources(cited), case)
