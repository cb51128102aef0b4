"""What is pressed in a Home, and what its modals say when they are sent off. Each is for the one who pressed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from slack_sdk.models.views import View

from bot import wording
from bot.asking import Asking, Origin
from bot.blocks.elements import HomeAction
from bot.clicks import Click
from bot.home.modals import AREAS, FIRST, LAST, TOPICS, absence_view, expertise_view
from bot.inside import Inside, refusal
from consultation.calendar import tokyo_date
from consultation.case import CaseId
from desk import wording as desk_wording

State = Mapping[str, Any]
"""Slack's state.values of a submitted modal."""
Act = Callable[[Click], View | str | None]


@dataclass(frozen=True, slots=True)
class HomeActs:
    """Gives a modal to open, a sentence to show, or nothing: done."""

    inside: Inside
    asking: Asking

    def by_action(self) -> Mapping[HomeAction, Act]:
        return {
            HomeAction.CLAIM: self.claim,
            HomeAction.ABSENCE: self.ask_absence,
            HomeAction.BACK: self.be_back,
            HomeAction.EXPERTISE: self.ask_expertise,
            HomeAction.ASK: self.ask,
            HomeAction.ASK_THIS: self.ask,
        }

    def claim(self, click: Click) -> str | None:
        return refusal(self.inside.desk.cases.claim(CaseId(click.value), self.inside.consultant(click)))

    def ask_absence(self, click: Click) -> View | str:
        return absence_view(_today()) if self.inside.consultant(click) else desk_wording.NOT_CONSULTANT

    def be_back(self, click: Click) -> str | None:
        return self.inside.desk.attendance.be_back(self.inside.consultant(click), _today())

    def ask_expertise(self, click: Click) -> View | str:
        me = self.inside.consultant(click)
        return expertise_view(me) if me is not None else desk_wording.NOT_CONSULTANT

    def ask(self, click: Click) -> View | str:
        """A question of one's own, or one of the suggested ones (its number is the button's value)."""
        known = int(click.value) if click.value.isdecimal() else len(wording.PROMPTS)
        text = wording.PROMPTS[known][1] if known < len(wording.PROMPTS) else ""
        return self.asking.open(Origin(click.team, is_home=True), click.user, text)

    def be_away(self, team: str, user: str, state: State) -> tuple[str, str] | None:
        """The field and what stands against it; None: done."""
        first, last = (_date(_chosen(state, name, "selected_date")) for name in (FIRST, LAST))
        no = self.inside.desk.attendance.be_away(self.inside.consultant_at(team, user), first, last, _today())
        return (LAST, no) if no else None

    def specialise(self, team: str, user: str, state: State) -> tuple[str, str] | None:
        topics, areas = (
            tuple(str(one["value"]) for one in _chosen(state, name, "selected_options") or ())
            for name in (TOPICS, AREAS)
        )
        no = self.inside.desk.attendance.specialise(self.inside.consultant_at(team, user), topics, areas)
        return (TOPICS, no) if no else None


def _chosen(state: State, name: str, what: str) -> Any:
    return state.get(name, {}).get(name, {}).get(what)


def _date(said: object) -> date | None:
    try:
        return date.fromisoformat(str(said))
    except ValueError:
        return None


def _today() -> date:
    return tokyo_date(datetime.now(UTC))
