"""The Home of municipal staff: their body's consultations, what one may ask, the programme's dates, whom to ask."""

from collections.abc import Callable

from slack_sdk.models.blocks import ActionsBlock, Block, HeaderBlock

from bot import wording as words
from bot.blocks.elements import HomeAction, link, paragraph, small_print
from bot.blocks.text import FIELD, fitted, plain
from bot.home import wording
from bot.home.pieces import button, heading, joined, line, lines, more
from bot.home.reading import StaffHome, StrangersHome
from bot.links import Links
from consultation.calendar import shown_date, tokyo_date
from consultation.inquiry import Channel, Place
from desk.background import state
from records.overview import ConsultationLine, Counter
from records.programme import ProgrammeDate

HEADER, WORDS, TITLE, MOST_PEOPLE = 150, 80, 200, 10

Permalink = Callable[[Place], str | None]


def staff_blocks(home: StaffHome, links: Links, permalink: Permalink, note: str = "") -> list[Block]:
    """The whole Home; `note` is what became of the last press, where there is something to say."""
    return [
        HeaderBlock(text=plain(wording.STAFF_TITLE.format(body=home.body.name), HEADER)),
        *([paragraph(note)] if note else []),
        ActionsBlock(elements=[button(HomeAction.ASK, wording.ASK_BUTTON, style="primary")]),
        *heading(wording.CONSULTATIONS),
        *(_consultation(home, one, links, permalink) for one in home.lines),
        *([small_print(wording.NO_CONSULTATIONS)] if not home.lines else []),
        *more(home.count - len(home.lines), links.consultations()),
        *heading(wording.PROMPTS),
        *(
            line(fitted(message, FIELD), button(HomeAction.ASK_THIS, title, str(at)))
            for at, (title, message) in enumerate(words.PROMPTS)
        ),
        *heading(wording.DATES),
        *lines([_date(one) for one in home.dates] or [wording.NO_DATES]),
        *heading(wording.WHOM),
        *lines(_counter(home.counter)),
    ]


def stranger_blocks(home: StrangersHome, note: str = "") -> list[Block]:
    """How to be registered."""
    said = wording.STRANGER.format(user=home.user)
    head = HeaderBlock(text=plain(wording.STRANGER_TITLE, HEADER))
    return [head, *([paragraph(note)] if note else []), line(said)]


def _consultation(home: StaffHome, one: ConsultationLine, links: Links, permalink: Permalink) -> Block:
    """Number, day, state and first words; a direct consultation is its asker's own, and tells others no words."""
    is_own = one.asker_id == home.person
    said = " ".join(one.text.split()) or wording.TAKEN_BACK
    if one.is_for_person and not is_own:
        said = wording.PRIVATE
    to_web = links.consultation(one.id)
    facts = joined(
        f"*{one.number}*",
        _day(one),
        state(one),
        _thread(one, is_own, permalink),
        link(to_web, wording.OPEN_WEB) if to_web else None,
    )
    return line(f"{facts}\n{fitted(said, WORDS)}")


def _day(one: ConsultationLine) -> str:
    """The day in Japan on which it began."""
    return shown_date(tokyo_date(one.opened_at))


def _thread(one: ConsultationLine, is_own: bool, permalink: Permalink) -> str | None:
    """To the thread in Slack: nobody else can open a direct message."""
    if one.place.channel is not Channel.SLACK:
        return None
    if one.place.room.startswith("D") and not is_own:
        return wording.DM
    url = permalink(one.place)
    return link(url, wording.OPEN_THREAD) if url else f"<#{one.place.room}>"


def _date(one: ProgrammeDate) -> str:
    return wording.DATE_LINE.format(day=shown_date(one.day), title=fitted(one.title, TITLE))


def _counter(counter: Counter) -> list[str]:
    hours = counter.team.hours
    team = wording.TEAM_LINE.format(team=fitted(counter.team.name, WORDS), opens=hours.opens, closes=hours.closes)
    people = "、".join(fitted(name, WORDS) for name in counter.people[:MOST_PEOPLE])
    named = [wording.PEOPLE_LINE.format(people=people)] if people else []
    return [team, *named, wording.there(counter)]
