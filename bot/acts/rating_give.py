"""The faces below the end of a case: kept as they are pressed; then room for a line of words, for who likes."""

from collections.abc import Callable

from slack_sdk.models.views import View

from bot import wording
from bot.blocks.modals import rating_view
from bot.clicks import Click, Submitted
from bot.inside import Inside, refusal
from consultation.case import CaseId
from consultation.errors import NotFound
from consultation.rating import Score


def press(score: Score) -> Callable[[Inside, Click], View | str]:
    """The act of one face; the button's value is the case."""

    def pressed(inside: Inside, click: Click) -> View | str:
        case = inside.case(click.value)
        if case.consultation.municipality.code != inside.body(click):
            raise NotFound(wording.GONE)
        refused = refusal(inside.desk.ratings.rate(case.id, click.person, score))
        return refused or rating_view(case, score, click.person)

    return pressed


def say(inside: Inside, submitted: Submitted) -> str | None:
    """What stands against it; None: kept. Words belong to a face that was pressed before, whoever sends them."""
    case_id, _, person = submitted.about.partition(" ")
    return refusal(inside.desk.ratings.rate(CaseId(case_id), person, None, submitted.text))
