"""The reception: whose message it is, whether it is for the desk, masked before anything is stored, then accepted."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import assert_never

import structlog

from bot import wording
from bot.asking_aside import ask_aside
from bot.courtesy import Courtesy
from bot.inside import Inside, body_in
from bot.parsing import Changed, Deleted, Message, Written, relay_key
from bot.people import People
from bot.status import Status
from consultation.errors import NotFound, PostRefused
from consultation.inquiry import Asker, Inquiry
from consultation.masking import mask
from consultation.municipality import MunicipalityCode
from records.ledger import Session
from records.pages import Pages
from records.registry import Registry

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Known:
    """What the log knows of a message's place and author."""

    body: MunicipalityCode | None
    has_left: bool
    is_follow_up: bool


class Reception:
    """Takes messages in. When it returns, what is to be kept is committed."""

    def __init__(self, inside: Inside, people: People, courtesy: Courtesy, status: Status) -> None:
        self._inside = inside
        self._desk = inside.desk
        self._ledger = inside.ledger
        self._largest_file = inside.largest_file
        self._status = status
        self._people = people
        self._courtesy = courtesy

    def take(self, message: Message) -> None:
        """One message, once, however often it comes."""
        match message:
            case Written():
                self._written(message)
            case Changed():
                self._changed(message.now, message.at)
            case Deleted():
                self._desk.take_back(message.key)
                self._desk.replies.message_deleted(relay_key(message.key))
                self._desk.drop_aside(message.key)
            case _:
                assert_never(message)

    def _written(self, written: Written) -> None:
        if self._is_consultants(written):
            if written.is_to_us:
                self._aside(written)
            return
        known = self._ledger.read(lambda session: _known(session, written))
        if not written.is_to_us and (written.is_to_another or not known.is_follow_up):
            return
        if known.body is None:
            self._decline(written, wording.BODY_LEFT if known.has_left else wording.UNKNOWN_PLACE)
            return
        try:
            entered = self._desk.accept(self._inquiry(written, known.body))
        except NotFound as no:
            self._decline(written, no.reason)
        else:
            if entered.is_new:
                self._status.show_soon(written.place)

    def _aside(self, written: Written) -> None:
        """A consultant speaks to us: in a case's thread we answer there, elsewhere we say where."""
        sentence = ask_aside(self._inside, written)
        if sentence is None:
            self._status.show_soon(written.place)
        else:
            self._decline(written, sentence)

    def _changed(self, now: Written, at: datetime) -> None:
        if self._is_consultants(now):
            consultant = self._inside.consultant(now)
            self._desk.replies.message_edited(relay_key(now.key), consultant, now.text, at)
            return
        masked = mask(now.text)
        if self._desk.amend(now.key, masked.text, masked.kinds, at):
            return
        row = self._ledger.read(lambda session: Pages(session).inquiry_of(now.key))
        if row is None or row.outcome is None or row.withdrawn_at is not None or row.text == masked.text:
            return
        if row.amended_at is None or at > row.amended_at:  # else an earlier edit that arrives late
            self._decline(now, wording.EDITED_LATE)

    def _inquiry(self, written: Written, body: MunicipalityCode) -> Inquiry:
        masked = mask(written.text)
        return Inquiry(
            key=written.key,
            place=written.place,
            municipality=body,
            asker=Asker(_person(written), self._people.name(written.team, written.user)),
            text=masked.text,
            masked=masked.kinds,
            received_at=datetime.now(UTC),
            files=tuple(file.within(self._largest_file) for file in written.files),
        )

    def _decline(self, written: Written, sentence: str) -> None:
        try:
            self._courtesy.answer(written, sentence)
        except PostRefused as refusal:
            log.warning("courtesy_refused", channel=written.channel, code=refusal.code)

    def _is_consultants(self, written: Written) -> bool:
        theirs = self._desk.consultants
        return theirs is not None and theirs.room == written.channel and theirs.team in {"", written.team}


def _known(session: Session, written: Written) -> _Known:
    standing = Pages(session).consultation_at(written.place)
    whose = Registry(session).whose(written.team, written.channel, written.user)
    has_left = whose is not None and Registry(session).has_left(whose)
    return _Known(
        body_in(session, written.place, written.user),
        has_left,
        standing is not None and standing.asker_id == _person(written),
    )


def _person(written: Written) -> str:
    return f"{written.team}:{written.user}"
