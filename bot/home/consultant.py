"""A consultant's Home: their cases by deadline, what they could take, the team's load, absence and expertise."""

from collections.abc import Callable

from slack_sdk.models.blocks import ActionsBlock, Block, HeaderBlock

from bot import wording as words
from bot.blocks.elements import HomeAction, link, paragraph, small_print
from bot.blocks.text import fitted, plain
from bot.home import wording
from bot.home.pieces import button, heading, joined, line, lines, more
from bot.home.reading import ConsultantHome
from bot.links import Links
from consultation.calendar import shown
from consultation.inquiry import Place
from consultation.topic import Topic
from records.rows import CaseRow

HEADER, NAME, WORDS = 150, 60, 120
MOST_COLLEAGUES, MOST_ABSENCES = 50, 10

Permalink = Callable[[Place], str | None]


def consultant_blocks(home: ConsultantHome, links: Links, permalink: Permalink, note: str = "") -> list[Block]:
    """The whole Home; `note` is what became of the last press, where there is something to say."""
    return [
        HeaderBlock(text=plain(wording.CONSULTANT_TITLE.format(name=home.me.name), HEADER)),
        *([paragraph(note)] if note else []),
        *heading(wording.MINE),
        *(_case(home, case, links, permalink) for case in home.mine),
        *([small_print(wording.NONE_MINE)] if not home.mine else []),
        *more(home.count_mine - len(home.mine), links.cases()),
        *heading(wording.WAITING),
        *(_case(home, case, links, permalink) for case in home.waiting),
        *([small_print(wording.NONE_WAITING)] if not home.waiting else []),
        *more(home.count_waiting - len(home.waiting), links.cases()),
        *heading(wording.LOAD),
        *_load(home),
        *_absence(home),
        *_expertise(home),
    ]


def _case(home: ConsultantHome, case: CaseRow, links: Links, permalink: Permalink) -> Block:
    """One case in three lines; a waiting one can be claimed."""
    due, body = case.watch.due, case.consultation.municipality
    card = home.cards.get(case.id)
    to_card = permalink(card) if card is not None else None
    to_case = links.case(case.id)
    is_mine = case.owner is not None
    facts = joined(
        f"*{case.consultation.number}*",
        fitted(f"{body.prefecture}{body.name}", NAME),
        Topic(case.topic).label if case.topic else None,
        words.STATES[case.state],
    )
    clock = joined(
        wording.DUE.format(due=shown(due)) if due else None,
        wording.OVERDUE if due and due < home.now else None,
        wording.URGENT if case.is_urgent else None,
        wording.TO_YOU if case.turned_to is not None and case.turned_to.id == home.me.id else None,
        link(to_card, wording.OPEN_CARD) if to_card else None,
        link(to_case, wording.OPEN_CASE) if to_case else None,
    )
    said = fitted(" ".join(case.inquiry.text.split()) or words.TAKEN_BACK, WORDS)
    claim = None if is_mine else button(HomeAction.CLAIM, wording.CLAIM, case.id, "primary")
    return line(f"{facts}\n{clock}\n{said}", claim)


def _load(home: ConsultantHome) -> list[Block]:
    team = sorted(home.colleagues, key=lambda one: -one.open_cases)
    said = [
        wording.LOAD_LINE.format(name=fitted(one.consultant.name, NAME), count=one.open_cases)
        + (wording.AWAY if one.is_absent else "")
        for one in team[:MOST_COLLEAGUES]
    ]
    return [*lines(said), *more(len(team) - MOST_COLLEAGUES, None)]


def _absence(home: ConsultantHome) -> list[Block]:
    said = [wording.absence(first, last) for first, last in home.absences[:MOST_ABSENCES]]
    presses = [button(HomeAction.ABSENCE, wording.SET_ABSENCE)]
    if home.absences:
        presses.append(button(HomeAction.BACK, wording.CLEAR_ABSENCE))
    return [
        *heading(wording.ABSENCE),
        *lines(said or [wording.NO_ABSENCE]),
        *more(len(home.absences) - MOST_ABSENCES, None),
        ActionsBlock(elements=presses),
    ]


def _expertise(home: ConsultantHome) -> list[Block]:
    said = [
        f"{wording.TOPICS}：{wording.topic_names(home.me.topics)}",
        f"{wording.AREAS}：{wording.area_names(home.me.areas)}",
    ]
    return [
        *heading(wording.EXPERTISE),
        *lines(said),
        ActionsBlock(elements=[button(HomeAction.EXPERTISE, wording.CHANGE_EXPERTISE)]),
    ]
