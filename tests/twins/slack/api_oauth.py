"""oauth.v2.access: a code for a token, once. Source: docs.slack.dev/reference/methods/oauth.v2.access."""

import base64
import time
from binascii import Error
from collections.abc import Mapping

from .api import Refused
from .shapes import APP_ID
from .world import Json, World

CODE_LIFE_S = 600


def access(world: World, client: tuple[str, str], args: Json, headers: Mapping[str, str]) -> Json:
    """The answer. The client says who it is by HTTP Basic or by arguments."""
    try:
        return {"ok": True, **_access(world, client, args, headers)}
    except Refused as refused:
        return refused.answer


def _access(world: World, client: tuple[str, str], args: Json, headers: Mapping[str, str]) -> Json:
    client_id, secret = _client(args, headers)
    if client_id != client[0]:
        raise Refused("invalid_client_id")
    if secret != client[1]:
        raise Refused("bad_client_secret")
    consent = world.consents.get(str(args.get("code") or ""))
    if consent is None or time.time() - consent.born > CODE_LIFE_S:
        raise Refused("invalid_code")
    if consent.used:
        raise Refused("code_already_used")
    consent.used = True
    team = world.teams[consent.team]
    if team.revoked:  # the same token for who installs again, a new one after a removal
        team.bot_token, team.revoked = f"xoxb-twin-{team.id}-{world.fresh('')}", False
    return {
        "app_id": APP_ID,
        "authed_user": {"id": consent.user},
        "scope": consent.scopes,
        "token_type": "bot",
        "access_token": team.bot_token,
        "bot_user_id": team.bot_user,
        "team": {"id": team.id, "name": team.name},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _client(args: Json, headers: Mapping[str, str]) -> tuple[str, str]:
    given = headers.get("Authorization", "")
    if not given.startswith("Basic "):
        return str(args.get("client_id", "")), str(args.get("client_secret", ""))
    try:
        client_id, _, secret = base64.b64decode(given.removeprefix("Basic ")).decode().partition(":")
    except (Error, UnicodeDecodeError):
        raise Refused("invalid_client_id") from None
    return client_id, secret
