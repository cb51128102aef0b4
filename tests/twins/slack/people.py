"""The driving side: who is there, what they write, what they press."""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from . import api_chat
from .delivery import Delivery
from .files import File, file_json
from .hands import Click, Submission, standing
from .shapes import changed_event, message_json, rich_text
from .wiring import Wiring
from .world import Channel, Json, Message, User, View


@dataclass(frozen=True)
class Sent:
    """A message that a person wrote, and the events that tell the app."""

    channel: str
    ts: str
    deliveries: tuple[Delivery, ...]

    def wait(self, timeout_s: float = 20.0) -> bool:
        """Wait until every event was acked, or given up."""
        return all(delivery.wait(timeout_s) for delivery in self.deliveries)


class People(Wiring):
    """Users, channels, messages, clicks."""

    def user(self, user: str, team: str = "T1", name: str = "", email: str = "") -> User:
        made = User(user, team, name or f"user {user}", email=email or f"{user.lower()}@example.jp")
        with self.world.change():
            self.world.users[user] = made
        return made

    def channel(
        self, channel: str, team: str = "T1", members: Iterable[str] = (), private: bool = False, with_bot: bool = True
    ) -> Channel:
        """A channel with the bot in it, unless `with_bot` is false; `members` are users."""
        inside = {*members, *([self.world.teams[team].bot_user] if with_bot else [])}
        made = Channel(channel, team, f"channel-{channel.lower()}", inside, private)
        with self.world.change():
            self.world.channels[channel] = made
        return made

    def share(self, channel: str, *guests: str) -> None:
        """Make it a Slack Connect channel, which people of other workspaces may join; the bots of guests are in it."""
        with self.world.change():
            place = self.world.channels[channel]
            place.shared = True
            place.guests.update(guests)
            place.members.update(self.world.teams[team].bot_user for team in guests)

    def dm(self, user: str, team: str = "T1") -> str:
        """The id of the user's direct-message channel with the bot."""
        with self.world.change():
            return self.world.direct(team, user).id

    def bot_user(self, team: str = "T1") -> str:
        return self.world.teams[team].bot_user

    def say(
        self, channel: str, user: str, text: str, thread_ts: str | None = None, *, mention: bool = False, **more: Any
    ) -> Sent:
        """A person writes; `text` as Slack would send it, & < > escaped.

        `more`: files=[...], age_s=600 (an old message), subtype="thread_broadcast", and other fields of Message.
        """
        world = self.world
        place = world.channels[channel]
        bot = world.teams[place.team].bot_user
        words = f"<@{bot}> {text}" if mention else text
        with world.change():
            place.members.add(user)
            message = Message(channel, world.ts(more.pop("age_s", 0.0)), words, user, thread_ts, **more)
            message.client_msg_id = world.fresh("client-")
            message.blocks = rich_text(world, words)
            message.subtype = message.subtype or ("file_share" if message.files else None)
            world.add(message)
            for one in message.files:
                if one.get("id") in world.files:
                    world.files[one["id"]].shares.append((channel, message.ts))
            deliveries = self._announce(message)
        return Sent(channel, message.ts, tuple(deliveries))

    def file(self, user: str, name: str, data: bytes, *, redirect: str = "", **told: Any) -> Json:
        """A person uploads a file, to go with a message or into a modal.

        `told`: what Slack says of it against the truth: size=10**9, mode="external", file_access="check_file_info".
        """
        with self.world.change():
            made = File(
                self.world.fresh("F0"), self.world.users[user].team, user, name, data, int(time.time()), told=told
            )
            made.redirect = redirect
            self.world.files[made.id] = made
            return file_json(self.world, made)

    def remove_file(self, file: Json) -> None:
        """Its owner deletes it, or Slack does."""
        with self.world.change():
            self.world.files[file["id"]].is_deleted = True

    def files_in(self, channel: str, ts: str, team: str = "T1") -> list[tuple[str, bytes]]:
        """Names and bytes of the files that the bot has put into a thread, in order."""
        with self.world.changed:
            shared = [one["id"] for said in self._said(channel, ts, team) for one in said.files]
            every = [self.world.files[one] for one in shared]
            return [(file.name, file.data) for file in every if not file.is_deleted]

    def _said(self, channel: str, ts: str, team: str) -> list[Message]:
        bot = self.world.teams[team].bot_user
        return sorted((m for m in self.world.replies(channel, ts) if m.user == bot), key=lambda m: m.ts)

    def edit(self, channel: str, ts: str, text: str) -> list[Delivery]:
        """A person changes a message."""
        with self.world.change():
            message = self._standing(channel, ts)
            before = message_json(self.world, message)
            message.text, message.blocks = text, rich_text(self.world, text)
            message.edited_ts = self.world.ts()
            team = self.world.channels[channel].team
            return self._emitted(team, changed_event(self.world, message, before))

    def delete(self, channel: str, ts: str) -> list[Delivery]:
        """A person deletes a message."""
        with self.world.change():
            count = len(self._carrier.all)
            api_chat.erase(self.world, self.world.channels[channel], self._standing(channel, ts))
            return self._carrier.all[count:]

    def bot_message(self, channel: str, text: str, thread_ts: str | None = None) -> Sent:
        """Another app's bot writes."""
        world = self.world
        with world.change():
            message = Message(
                channel, world.ts(), text, "U0OTHERBOT", thread_ts, bot_id="B0OTHER", subtype="bot_message"
            )
            world.add(message)
            deliveries = self._announce(message)
        return Sent(channel, message.ts, tuple(deliveries))

    def part(self, channel: str, user: str) -> list[Delivery]:
        """A person leaves a channel, or is removed: an event, and a line in the channel that tells of it."""
        world = self.world
        with world.change():
            place = world.channels[channel]
            place.members.discard(user)
            line = Message(channel, world.ts(), f"<@{user}> has left the channel", user)
            line.subtype = "group_leave" if place.private else "channel_leave"
            world.add(line)
            letter = {"channel": "C", "group": "G"}[place.kind]
            event = {"type": "member_left_channel", "user": user, "channel": channel, "channel_type": letter}
            event |= {"team": place.team, "event_ts": line.ts}
            return [*self._emitted(place.team, event), *self._announce(line)]

    def open_home(self, user: str, tab: str = "home") -> Delivery:
        """A person opens the app's home; `tab` is home or messages."""
        team = self.world.users[user].team
        now = self.world.ts()
        return self.event(
            {"type": "app_home_opened", "user": user, "channel": self.dm(user, team), "tab": tab, "event_ts": now}, team
        )

    def click(self, channel: str, ts: str, action_id: str, user: str, value: str | None = None) -> Click:
        """Press what has this action_id (and value) in the message as it stands; wait for the ack."""
        with self.world.changed:
            message = standing(self.world.find(channel, ts))
        return self._hands.click(message, action_id, user, value)

    def shortcut(self, channel: str, ts: str, callback_id: str, user: str) -> Click:
        """Choose a message shortcut from the menu of a message as it stands; wait for the ack."""
        with self.world.changed:
            message = standing(self.world.find(channel, ts))
        return self._hands.shortcut(message, callback_id, user)

    def click_in_view(self, user: str, action_id: str, value: str | None = None) -> Click:
        return self._hands.click_in_view(self._open_view(user), action_id, value)

    def submit(
        self, user: str, values: Mapping[str, dict[str, Any]] | None = None, timeout_s: float = 10.0
    ) -> Submission:
        """Fill in the open modal ({"block": {"action": "text"}}) and submit it; wait for the ack."""
        return self._hands.submit(self._open_view(user), dict(values or {}), timeout_s)

    def close(self, user: str) -> Delivery | None:
        return self._hands.close(self._open_view(user))

    def command(self, channel: str, user: str, words: str) -> Click:
        """A slash command, as typed."""
        return self._hands.command(self.world.channels[channel].team, channel, user, words)

    def global_shortcut(self, callback_id: str, user: str) -> Click:
        """A global shortcut, from the composer or the search: it comes from no channel."""
        return self._hands.global_shortcut(self.world.users[user].team, callback_id, user)

    def click_in_home(self, user: str, action_id: str, value: str | None = None) -> Click:
        """Press what has this action_id (and value) in the home as it was published last."""
        home = self.home(user)
        if home is None:
            raise LookupError(f"no home was published for {user}")
        return self._hands.click_in_view(home, action_id, value)

    def stop_session(self, channel: str, thread_ts: str, user: str) -> Delivery:
        """Press the stop button of an agent session: Slack ends its streams, and tells the app which."""
        world = self.world
        team = world.channels[channel].team
        with world.change():
            streams = [m for m in world.replies(channel, thread_ts) if m.streaming]
            for message in streams:
                message.streaming = False
        stopped = {"type": "agent_session_stopped", "channel": channel, "thread_ts": thread_ts, "user": user}
        stopped |= {"streaming_message_ts": [m.ts for m in streams], "event_ts": world.ts()}
        if "agent_session_stopped" not in self.events:
            raise LookupError("without the subscription Slack shows no stop button")
        return self.event(stopped, team)

    def view_of(self, user: str) -> View | None:
        """The modal on top for this user."""
        with self.world.changed:
            stack = self.world.modals.get(user, [])
            return stack[-1] if stack else None

    def home(self, user: str) -> View | None:
        """The home tab as the app published it."""
        with self.world.changed:
            return self.world.homes.get(user)

    def _standing(self, channel: str, ts: str) -> Message:
        message = self.world.find(channel, ts)
        if message is None:
            raise LookupError(f"no message {ts} in {channel}")
        return message

    def _open_view(self, user: str) -> View:
        view = self.view_of(user)
        if view is None:
            raise LookupError(f"no modal is open for {user}")
        return view
