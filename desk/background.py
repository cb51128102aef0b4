"""What was before a case and why a person has it, in the words of every face: the card, the Home, the web desk."""

from consultation.case import CaseState
from consultation.municipality import BUREAUS, Municipality
from consultation.outcome import OutcomeKind
from desk import wording
from records.ledger import Session
from records.overview import Background, ConsultationLine, Overview
from records.rows import ConsultationRow, InquiryRow

EARLIER = 3  # consultations of the body that a case names


def background_of(session: Session, about: ConsultationRow) -> Background:
    """What was before a consultation."""
    return Overview(session).background(about.municipality, about.opened_at, EARLIER)


def profile(body: Municipality, background: Background) -> tuple[str, ...]:
    """A body in a few facts."""
    return (
        f"{body.prefecture}{body.name}（{body.code}）",
        BUREAUS[body.area],
        wording.TEAM.format(team=background.team.name),
        wording.CHANNELS.format(count=background.channels),
        wording.CASES_BEFORE.format(count=background.cases),
    )


def sureness(inquiry: InquiryRow) -> str:
    """How sure the desk was of what it found; what was not judged has no figure."""
    if inquiry.threshold is None:
        return wording.NOT_JUDGED
    sure, least = (f"{share:.0%}" for share in (inquiry.confidence, inquiry.threshold))
    reached = wording.BELOW if inquiry.confidence < inquiry.threshold else wording.ABOVE
    return reached.format(sure=sure, least=least)


def state(line: ConsultationLine) -> str:
    """Where a consultation stands: with a person, or what the desk said last."""
    if line.case_state is not None and line.case_state is not CaseState.WITHDRAWN:
        return wording.STATES[line.case_state]
    is_called_off = line.case_state is CaseState.WITHDRAWN and line.outcome is OutcomeKind.HANDOFF
    if line.is_withdrawn or is_called_off:
        return wording.WITHDRAWN
    if line.outcome is OutcomeKind.HANDOFF and line.case_state is None:
        return wording.ASKED_FIRST
    return wording.STANDINGS[line.outcome] if line.outcome is not None else wording.PENDING
