"""The command line of the register: municipalities, consultants, teams, accounts."""

from pathlib import Path
from typing import Annotated

import typer

from consultation.errors import BadInput
from madoguchi import wording
from madoguchi.cli_told import Json, told

municipality_app = typer.Typer(help=wording.MUNICIPALITY_HELP, no_args_is_help=True)
consultant_app = typer.Typer(help=wording.CONSULTANT_HELP, no_args_is_help=True)
team_app = typer.Typer(help=wording.TEAMS_HELP, no_args_is_help=True)
account_app = typer.Typer(help=wording.ACCOUNT_HELP, no_args_is_help=True)
posts_app = typer.Typer(help=wording.POSTS_HELP, no_args_is_help=True)


@municipality_app.command("add", help=wording.MUNICIPALITY_ADD_HELP)
def add_municipality(
    code: Annotated[str, typer.Argument(help=wording.CODE_HELP)],
    name: Annotated[str, typer.Option(help=wording.NAME_HELP)],
    prefecture: Annotated[str, typer.Option(help=wording.PREFECTURE_HELP)],
    slack_team: Annotated[str | None, typer.Option(help=wording.TEAM_HELP)] = None,
    slack_channel: Annotated[str | None, typer.Option(help=wording.CHANNEL_HELP)] = None,
    slack_user: Annotated[str | None, typer.Option(help=wording.MEMBER_HELP)] = None,
    asks_consent: Annotated[
        bool | None, typer.Option("--asks-consent/--no-asks-consent", help=wording.CONSENT_HELP)
    ] = None,
    as_json: Json = False,
) -> None:
    slack = {"slack_team": slack_team, "slack_channel": slack_channel, "slack_user": slack_user}
    said = {"code": code, "name": name, "prefecture": prefecture, "asks_consent": asks_consent, **slack}
    told("municipality.add", said, as_json)


@municipality_app.command("list", help=wording.MUNICIPALITY_LIST_HELP)
def list_municipalities(as_json: Json = False) -> None:
    told("municipality.list", {}, as_json)


@municipality_app.command("import", help=wording.MUNICIPALITY_IMPORT_HELP)
def import_municipalities(file: Annotated[Path, typer.Argument(help=wording.CSV_HELP)], as_json: Json = False) -> None:
    from ingest.encodings import text_from

    try:
        text = text_from(file.read_bytes())
    except OSError as error:
        raise BadInput(f"「{file}」を開けませんでした。") from error
    told("municipality.import", {"text": text}, as_json)


@municipality_app.command("leave", help=wording.MUNICIPALITY_LEAVE_HELP)
def leave_municipality(code: Annotated[str, typer.Argument(help=wording.CODE_HELP)], as_json: Json = False) -> None:
    told("municipality.leave", {"code": code}, as_json)


@consultant_app.command("add", help=wording.CONSULTANT_ADD_HELP)
def add_consultant(
    slack_user: Annotated[str, typer.Option(help=wording.SLACK_USER_HELP)],
    name: Annotated[str, typer.Option(help=wording.CONSULTANT_NAME_HELP)],
    topics: Annotated[str | None, typer.Option(help=wording.TOPICS_HELP)] = None,
    areas: Annotated[str | None, typer.Option(help=wording.AREAS_HELP)] = None,
    as_json: Json = False,
) -> None:
    said = {"slack_user": slack_user, "name": name, "topics": topics, "areas": areas}
    told("consultant.add", said, as_json)


@consultant_app.command("list", help=wording.CONSULTANT_LIST_HELP)
def list_consultants(as_json: Json = False) -> None:
    told("consultant.list", {}, as_json)


@consultant_app.command("leave", help=wording.CONSULTANT_LEAVE_HELP)
def leave_consultant(
    slack_user: Annotated[str, typer.Option(help=wording.SLACK_USER_HELP)], as_json: Json = False
) -> None:
    told("consultant.leave", {"slack_user": slack_user}, as_json)


@consultant_app.command("place", help=wording.PLACE_HELP)
def place_consultant(
    slack_user: Annotated[str, typer.Option(help=wording.SLACK_USER_HELP)],
    team: Annotated[str | None, typer.Option(help=wording.TEAM_NAME_HELP)] = None,
    deputy: Annotated[str | None, typer.Option(help=wording.DEPUTY_HELP)] = None,
    lead: Annotated[bool, typer.Option("--lead", help=wording.LEAD_HELP)] = False,
    most_open: Annotated[int | None, typer.Option(min=0, help=wording.MOST_OPEN_HELP)] = None,
    most_a_day: Annotated[int | None, typer.Option(min=0, help=wording.MOST_A_DAY_HELP)] = None,
    as_json: Json = False,
) -> None:
    said = {"slack_user": slack_user, "team": team, "deputy": deputy, "lead": lead}
    told("consultant.place", said | {"most_open": most_open, "most_a_day": most_a_day}, as_json)


@consultant_app.command("away", help=wording.AWAY_HELP)
def consultant_away(
    slack_user: Annotated[str, typer.Option(help=wording.SLACK_USER_HELP)],
    first: Annotated[str, typer.Option(help=wording.FIRST_HELP)],
    last: Annotated[str, typer.Option(help=wording.LAST_HELP)],
    as_json: Json = False,
) -> None:
    told("consultant.away", {"slack_user": slack_user, "first": first, "last": last}, as_json)


@consultant_app.command("back", help=wording.BACK_HELP)
def consultant_back(
    slack_user: Annotated[str, typer.Option(help=wording.SLACK_USER_HELP)], as_json: Json = False
) -> None:
    told("consultant.back", {"slack_user": slack_user}, as_json)


@team_app.command("keep", help=wording.TEAM_KEEP_HELP)
def keep_team(
    name: Annotated[str, typer.Option(help=wording.TEAM_NAME_HELP)],
    opens: Annotated[str, typer.Option(help=wording.OPENS_HELP)] = "08:30",
    closes: Annotated[str, typer.Option(help=wording.CLOSES_HELP)] = "17:15",
    closed: Annotated[str | None, typer.Option(help=wording.CLOSED_HELP)] = None,
    reply_min: Annotated[int, typer.Option(min=1, help=wording.REPLY_MIN_HELP)] = 525,
    resolution_min: Annotated[int, typer.Option(min=1, help=wording.RESOLUTION_MIN_HELP)] = 2625,
    urgent_reply_min: Annotated[int, typer.Option(min=1, help=wording.URGENT_MIN_HELP)] = 120,
    urgent_resolution_min: Annotated[int, typer.Option(min=1, help=wording.URGENT_MIN_HELP)] = 1050,
    asked_after: Annotated[int, typer.Option(min=1, help=wording.ASKED_AFTER_HELP)] = 3,
    as_json: Json = False,
) -> None:
    said = {"name": name, "opens": opens, "closes": closes, "closed": closed, "asked_after": asked_after}
    targets = {"reply_min": reply_min, "resolution_min": resolution_min}
    urgent = {"urgent_reply_min": urgent_reply_min, "urgent_resolution_min": urgent_resolution_min}
    told("team.keep", said | targets | urgent, as_json)


@team_app.command("list", help=wording.TEAM_LIST_HELP)
def list_teams(as_json: Json = False) -> None:
    told("team.list", {}, as_json)


@team_app.command("entrust", help=wording.ENTRUST_HELP)
def entrust(
    code: Annotated[str, typer.Option(help=wording.ACCOUNT_BODY_HELP)],
    team: Annotated[str, typer.Option(help=wording.TEAM_NAME_HELP)],
    as_json: Json = False,
) -> None:
    told("team.entrust", {"code": code, "team": team}, as_json)


@posts_app.command("list", help=wording.POSTS_LIST_HELP)
def list_posts(as_json: Json = False) -> None:
    told("posts.list", {}, as_json)


@posts_app.command("retry", help=wording.POSTS_RETRY_HELP)
def retry_posts(
    delivery: Annotated[str | None, typer.Argument(help=wording.POST_HELP)] = None, as_json: Json = False
) -> None:
    told("posts.retry", {"id": delivery}, as_json)


@account_app.command("invite", help=wording.ACCOUNT_INVITE_HELP)
def invite(
    login: Annotated[str, typer.Option(help=wording.LOGIN_HELP)],
    name: Annotated[str, typer.Option(help=wording.ACCOUNT_NAME_HELP)],
    role: Annotated[str, typer.Option(help=wording.ROLE_HELP)],
    municipality: Annotated[str | None, typer.Option(help=wording.ACCOUNT_BODY_HELP)] = None,
    as_json: Json = False,
) -> None:
    told("account.invite", {"login": login, "name": name, "role": role, "municipality": municipality}, as_json)
