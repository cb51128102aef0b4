"""Rows and letters for tests, every text of them free."""

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.sources import Source
from consultation.aside import AsideId, AsideKind
from consultation.attachment import AttachmentState, Unfit
from consultation.case import CaseDeed, CaseEvent, CaseId, CaseState, Consultant, ConsultantId
from consultation.inquiry import Channel, ConsultationId, InquiryId, Place
from consultation.municipality import Municipality, MunicipalityCode
from consultation.outcome import Citation, OutcomeKind, Reason
from consultation.passage import DocumentId, MaterialKind, Passage, PassageId
from consultation.team import Team
from desk.alike import Alike
from desk.letters import Letter, Purpose
from records.asides import AsideRow
from records.overview import Background, ConsultationLine
from records.rows import AttachmentRow, CaseRow, ConsultationRow, DeliveryRow, InquiryRow, TurnRow

NOW = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
OPENED = CaseEvent(CaseDeed.OPEN, "desk", NOW)
THREAD = Place(Channel.SLACK, "T1", "C0SHINGU", "1700000000.000100")


def passage(text: str = "前。引用。後。") -> Passage:
    return Passage(
        PassageId("p" * 32), DocumentId("d"), 1, text, (text,), text, text, (text,), MaterialKind.FAQ,
        date(2020, 3, 1), text, None, None, None,
    )  # fmt: skip


def source(rank: int = 1, text: str = "引用。", *, is_reference: bool = False) -> Source:
    citation = Citation(PassageId("p" * 32), DocumentId("d"), 1, text, text, text, 0.9, is_reference)
    return Source(rank, citation, passage(text))


def inquiry(text: str = "質問", outcome: OutcomeKind = OutcomeKind.ANSWER, **more: object) -> InquiryRow:
    fields: dict[str, object] = {
        "id": InquiryId("i" * 32),
        "consultation_id": ConsultationId("c" * 32),
        "key": "T1:C:1:question",
        "ordinal": 1,
        "asker_id": "T1:U1",
        "asker_name": text,
        "text": text,
        "masked": (),
        "chosen": None,
        "received_at": NOW,
        "withdrawn_at": None,
        "outcome": outcome,
        "reason": Reason.GROUNDED,
        "answer": text,
        "choices": (text,) * 4,
        "draft": text,
        "confidence": 0.9,
        "features": {},
        "versions": {},
        "took_ms": {},
        "usage": {},
        "decided_at": NOW,
        "citations": (),
        "helpful": None,
    }
    return InquiryRow(**(fields | more))  # type: ignore[arg-type]


def consultation(text: str = "名前") -> ConsultationRow:
    body = Municipality(MunicipalityCode("112305"), text, "埼玉県")
    return ConsultationRow(ConsultationId("c" * 32), "R08-KANTO-0012", body, THREAD, "T1:U1", text, NOW)


def consultant(name: str = "佐藤") -> Consultant:
    return Consultant(ConsultantId("k" * 32), name, "U0SATO")


def background(text: str = "質問") -> Background:
    earlier = ConsultationLine(
        ConsultationId("c" * 32), "R08-KANTO-0011", THREAD, "T1:U1", NOW, text, False, OutcomeKind.ANSWER, False,
        CaseId("h" * 32), CaseState.CLOSED,
    )  # fmt: skip
    return Background(Team("", text), 2, (earlier,) * 3, 12)


def case(text: str = "質問", state: CaseState = CaseState.CLAIMED, **more: object) -> CaseRow:
    owner = None if state is CaseState.WAITING else consultant(text)
    row = inquiry(text, OutcomeKind.HANDOFF, **more)
    history = (OPENED, CaseEvent(CaseDeed.REMIND, "desk", NOW), CaseEvent(CaseDeed.DECLINE, "k" * 32, NOW, text))
    return CaseRow(CaseId("h" * 32), consultation(text), row, state, Reason.LOW_CONFIDENCE, owner, NOW, history)


def attachment(name: str = "計画.pdf", unfit: Unfit | None = None, turn_id: str | None = None) -> AttachmentRow:
    state = AttachmentState.REFUSED if unfit else AttachmentState.NOTED
    asked = None if turn_id else InquiryId("i" * 32)
    return AttachmentRow("f" * 32, asked, turn_id, "T1", "F1", name, 10, state, unfit, None)


def letter(purpose: Purpose, text: str = "本文", **more: object) -> Letter:
    place = THREAD if purpose not in {Purpose.CARD, Purpose.CARD_STATE} else Place(Channel.SLACK, "T1", "C0CON", "")
    files = (attachment(text), attachment(text, Unfit.SIZE))
    row = inquiry(text, files=files)
    delivery = DeliveryRow(f"{purpose}:{row.id}:2", 1, purpose, place, row.id, None, None, "waiting", None)
    fields: dict[str, object] = {
        "delivery": delivery,
        "purpose": purpose,
        "consultation": consultation(text),
        "inquiry": row,
        "case": case(text),
        "turn": TurnRow("consultant", text, text, NOW, None, files=files),
        "card_ref": "1700000000.000200",
        "background": background(text) if purpose in {Purpose.CARD, Purpose.CARD_STATE} else None,
        "aside": AsideRow(
            AsideId("a" * 32), CaseId("h" * 32), text, AsideKind.DRAFT, text, True, NOW, NOW, None, text, ()
        ),
        "alike": (Alike(case(text), text), Alike(case(text), "")),
        "file": attachment(text, Unfit.TYPE),
        "undelivered": replace(delivery, purpose=Purpose.REPLY, failure="is_archived"),
    }
    return Letter(**(fields | more))  # type: ignore[arg-type]
