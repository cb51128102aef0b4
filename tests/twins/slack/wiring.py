"""The stand-in's parts, put together; starting and stopping; what the app is sent."""

from collections.abc import Container, Iterable
from typing import Self

from . import api_chat, api_files, api_read, api_stream, api_views
from .api import WebApi
from .delivery import Carrier, Delivery, Retries
from .hands import Hands
from .posting import HttpPoster
from .server import Loop, Server
from .shapes import event_envelope, mention_event, message_event
from .sockets import SocketHub
from .subscriptions import DEFAULT_EVENTS, DEFAULT_SCOPES, EVENT_SCOPES, check_scopes, subscription_of
from .world import Json, Message, Team, User, World


class Wiring:
    """What all faces of the twin share."""

    def __init__(
        self,
        scopes: Iterable[str] = DEFAULT_SCOPES,
        events: Iterable[str] = DEFAULT_EVENTS,
        retries: Retries | None = None,
    ) -> None:
        self.bot_token, self.app_token, self.signing_secret = "xoxb-twin-T1", "xapp-twin", "twin-signing-secret"
        self.client = ("twin-client-id", "twin-client-secret")
        self.events = frozenset(events)
        check_scopes(self.events, frozenset(scopes))
        self.world = World()
        self.retries = retries or Retries()
        self.mention_first = True
        self.echoes = True
        self._loop = Loop()
        methods = {
            **api_chat.METHODS,
            **api_stream.METHODS,
            **api_read.METHODS,
            **api_views.METHODS,
            **api_files.METHODS,
        }
        self._api = WebApi(self.world, frozenset(scopes), methods)
        self._hub = SocketHub(self.world, self.retries)
        self._carrier = Carrier(self.world, self.retries, self._loop.loop)
        self._carrier.transport = self._hub
        self._hands = Hands(self.world, self._api, self._carrier)
        self._server = Server(self.world, self._api, self._hub, self.app_token, self.client)
        self._server.on_response = self._hands.respond
        self.world.emit = self._echo
        self.workspace("T1", bot_token=self.bot_token)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> Self:
        self._loop.run(self._server.open())
        self._hands.base_url = self.world.base = self.url
        return self

    def stop(self) -> None:
        self._loop.run(self._server.close())
        self._loop.stop()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.port}"

    def environ(self) -> dict[str, str]:
        """The environment that points a bot at this twin."""
        return {
            "SLACK_API_URL": f"{self.url}/api/",
            "SLACK_BOT_TOKEN": self.bot_token,
            "SLACK_APP_TOKEN": self.app_token,
            "SLACK_SIGNING_SECRET": self.signing_secret,
        }

    def http(self, url: str) -> None:
        """From now on events and interactions are posted, signed, to this address."""
        self._carrier.transport = HttpPoster(url, self.signing_secret, self.retries)

    def workspace(self, team: str, name: str = "", bot_token: str = "") -> Team:
        """A workspace that has the app installed, with a bot token of its own; T1 is there from the start."""
        suffix = "" if team == "T1" else team
        token = bot_token or f"xoxb-twin-{team}"
        made = Team(team, name or f"team-{team.lower()}", token, f"U0BOT{suffix}", f"B0BOT{suffix}")
        with self.world.change():
            self.world.teams[team] = made
            self.world.users[made.bot_user] = User(made.bot_user, team, "madoguchi", is_bot=True)
        return made

    def event(self, event: Json, team: str = "T1") -> Delivery:
        """Any event at all, subscribed or not, well-formed or not."""
        return self._carrier.send("events_api", event_envelope(self.world, team, event))

    def _announce(self, message: Message) -> list[Delivery]:
        """A mention in a channel comes as two events with two event_ids and one ts."""
        place = self.world.channels[message.channel]
        plain = message_event(self.world, message)
        mentioned = {one.bot_user for one in self.world.teams.values() if f"<@{one.bot_user}>" in message.text}
        events = [plain]
        if mentioned and place.kind != "im":
            mention = mention_event(self.world, message)
            events = [mention, plain] if self.mention_first else [plain, mention]
        return [delivery for event in events for delivery in self._emitted(place.team, event, mentioned)]

    def _emitted(self, team: str, event: Json, mentioned: Container[str] = ()) -> list[Delivery]:
        """Sends what the app subscribed to and its bot may see: in a shared channel to each of its installations."""
        place = self.world.channels[str(event["channel"])]
        subscription = subscription_of(event, place.kind)
        if subscription not in self.events:
            return []
        told = [
            one
            for one in (self.world.teams[name] for name in (team, *sorted(place.guests)))
            if one.bot_user in place.members and (event["type"] != "app_mention" or one.bot_user in mentioned)
        ]
        if told:
            self.world.used_scopes.add(EVENT_SCOPES.get(subscription, ""))
        return [self.event(event, one.id) for one in told]

    def _echo(self, team: str, event: Json) -> None:
        """The bot's own posts, edits and deletions come back to it, as Slack does it."""
        author = event.get("message") or event.get("previous_message") or event
        if self.echoes or author.get("bot_id") != self.world.teams[team].bot_id:
            self._emitted(team, event)
