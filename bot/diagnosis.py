"""What `madoguchi doctor` says of Slack: tokens, scopes, membership of the channels that count."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot import wording
from bot.faults import asked
from bot.opening import workspaces_from
from bot.scopes import SCOPES
from bot.settings import SlackMode, SlackSettings
from bot.workspace import Installation, Workspace, Workspaces
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
    """Every finding about Slack; where the token or the key is dead, only that."""
    if not settings.is_used:
        return [Finding(True, wording.DOCTOR_SLACK, wording.DOCTOR_UNUSED)]
    try:
        workspaces = workspaces_from(settings, ledger)
        installed = workspaces.all()
    except WrongSetting as wrong:
        subject = "MADOGUCHI_SLACK_KEY" if settings.is_installed_by_oauth else "SLACK_BOT_TOKEN"
        return [Finding(False, subject, wrong.reason)]
    except MadoguchiError as fault:
        return [Finding(False, wording.DOCTOR_SLACK, wording.DOCTOR_AWAY.format(why=fault))]
    if not installed:
        return [Finding(False, wording.DOCTOR_SLACK, wording.DOCTOR_NOWHERE)]
    return [
        *(finding for one in installed for finding in _installation(settings, one)),
        *_app_token(settings, installed[0]),
        *_channels(workspaces, ledger, {one.installation().team for one in installed}),
        _consultants(settings, workspaces, desk),
    ]


def _installation(settings: SlackSettings, workspace: Workspace) -> Iterator[Finding]:
    """Whether Slack takes the token, and with which scopes."""
    team = workspace.installation().team
    by_oauth = settings.is_installed_by_oauth
    subject = wording.DOCTOR_WORKSPACE.format(team=team) if by_oauth else "SLACK_BOT_TOKEN"
    try:
        us = workspace.told()
    except PostRefused as refusal:
        yield Finding(False, subject, wording.DOCTOR_REVOKED.format(why=refusal.code))
        return
    except MadoguchiError as fault:
        yield Finding(False, subject, wording.DOCTOR_AWAY.format(why=fault))
        return
    yield Finding(True, subject, wording.DOCTOR_INSTALLED.format(team=us.team))
    yield _scopes(us, f"{wording.DOCTOR_SCOPES}（{team}）" if by_oauth else wording.DOCTOR_SCOPES)


def _scopes(us: Installation, subject: str) -> Finding:
    missing = sorted(SCOPES - us.scopes)
    if missing:
        return Finding(False, subject, wording.DOCTOR_SCOPES_MISSING.format(names="、".join(missing)))
    return Finding(True, subject, wording.DOCTOR_SCOPES_WELL)


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


def _channels(workspaces: Workspaces, ledger: Ledger, ours: set[str]) -> Iterator[Finding]:
    registered = ledger.read(lambda session: Registry(session).channels())
    for team, channel, code in registered:
        if team not in ours:
            yield Finding(False, channel, wording.DOCTOR_OTHER_TEAM.format(team=team, code=code))
        else:
            yield _channel(workspaces, team, channel, wording.DOCTOR_BODY.format(code=code))


def _consultants(settings: SlackSettings, workspaces: Workspaces, desk: DeskSettings) -> Finding:
    place = desk.consultant_place
    if place is None:
        return Finding(False, "MADOGUCHI_CONSULTANT_CHANNEL", wording.DOCTOR_NO_CONSULTANTS)
    if settings.is_installed_by_oauth and not place.team:
        return Finding(False, "MADOGUCHI_CONSULTANT_CHANNEL", wording.NO_CONSULTANTS_TEAM)
    return _channel(workspaces, place.team, place.room, wording.DOCTOR_CONSULTANTS)


def _channel(workspaces: Workspaces, team: str, channel: str, whose: str) -> Finding:
    try:
        found = asked(lambda: workspaces.of(team).posting.conversations_info(channel=channel)).get("channel") or {}
    except PostRefused as refusal:
        return Finding(False, channel, wording.DOCTOR_CHANNEL_GONE.format(whose=whose, why=refusal.code))
    except MadoguchiError as fault:
        return Finding(False, channel, wording.DOCTOR_AWAY.format(why=fault))
    if found.get("is_archived"):
        return Finding(False, channel, wording.DOCTOR_CHANNEL_GONE.format(whose=whose, why="is_archived"))
    if not found.get("is_member"):
        return Finding(False, channel, wording.DOCTOR_NOT_MEMBER.format(whose=whose))
    return Finding(True, channel, wording.DOCTOR_MEMBER.format(whose=whose))
