"""People's hands: clicking buttons, filling in modals, opening the home tab, typing a command."""

import time
from dataclasses import dataclass
from typing import Any

from . import api_chat, api_views
from .api import Refused, WebApi
from .blocks import elements_of
from .delivery import Carrier, Delivery, Kind
from .shapes import APP_ID, interaction, message_json, view_json
from .state import checked_values
from .world import Json, Message, Trigger, View, World, snapshot

SHORTCUT_SCOPE = "commands"  # docs.slack.dev/interactivity/implementing-shortcuts
RESPONSE_USES = 5  # docs.slack.dev/interactivity/handling-user-interaction: five times within 30 minutes


@dataclass
class Click:
    """A click on its way, and the modals that were opened by it."""

    world: World
    delivery: Delivery
    trigger: Trigger

    @property
    def acked(self) -> bool:
        return self.delivery.acked

    @property
    def views(self) -> list[View]:
        """The modals opened by this click and still standing."""
        with self.world.changed:
            return [v for v in self.world.modals.get(self.trigger.user, []) if v.trigger_id == self.trigger.id]

    def view(self, timeout_s: float = 20.0) -> View:
        """Wait for the modal. Raises TimeoutError when none opens."""
        with self.world.changed:
            if not self.world.changed.wait_for(lambda: bool(self.views), timeout_s):
                raise TimeoutError("the click opened no modal")
            return self.views[0]


@dataclass(frozen=True)
class Submission:
    """What became of a submitted modal."""

    delivery: Delivery
    errors: dict[str, str]

    @property
    def acked(self) -> bool:
        return self.delivery.acked


@dataclass
class _ResponseUrl:
    channel: str
    ts: str
    user: str
    uses: int = 0


class Hands:
    """Interactions, none of which Slack repeats."""

    def __init__(self, world: World, api: WebApi, carrier: Carrier) -> None:
        self._world = world
        self._api = api
        self._carrier = carrier
        self._responses: dict[str, _ResponseUrl] = {}
        self.base_url = ""

    def click(self, message: Message, action_id: str, user: str, value: str | None) -> Click:
        world = self._world
        with world.change():
            block, element = _found(message.blocks, action_id, value)
            team = world.users[message.user].team
            trigger = world.trigger(team, user)
            payload = interaction(world, self._where(message, user), user, trigger) | {
                "type": "block_actions",
                "container": self._container(message),
                "channel": {"id": message.channel, "name": world.channels[message.channel].name or "directmessage"},
                "state": {"values": {}},
                "response_url": self._response_url(message, user),
                "actions": [_action(block, element, value)],
            }
            if message.only_for is None:
                payload["message"] = message_json(world, message)
        return self._sent(payload, trigger)

    def shortcut(self, message: Message, callback_id: str, user: str) -> Click:
        """A message shortcut, from the message's menu; the app hears of it wherever the message stands."""
        world = self._world
        with world.change():
            place = world.channels[message.channel]
            if user not in place.members and place.kind != "channel":
                raise LookupError(f"{user} does not see {message.channel}")
            if message.only_for is not None:
                raise LookupError("an ephemeral message has no shortcuts")
            self._need_commands()
            trigger = world.trigger(place.team, user)
            payload = interaction(world, place.team, user, trigger) | {
                "type": "message_action",
                "callback_id": callback_id,
                "action_ts": f"{time.time():.6f}",
                "message_ts": message.ts,
                "channel": {"id": place.id, "name": place.name or "directmessage"},
                "message": message_json(world, message),
                "response_url": self._response_url(message, user),
            }
        return self._sent(payload, trigger)

    def global_shortcut(self, team: str, callback_id: str, user: str) -> Click:
        """From the composer or the search: it comes from no channel."""
        world = self._world
        with world.change():
            self._need_commands()
            trigger = world.trigger(team, user)
            payload = interaction(world, team, user, trigger) | {
                "type": "shortcut",
                "callback_id": callback_id,
                "action_ts": f"{time.time():.6f}",
            }
        return self._sent(payload, trigger)

    def _need_commands(self) -> None:
        """Raises LookupError where Slack would offer neither commands nor shortcuts."""
        if SHORTCUT_SCOPE not in self._api.scopes:
            raise LookupError(f"commands and shortcuts need the scope {SHORTCUT_SCOPE}")
        self._world.used_scopes.add(SHORTCUT_SCOPE)

    def click_in_view(self, view: View, action_id: str, value: str | None) -> Click:
        world = self._world
        with world.change():
            block, element = _found(view.blocks, action_id, value)
            trigger = world.trigger(view.team, view.user)
            payload = interaction(world, view.team, view.user, trigger) | {
                "type": "block_actions",
                "container": {"type": "view", "view_id": view.id},
                "view": view_json(view, world.teams[view.team].bot_id),
                "actions": [_action(block, element, value)],
            }
        return self._sent(payload, trigger)

    def submit(self, view: View, values: dict[str, dict[str, Any]], timeout_s: float) -> Submission:
        """Press the modal's submit. Raises LookupError or ValueError where Slack's client would not let a person."""
        world = self._world
        with world.change():
            shown = view_json(view, world.teams[view.team].bot_id)
            shown["state"] = {"values": checked_values(view.blocks, values)}
            self._give(shown["state"]["values"])
            trigger = world.trigger(view.team, view.user)
            payload = interaction(world, view.team, view.user, trigger)
            payload |= {"type": "view_submission", "view": shown, "response_urls": []}
        delivery = self._carrier.send("interactive", payload)
        delivery.wait(timeout_s)
        return Submission(delivery, self._apply(view, delivery) if delivery.acked else {})

    def _give(self, values: Json) -> None:
        """What is put into a modal the app may fetch."""
        for element in (one for block in values.values() for one in block.values()):
            for file in element.get("files") or []:
                self._world.files[file["id"]].is_given = True

    def close(self, view: View) -> Delivery | None:
        """Dismiss the modal; the app hears of it only with notify_on_close."""
        world = self._world
        with world.change():
            world.modals[view.user].remove(view)
            if not view.body.get("notify_on_close"):
                return None
            payload = interaction(world, view.team, view.user, world.trigger(view.team, view.user))
            payload |= {
                "type": "view_closed",
                "view": view_json(view, world.teams[view.team].bot_id),
                "is_cleared": False,
            }
        return self._carrier.send("interactive", payload)

    def command(self, team: str, channel: str, user: str, words: str) -> Click:
        name, _, text = words.partition(" ")
        with self._world.change():
            self._need_commands()
            trigger = self._world.trigger(team, user)
            payload: Json = {"command": name, "text": text, "team_id": team, "channel_id": channel, "user_id": user}
            payload |= {"trigger_id": trigger.id, "api_app_id": APP_ID, "user_name": self._world.users[user].name}
            nowhere = Message(channel, "0", "", user)
            payload |= {"token": "twin", "team_domain": "twin", "response_url": self._response_url(nowhere, user)}
        return self._sent(payload, trigger, "slash_commands")

    def respond(self, name: str, body: Json) -> tuple[int, str]:
        """The app posts to a response_url: replace, delete or add a message."""
        with self._world.change():
            target = self._responses.get(name)
            if target is None or target.uses >= RESPONSE_USES:
                return 404, "used_url" if target else "expired_url"
            target.uses += 1
            try:
                self._respond(target, body)
            except Refused as refused:
                return 400, str(refused.answer["error"])
        return 200, "ok"

    def _respond(self, target: _ResponseUrl, body: Json) -> None:
        world = self._world
        message = world.find(target.channel, target.ts)
        channel = world.channels[target.channel]
        blocks = api_chat.checked(world, "response_url", body, body.get("blocks"))
        if body.get("delete_original") and message is not None:
            api_chat.erase(world, channel, message)
        elif body.get("replace_original") and message is not None:
            api_chat.revise(world, message, body.get("text"), blocks)
        else:
            bot = world.teams[channel.team]
            said = Message(
                channel.id, world.ts(), str(body.get("text", "")), bot.bot_user, blocks=blocks or [], bot_id=bot.bot_id
            )
            said.only_for = None if body.get("response_type") == "in_channel" else target.user
            (world.messages if said.only_for is None else world.ephemerals).append(said)

    def _apply(self, view: View, delivery: Delivery) -> dict[str, str]:
        """Do what the ack's response_action says. Returns the errors shown in the modal."""
        world = self._world
        answer = delivery.response or {}
        action = answer.get("response_action") if isinstance(answer, dict) else None
        with world.change():
            stack = world.modals.get(view.user, [])
            if action == "errors":
                known = {str(block["block_id"]) for block in view.blocks}
                world.violations += [
                    f"view_submission: errors for unknown block {n}" for n in answer["errors"] if n not in known
                ]
                return dict(answer["errors"])
            if action in {"update", "push"}:
                body = api_views.accepted(world, f"response_action {action}", answer["view"])
                fresh = View(world.fresh("V"), view.team, view.user, world.fresh("hash"), api_views.named(world, body))
                stack[:] = [*stack, fresh] if action == "push" else [fresh if v is view else v for v in stack]
            else:
                world.modals[view.user] = [] if action == "clear" else [v for v in stack if v is not view]
        return {}

    def _where(self, message: Message, user: str) -> str:
        """The workspace in which the hand is: in a shared channel the person's own, not the one whose bot wrote."""
        channel, own = self._world.channels[message.channel], self._world.users[user].team
        return own if own in channel.guests else channel.team

    def _sent(self, payload: Json, trigger: Trigger, kind: Kind = "interactive") -> Click:
        delivery = self._carrier.send(kind, payload)
        delivery.wait(self._carrier.retries.ack_timeout_s + 1)
        return Click(self._world, delivery, trigger)

    def _container(self, message: Message) -> Json:
        thread = {"thread_ts": message.thread_ts} if message.thread_ts else {}
        return {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": message.channel,
            "is_ephemeral": message.only_for is not None,
            **thread,
        }

    def _response_url(self, message: Message, user: str) -> str:
        name = self._world.fresh("response-")
        self._responses[name] = _ResponseUrl(message.channel, message.ts, user)
        return f"{self.base_url}/response/{name}"


def standing(message: Message | None) -> Message:
    """The message as it is now. Raises LookupError when it is gone."""
    if message is None:
        raise LookupError("no such message")
    return snapshot(message)


def _found(blocks: list[Json], action_id: str, value: str | None) -> tuple[Json, Json]:
    """The block and element of an action. Raises LookupError when a person would see no such button."""
    every = [
        (block, element) for block in blocks for element in elements_of(block) if element.get("action_id") == action_id
    ]
    fitting = [pair for pair in every if value is None or value in _values(pair[1])]
    if not fitting:
        seen = sorted({str(e.get("action_id")) for block in blocks for e in elements_of(block)})
        raise LookupError(f"no {action_id!r} with value {value!r} here, only {seen}")
    return fitting[0]


def _values(element: Json) -> list[Any]:
    if element["type"] == "feedback_buttons":
        return [element["positive_button"]["value"], element["negative_button"]["value"]]
    if "options" in element:
        return [option["value"] for option in element["options"]]
    return [element.get("value")]


def _action(block: Json, element: Json, value: str | None) -> Json:
    action: Json = {"type": element["type"], "action_id": element["action_id"], "block_id": block["block_id"]}
    action["action_ts"] = f"{time.time():.6f}"
    if element["type"] == "feedback_buttons":
        sides = [element["positive_button"], element["negative_button"]]
        chosen = next((side for side in sides if side["value"] == value), sides[0])
        return action | {"text": chosen["text"], "value": chosen["value"]}
    if "options" in element:
        return action | {"selected_option": next(o for o in element["options"] if value in (None, o["value"]))}
    kept = {name: element[name] for name in ("text", "value", "style", "url") if element.get(name) is not None}
    return action | kept
