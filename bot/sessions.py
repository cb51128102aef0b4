"""An agent session's status, which gives the stop button: best effort, in direct messages only (the agent pane).

Slack moves it by no means itself: docs.slack.dev/reference/methods/agents.sessions.setStatus.
"""

from enum import StrEnum

from bot.faults import attempted
from bot.workspace import Workspaces
from consultation.inquiry import Place
from consultation.outcome import OutcomeKind
from desk.letters import Letter, Purpose


class Session(StrEnum):
    PROCESSING = "processing"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    """Waiting for a person."""


_AFTER = {
    Purpose.HANDED_OVER: Session.SUSPENDED,
    Purpose.NOT_HANDED_OVER: Session.ACTIVE,
    Purpose.RESOLVED: Session.ACTIVE,
    Purpose.WITHDRAWN: Session.ACTIVE,
    Purpose.REOPENED: Session.SUSPENDED,
}


def show(workspaces: Workspaces, place: Place, status: Session) -> None:
    """Move the session of a thread; nothing outside of direct messages."""
    if place.room.startswith("D"):
        attempted(
            lambda: workspaces.of(place.team).quick.agents_sessions_setStatus(
                channel_id=place.room, thread_ts=place.thread, status=status.value
            )
        )


def after(workspaces: Workspaces, letter: Letter) -> None:
    """What a letter that stands now means for the session of its thread."""
    if letter.purpose is Purpose.OUTCOME:
        is_with_person = letter.inquiry.outcome is OutcomeKind.HANDOFF and not letter.inquiry.is_asked_consent
        show(workspaces, letter.delivery.place, Session.SUSPENDED if is_with_person else Session.ACTIVE)
    elif letter.purpose in _AFTER:
        show(workspaces, letter.delivery.place, _AFTER[letter.purpose])
