"""A question asked by form: from the command, a shortcut or the Home; then it goes the way of every question."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from slack_sdk.models.views import View

from bot import wording
from bot.attached import files_from
from bot.blocks.asking import BY, PERSON, TOPIC, WORDS, ask_view, quoted_blocks
from bot.blocks.files import FILES, file_input
from bot.blocks.text import FALLBACK, fitted
from bot.inside import Inside
from bot.people import People
from bot.roots import RootPost, Roots
from bot.status import Status
from consultation.attachment import Attached
from consultation.calendar import tokyo_date
from consultation.errors import BadInput, PostRefused
from consultation.inquiry import Asker, Channel, Inquiry, MessageKey, Place, Wish
from consultation.masking import Masked, mask
from consultation.municipality import MunicipalityCode
from consultation.topic import Topic
from desk import wording as desk_wording
from records.ledger import Session
from records.overview import Overview
from records.pages import Pages
from records.registry import Registry

USERNAME = 80


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a modal was opened; it travels in the modal. Without a channel: the Home, or the composer."""

    team: str
    channel: str = ""
    thread: str = ""
    """The thread of the message that a shortcut was chosen for."""
    is_home: bool = False
    opened_by: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A modal sent off."""

    view: str
    user: str
    origin: Origin
    words: str
    wish: Wish
    files: tuple[Attached, ...] = ()

    @property
    def key(self) -> MessageKey:
        """The modal's id: a doubled submission is one."""
        return MessageKey(f"{self.origin.team}:view:{self.view}:question")


def asked_from(body: Mapping[str, Any], team: str) -> Asked:
    """Slack's view_submission of the modal; `team` is the workspace of our installation."""
    view = body["view"]
    state, known = view["state"]["values"], json.loads(view["private_metadata"])
    topic = (_chosen(state, TOPIC, "selected_option") or {}).get("value")
    wish = Wish(
        is_for_person=bool(_chosen(state, PERSON, "selected_options")),
        topic=topic if topic in set(Topic) else None,
        by=_date(_chosen(state, BY, "selected_date")),
    )
    origin = Origin(team, known["channel"], known["thread"], known["is_home"], known["opened_by"])
    words = str(_chosen(state, WORDS, "value") or "").strip()
    files = files_from(_chosen(state, FILES, "files"), team)
    return Asked(str(view["id"]), str(body["user"]["id"]), origin, words, wish, files)


class Asking:
    """Opens the modal, and takes in what is sent off. When `accept` returns None, it is committed."""

    def __init__(self, inside: Inside, people: People, roots: Roots, status: Status) -> None:
        self._inside = inside
        self._desk = inside.desk
        self._ledger = inside.ledger
        self._people = people
        self._roots = roots
        self._status = status

    def open(self, origin: Origin, user: str, text: str) -> View | str:
        """The modal, or why nothing can be asked here."""
        theirs = self._desk.consultants
        if theirs is not None and theirs.room == origin.channel and theirs.team in {"", origin.team}:
            return wording.CONSULTANTS_PLACE
        body, is_theirs = self._ledger.read(lambda session: _known(session, origin, user))
        if body is None:
            return wording.UNKNOWN_PLACE
        channel = origin.channel if is_theirs else ""
        where = wording.ASK_IN_CHANNEL.format(channel=channel) if channel else wording.ASK_IN_DM
        kept = {
            "channel": origin.channel,
            "thread": origin.thread,
            "is_home": origin.is_home,
            "opened_by": self._roots.token,
        }
        files = [file_input(wording.ASK_FILES_HINT)] if self._inside.takes_files(origin.team) else []
        return ask_view(text, where, json.dumps(kept), files)

    def accept(self, asked: Asked) -> tuple[str, str] | None:
        """The field and what stands against it; None: accepted. Raises Unavailable: nothing is promised then."""
        now = datetime.now(UTC)
        misfilled = self._misfilled(asked, now)
        if misfilled is not None:
            return misfilled
        body, is_theirs = self._ledger.read(lambda session: _known(session, asked.origin, asked.user))
        if body is None:
            return WORDS, wording.UNKNOWN_PLACE
        if self._ledger.read(lambda session: Pages(session).inquiry_of(asked.key)) is not None:
            return None
        try:
            self._enter(asked, body, now, in_channel=is_theirs and not asked.wish.is_for_person)
        except (BadInput, PostRefused) as no:
            return WORDS, no.reason if isinstance(no, BadInput) else wording.ASK_NOT_HERE
        return None

    def _enter(self, asked: Asked, body: MunicipalityCode, now: datetime, *, in_channel: bool) -> None:
        name, masked = self._people.name(asked.origin.team, asked.user), mask(asked.words)
        root = self._root(asked, name, masked, in_channel=in_channel)
        room, ts = self._roots.stand(root)
        place = Place(Channel.SLACK, asked.origin.team, room, root.thread or ts)
        entered = self._desk.accept(
            Inquiry(
                key=asked.key,
                place=place,
                municipality=body,
                asker=Asker(f"{asked.origin.team}:{asked.user}", name),
                text=masked.text,
                masked=masked.kinds,
                received_at=now,
                wish=asked.wish,
                files=self._fit(asked),
            )
        )
        if entered.is_new:
            self._status.show_soon(place)

    def _misfilled(self, asked: Asked, now: datetime) -> tuple[str, str] | None:
        if not asked.words:
            return WORDS, wording.ASK_EMPTY
        if asked.wish.is_past(tokyo_date(now)):
            return BY, desk_wording.PAST_DAY
        unfit = next((file for file in self._fit(asked) if file.unfit), None)
        if unfit is not None and unfit.unfit is not None:
            return FILES, desk_wording.unfit(unfit.name, unfit.unfit)
        return None

    def _fit(self, asked: Asked) -> tuple[Attached, ...]:
        return tuple(file.within(self._inside.largest_file) for file in asked.files)

    def _root(self, asked: Asked, name: str, masked: Masked, *, in_channel: bool) -> RootPost:
        """In the channel where it was asked, else in a direct message."""
        return RootPost(
            asked.view,
            asked.origin.team,
            asked.origin.channel if in_channel else asked.user,
            asked.origin.thread if in_channel else "",
            fitted(masked.text, FALLBACK),
            quoted_blocks(name, masked.text, asked.wish),
            wording.ASKER_NAME.format(name=name)[:USERNAME],
            asked.origin.opened_by,
        )


def _known(session: Session, origin: Origin, user: str) -> tuple[MunicipalityCode | None, bool]:
    """The asker's body, and whether the channel is that body's. Outside of channels, what one asked before counts."""
    if not origin.channel:
        return Overview(session).body_of(origin.team, "", user), False
    registry = Registry(session)
    is_theirs = registry.body_at(origin.team, origin.channel, "") is not None
    return registry.body_at(origin.team, origin.channel, user), is_theirs


def _chosen(state: Mapping[str, Any], name: str, what: str) -> Any:
    return state.get(name, {}).get(name, {}).get(what)


def _date(said: object) -> date | None:
    try:
        return date.fromisoformat(str(said))
    except ValueError:
        return None
