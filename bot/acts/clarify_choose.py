"""One of a clarification's choices: the question goes on with it, under the name of the one who chose."""

from bot import wording
from bot.clicks import Click, pair
from bot.inside import Inside
from bot.people import People
from consultation.errors import NotFound
from consultation.inquiry import Asker


def choose(inside: Inside, people: People, click: Click) -> None:
    """Raises NotFound where there is no such choice."""
    inquiry_id, index = pair(click.value)
    inquiry = inside.inquiry(click, inquiry_id)
    if not index.isdecimal():
        raise NotFound(wording.NO_CHOICE)
    inside.desk.choose(inquiry.id, int(index), Asker(click.person, people.name(click.team, click.user)))
