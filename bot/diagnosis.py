"""What `madoguchi doctor` says of Slack: tokens, scopes, membership of the channels that count."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot import wording
from bot.faults import asked
from bot.scopes import SCOPES
from bot.settings import SlackMode, SlackSettings
from bot.workspace import Installation, Workspace
from consultation.errors import MadoguchiError, PostRefused, WrongSetting
from desk.settings import DeskSettings
from records.ledger import Ledger
from records.registry import Registry


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at, and what to do where it is not well."""

    ok: bool
    subject: str
    sentence: str


def diagnose(settings: SlackSettings, desk: DeskSettings, ledger: Ledger) -> list[Finding]:
    """Every finding about Slack; where the token is dead, only that."""
    if not settings.is_used:
        return [Finding(True, wording.DOCTOR_SLACK, wording.DOCTOR_UNUSED)]
    workspace = Workspace(settings)
    try:
        us = workspace.installation()
    except WrongSetting as wrong:
        return [Finding(False, "SLACK_BOT_TOKEN", wrong.reason)]
    except MadoguchiError as fault:
        return [Finding(False, wording.DOCTOR_SLACK, wording.DOCTOR_AWAY.format(why=fault))]
    return [
        Finding(True, "SLACK_BOT_TOKEN", wording.DOCTOR_INSTALLED.format(team=us.team)),
        _scopes(us),
        *_app_token(settings, workspace),
        *_channels(workspace, us, ledger, desk.consultant_channel),
    ]


def _scopes(us: Installation) -> Finding:
    missing = sorted(SCOPES - us.scopes)
    if missing:
        return Finding(False, wording.DOCTOR_SCOPES, wording.DOCTOR_SCOPES_MISSING.format(names="、".join(missing)))
    return Finding(True, wording.DOCTOR_SCOPES, wording.DOCTOR_SCOPES_WELL)


def _app_token(settings: SlackSettings, workspace: Workspace) -> Iterator[Finding]:
    if settings.slack_mode is not SlackMode.SOCKET:
        return
    token = settings.slack_app_token.get_secret_value()
    try:
        asked(lambda: workspace.posting.apps_connections_open(app_token=token))
    except MadoguchiError as fault:
        yield Finding(False, "SLACK_APP_TOKEN", wording.DOCTOR_SOCKET.format(why=fault))
    else:
        yield Finding(True, "SLACK_APP_TOKEN", wording.DOCTOR_SOCKET_WELL)


def _channels(workspace: Workspace, us: Installation, ledger: Ledger, consultants: str) -> Iterator[Finding]:
    registered = ledger.read(lambda session: Registry(session).channels())
    for team, channel, code in registered:
        if team != us.team:
            yield Finding(False, channel, wording.DOCTOR_OTHER_TEAM.format(team=team, code=code))
        else:
            yield _channel(workspace, channel, wording.DOCTOR_BODY.format(code=code))
    if not consultants:
        yield Finding(False, "MADOGUCHI_CONSULTANT_CHANNEL", wording.DOCTOR_NO_CONSULTANTS)
    else:
        yield _channel(workspace, consultants, wording.DOCTOR_CONSULTANTS)


def _channel(workspace: Workspace, channel: str, whose: str) -> Finding:
    try:
        found = asked(lambda: workspace.posting.conversations_info(channel=channel)).get("channel") or {}
    except PostRefused as refusal:
        return Finding(False, channel, wording.DOCTOR_CHANNEL_GONE.format(whose=whose, why=refusal.code))
    except MadoguchiError as fault:
        return Finding(False, channel, wording.DOCTOR_AWAY.format(why=fault))
    if found.get("is_archived"):
        return Finding(False, channel, wording.DOCTOR_CHANNEL_GONE.format(whose=whose, why="is_archived"))
    if not found.get("is_member"):
        return Finding(False, channel, wording.DOCTOR_NOT_MEMBER.format(whose=whose))
    return Finding(True, channel, wording.DOCTOR_MEMBER.format(whose=whose))
