"""The book of consultations: entering questions, recording what came of them, and every turn. Given a session."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import func, or_, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from consultation.calendar import tokyo_date
from consultation.consent import Consent
from consultation.errors import BadInput, NotFound
from consultation.inquiry import ConsultationId, Inquiry, InquiryId, MessageKey
from consultation.municipality import AREA_OF
from consultation.numbering import number, series
from consultation.outcome import Clarification, Finding, Handoff, OutcomeKind, kind_of
from consultation.personal import PersonalKind
from records.accounts import AccountId
from records.attachments import AttachmentBook
from records.base import new_id
from records.tables import (
    CitationTable,
    ConsultationTable,
    CounterTable,
    FeedbackTable,
    InquiryTable,
    MunicipalityTable,
    TurnTable,
    VerdictEventTable,
    VerdictTable,
)

ASKER, DESK, CONSULTANT = "asker", "desk", "consultant"
WITHDRAWN = "（質問は取り消されました）"


@dataclass(frozen=True, slots=True)
class Entered:
    inquiry_id: InquiryId
    consultation_id: ConsultationId
    number: str
    is_new: bool


class Recorded(StrEnum):
    RECORDED = "recorded"
    SETTLED = "settled"
    """An outcome stands already, or the question was withdrawn."""
    AMENDED = "amended"
    """The question was edited meanwhile: consider it again."""


def chosen_key(key: str) -> MessageKey:
    """The identity of what is asked on by choosing from the clarification of the question `key`."""
    return MessageKey(f"{key}:chosen")


class Book:
    """The log inside one unit of work."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def enter(self, inquiry: Inquiry) -> Entered:
        """Enter a question once: the same key again gives the row that stands.

        Raises NotFound for an unknown body, BadInput for one that is served no longer.
        """
        standing = self._session.scalar(select(InquiryTable).where(InquiryTable.key == inquiry.key))
        if standing is not None:
            consultation = self._session.get_one(ConsultationTable, standing.consultation_id)
            if standing.withdrawn_at is None:  # of two events of one message one may tell of its files, the other not
                AttachmentBook(self._session).note(inquiry.files, inquiry.received_at, inquiry_id=standing.id)
            else:  # its form came again, and its files were held once more
                AttachmentBook(self._session).let_go(inquiry.files, inquiry.received_at)
            return Entered(InquiryId(standing.id), ConsultationId(consultation.id), consultation.number, False)
        self._check_served(inquiry)
        consultation = self._consultation_of(inquiry)
        row = InquiryTable(
            id=new_id(),
            key=inquiry.key,
            consultation_id=consultation.id,
            ordinal=self._next(InquiryTable, consultation.id),
            asker_id=inquiry.asker.id,
            asker_name=inquiry.asker.name,
            text=inquiry.text,
            masked=list(inquiry.masked),
            chosen=inquiry.chosen,
            wants_person=inquiry.wish.is_for_person,
            topic=inquiry.wish.topic,
            needed_by=inquiry.wish.by,
            received_at=inquiry.received_at,
            choices=[],
            draft="",
            features={},
            versions={},
            took_ms={},
            usage={},
        )
        self._session.add(row)
        self._session.flush()
        self._turn(row, ASKER, inquiry.asker.name, inquiry.text, inquiry.received_at)
        AttachmentBook(self._session).note(inquiry.files, inquiry.received_at, inquiry_id=row.id)
        return Entered(InquiryId(row.id), ConsultationId(consultation.id), consultation.number, True)

    def record(self, inquiry_id: InquiryId, seen: str, finding: Finding, at: datetime) -> Recorded:
        """Record the outcome of the question as it was `seen`, once."""
        row = self._session.get_one(InquiryTable, inquiry_id, with_for_update=True)
        if row.outcome is not None or row.withdrawn_at is not None:
            return Recorded.SETTLED
        if row.text != seen:
            return Recorded.AMENDED
        outcome = finding.outcome
        row.outcome, row.reason, row.answer = kind_of(outcome).value, outcome.reason.value, outcome.text
        row.choices = list(outcome.choices) if isinstance(outcome, Clarification) else []
        row.draft = outcome.draft if isinstance(outcome, Handoff) else ""
        row.consent = Consent.ASKED.value if isinstance(outcome, Handoff) and outcome.asks_consent else None
        row.confidence, row.features, row.versions = finding.confidence, dict(finding.features), dict(finding.versions)
        row.took_ms, row.usage, row.decided_at = dict(finding.took_ms), dict(finding.usage), at
        row.threshold = finding.threshold
        for rank, citation in enumerate(outcome.citations, start=1):
            self._session.add(
                CitationTable(
                    id=new_id(),
                    inquiry_id=row.id,
                    rank=rank,
                    passage_id=citation.passage_id,
                    document_id=citation.document_id,
                    document_version=citation.document_version,
                    document=citation.document,
                    locator=citation.locator,
                    quote=citation.quote,
                    score=citation.score,
                    is_reference=citation.is_reference,
                )
            )
        self._turn(row, DESK, "窓口", outcome.text, at)
        return Recorded.RECORDED

    def amend(
        self, key: MessageKey, text: str, masked: tuple[str, ...], at: datetime, *, even_decided: bool = False
    ) -> bool:
        """Change a question that is not decided yet; both wordings stand in the turns. False: too late, or the same.

        An edit of an earlier moment than the last one changes nothing: Slack may tell them in another order.
        """
        row = self._session.scalar(select(InquiryTable).where(InquiryTable.key == key).with_for_update())
        if row is None or row.withdrawn_at is not None or row.text == text:
            return False
        is_late = row.outcome is not None and not even_decided
        if is_late or (row.amended_at is not None and at < row.amended_at):
            return False
        kept = [kind for kind in row.masked if PersonalKind(kind).placeholder in text]  # corrected with its mark
        row.text, row.masked, row.amended_at = text, list(dict.fromkeys((*kept, *masked))), at
        self._turn(row, ASKER, row.asker_name, text, at)
        return True

    def withdraw(self, key: MessageKey, at: datetime) -> list[InquiryId]:
        """Take back a question (its message was deleted): its words go, the fact stays. What was taken back.

        With it goes what was asked on by a choice of its clarification: the same words stand in it.
        """
        theirs = or_(InquiryTable.key == key, InquiryTable.key.startswith(chosen_key(key), autoescape=True))
        standing = select(InquiryTable).where(theirs, InquiryTable.withdrawn_at.is_(None))
        rows = self._session.scalars(standing.order_by(InquiryTable.ordinal).with_for_update()).all()
        for row in rows:
            row.withdrawn_at, row.text, row.chosen = at, "", None
            row.choices, row.draft = [], ""  # choices may be the asker's own sentences; nobody works on the draft now
            turns = update(TurnTable).where(TurnTable.inquiry_id == row.id, TurnTable.speaker == ASKER)
            self._session.execute(turns.values(text=WITHDRAWN))
            AttachmentBook(self._session).forget(row.id, at)
        return [InquiryId(row.id) for row in rows]

    def say(
        self, consultation_id: ConsultationId, key: str, speaker: str, name: str, text: str, at: datetime
    ) -> str | None:
        """Add a turn that is no question (a consultant's reply). Its id, or None where the key stands already."""
        if self._session.scalar(select(TurnTable.id).where(TurnTable.key == key)):
            return None
        row = TurnTable(
            id=new_id(),
            key=key,
            consultation_id=consultation_id,
            ordinal=self._next(TurnTable, consultation_id),
            speaker=speaker,
            name=name,
            text=text,
            at=at,
        )
        self._session.add(row)
        self._session.flush()
        return row.id

    def consent(self, inquiry_id: InquiryId, becomes: Consent, of: Collection[Consent]) -> bool:
        """Note the asker's word on a hand-over; False: it is none of those that this may follow."""
        row = self._session.get_one(InquiryTable, inquiry_id, with_for_update=True)
        if row.consent is None or Consent(row.consent) not in of or row.withdrawn_at is not None:
            return False
        row.consent = becomes.value
        return True

    def judge(self, inquiry_id: InquiryId, by: str, helpful: bool, at: datetime) -> None:
        """Keep the last verdict of one person on one answer."""
        row = self._session.scalar(
            select(FeedbackTable).where(FeedbackTable.inquiry_id == inquiry_id, FeedbackTable.by == by)
        )
        if row is None:
            self._session.get_one(InquiryTable, inquiry_id)
            self._session.add(FeedbackTable(id=new_id(), inquiry_id=inquiry_id, by=by, helpful=helpful, at=at))
        else:
            row.helpful, row.at = helpful, at

    def give_verdict(self, inquiry_id: InquiryId, reviewer: AccountId, is_right: bool, at: datetime) -> None:
        """Keep a reviewer's last word on an answer of the machine, and each change of it. Raises BadInput: none."""
        inquiry = self._session.get_one(InquiryTable, inquiry_id, with_for_update=True)  # of two at once one is first
        if inquiry.outcome != OutcomeKind.ANSWER:
            raise BadInput("判定できるのは、窓口が自動で回答した質問だけです。")
        mine = (VerdictTable.inquiry_id == inquiry_id, VerdictTable.by == reviewer)
        row = self._session.scalar(select(VerdictTable).where(*mine))
        if row is None:
            row = VerdictTable(id=new_id(), inquiry_id=inquiry_id, by=reviewer, is_right=is_right, at=at)
            self._session.add(row)
            self._session.flush()
        elif row.is_right == is_right:
            return  # a doubled submission
        row.is_right, row.at = is_right, at
        self._session.add(VerdictEventTable(verdict_id=row.id, is_right=is_right, at=at))

    def _check_served(self, inquiry: Inquiry) -> None:
        body = self._session.get(MunicipalityTable, inquiry.municipality)
        if body is not None and body.left_at is not None:
            raise BadInput(
                f"{body.name}への支援は終了しているため、ご質問をお受けできません。事務局にお問い合わせください。"
            )

    def _consultation_of(self, inquiry: Inquiry) -> ConsultationTable:
        place = inquiry.place
        standing = self._session.scalar(
            select(ConsultationTable).where(
                ConsultationTable.channel == place.channel.value,
                ConsultationTable.team == place.team,
                ConsultationTable.room == place.room,
                ConsultationTable.thread == place.thread,
            )
        )
        if standing is not None:
            if standing.municipality_code != inquiry.municipality:
                raise NotFound("この相談は見つかりません。")  # a thread never changes its body
            return standing
        body = self._session.get(MunicipalityTable, inquiry.municipality)
        if body is None:
            raise NotFound(f"団体コード「{inquiry.municipality}」は登録されていません。")
        consultation = ConsultationTable(
            id=new_id(),
            number=self._number(inquiry, body.prefecture),
            municipality_code=body.code,
            channel=place.channel.value,
            team=place.team,
            room=place.room,
            thread=place.thread,
            asker_id=inquiry.asker.id,
            asker_name=inquiry.asker.name,
            opened_at=inquiry.received_at,
        )
        self._session.add(consultation)
        self._session.flush()
        return consultation

    def _number(self, inquiry: Inquiry, prefecture: str) -> str:
        day, area = tokyo_date(inquiry.received_at), AREA_OF[prefecture]
        name = series(day, area)
        raised = update(CounterTable).where(CounterTable.series == name).values(last=CounterTable.last + 1)
        if cast(CursorResult[Any], self._session.execute(raised)).rowcount == 0:
            self._session.add(CounterTable(series=name, last=1))
            self._session.flush()
        running = self._session.scalar(select(CounterTable.last).where(CounterTable.series == name))
        return number(day, area, running or 1)

    def _turn(self, row: InquiryTable, speaker: str, name: str, text: str, at: datetime) -> None:
        self._session.add(
            TurnTable(
                id=new_id(),
                consultation_id=row.consultation_id,
                ordinal=self._next(TurnTable, row.consultation_id),
                inquiry_id=row.id,
                speaker=speaker,
                name=name,
                text=text,
                at=at,
            )
        )
        self._session.flush()

    def _next(self, table: type[InquiryTable] | type[TurnTable], consultation_id: str) -> int:
        # Locked: of two writers to one consultation the second counts after the first (SQLite has one writer anyway).
        self._session.get_one(ConsultationTable, consultation_id, with_for_update=True)
        highest = self._session.scalar(select(func.max(table.ordinal)).where(table.consultation_id == consultation_id))
        return (highest or 0) + 1
