"""Which events an app gets, and the scope that each of them needs."""

from .world import Json

DEFAULT_SCOPES = frozenset(
    [
        *("app_mentions:read", "assistant:write", "chat:write", "commands", "users:read"),
        *("im:history", "im:read", "im:write", "channels:history", "groups:history"),
    ]
)
DEFAULT_EVENTS = frozenset(
    [
        *("app_mention", "app_home_opened", "message.im", "message.channels", "message.groups"),
        *("agent_session_stopped", "app_uninstalled", "tokens_revoked"),
    ]
)
EVENT_SCOPES = {
    "app_mention": "app_mentions:read",
    "message.im": "im:history",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "member_left_channel": "channels:read",  # or groups:read, for private ones
}
KINDS = {"im": "message.im", "channel": "message.channels", "group": "message.groups"}


def subscription_of(event: Json, kind: str) -> str:
    """The name under which an app subscribes to this event."""
    return KINDS[kind] if event["type"] == "message" else str(event["type"])


def check_scopes(events: frozenset[str], scopes: frozenset[str]) -> None:
    """Raises ValueError where Slack would refuse the manifest."""
    lacking = sorted(
        f"{event} needs {EVENT_SCOPES[event]}"
        for event in events & EVENT_SCOPES.keys()
        if EVENT_SCOPES[event] not in scopes
    )
    if lacking:
        raise ValueError("; ".join(lacking))
