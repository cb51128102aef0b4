"""The pieces that several messages share: buttons with their stable action ids, small print, links of our own."""

from enum import StrEnum

from slack_sdk.models.blocks import (
    ActionsBlock,
    ButtonElement,
    ContextActionsBlock,
    ContextBlock,
    FeedbackButtonObject,
    FeedbackButtonsElement,
    SectionBlock,
)

from bot import wording
from bot.blocks.text import SECTION, escaped, fitted, mrkdwn, plain
from consultation.case import Consultant
from consultation.inquiry import InquiryId

BUTTON = 75  # Slack's limit of a button's text
HELPFUL, UNHELPFUL = "helpful", "unhelpful"


class ActionId(StrEnum):
    """Stable names: whoever automates against the desk relies on them."""

    REQUEST = "handoff.request"
    WITHDRAW = "handoff.withdraw"
    CLAIM = "handoff.claim"
    DECLINE = "handoff.decline"
    HAND_ON = "handoff.hand_on"
    TAKE_OVER = "handoff.take_over"
    CONFIRM = "handoff.confirm"
    REOPEN = "handoff.reopen"
    CONSENT = "consent.give"
    NO_CONSENT = "consent.refuse"
    RATE_GOOD = "rating.good"
    RATE_FAIR = "rating.fair"
    RATE_POOR = "rating.poor"
    CORRECT = "handoff.correct"
    COMPOSE = "handoff.compose"
    RESOLVE = "handoff.resolve"
    SOURCE = "source.show"
    FEEDBACK = "feedback"
    CHOOSE = "clarify.choose"
    REVISE = "reply.revise"
    RECALL = "reply.recall"


class HomeAction(StrEnum):
    """The same for the buttons of the Home."""

    CLAIM = "home.claim"
    ABSENCE = "home.absence"
    BACK = "home.back"
    EXPERTISE = "home.expertise"
    ASK = "home.ask"
    ASK_THIS = "home.ask_this"


def button(action: ActionId, text: str, value: str, style: str | None = None) -> ButtonElement:
    return ButtonElement(action_id=action.value, text=plain(text, BUTTON), value=value, style=style)


def buttons(*elements: ButtonElement) -> ActionsBlock:
    return ActionsBlock(elements=list(elements))


def ask_person(inquiry_id: InquiryId) -> ActionsBlock:
    """「担当者に相談する」 stands below whatever the machine says."""
    return buttons(button(ActionId.REQUEST, wording.ASK_PERSON, inquiry_id))


def feedback(inquiry_id: InquiryId) -> ContextActionsBlock:
    """Slack's own 👍 and 👎."""
    element = FeedbackButtonsElement(
        action_id=ActionId.FEEDBACK.value,
        positive_button=_thumb(wording.HELPFUL, wording.HELPFUL_LABEL, f"{inquiry_id}:{HELPFUL}"),
        negative_button=_thumb(wording.UNHELPFUL, wording.UNHELPFUL_LABEL, f"{inquiry_id}:{UNHELPFUL}"),
    )
    return ContextActionsBlock(elements=[element])


def small_print(*lines: str) -> ContextBlock:
    """Lines of ready mrkdwn in small grey letters."""
    return ContextBlock(elements=[mrkdwn(line) for line in lines])


def paragraph(text: str) -> SectionBlock:
    """One section of people's words, escaped and cut."""
    return SectionBlock(text=mrkdwn(fitted(text, SECTION)), expand=True)


def called(consultant: Consultant) -> str:
    """A consultant so that Slack tells them; by name where they are in no Slack."""
    return f"<@{consultant.slack_user}>" if consultant.slack_user else escaped(consultant.name)


def corrected(is_so: bool) -> str:
    """The mark of what was changed after somebody may have read it."""
    return wording.CORRECTED if is_so else ""


def link(url: str, label: str) -> str:
    """A link that our template makes; `url` is built from our own address and ids."""
    return f"<{url}|{label}>"


def _thumb(text: str, label: str, value: str) -> FeedbackButtonObject:
    return FeedbackButtonObject(text=plain(text, BUTTON), accessibility_label=label, value=value)
