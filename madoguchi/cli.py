"""The command line (typer): Japanese messages, `--json` where results are printed."""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from consultation.errors import BadInput, MadoguchiError
from madoguchi import wording
from madoguchi.settings import Settings, read_settings

app = typer.Typer(help=wording.HELP, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
municipality_app = typer.Typer(help=wording.MUNICIPALITY_HELP, no_args_is_help=True)
consultant_app = typer.Typer(help=wording.CONSULTANT_HELP, no_args_is_help=True)
team_app = typer.Typer(help=wording.TEAM_HELP, no_args_is_help=True)
account_app = typer.Typer(help=wording.ACCOUNT_HELP, no_args_is_help=True)
app.add_typer(municipality_app, name="municipality")
app.add_typer(consultant_app, name="consultant")
app.add_typer(team_app, name="team")
app.add_typer(account_app, name="account")

ALPHAS = (0.05, 0.1)
"""Limits that `calibrate` tells of, beside the one asked for."""
PROGRESS_S = 2.0  # between two lines of a long computation
Json = Annotated[bool, typer.Option("--json", help=wording.JSON_HELP)]


def main() -> None:
    """The command `madoguchi`: what a user did wrong ends in one Japanese line and exit code 2."""
    try:
        app()
    except MadoguchiError as no:
        typer.echo(f"エラー: {no.reason if isinstance(no, BadInput) else wording.UNAVAILABLE}", err=True)
        sys.exit(2)


@app.command(help=wording.RUN_HELP)
def run(
    port: Annotated[int | None, typer.Option(min=0, max=65535, help=wording.PORT_HELP)] = None,
    host: Annotated[str | None, typer.Option(help=wording.HOST_HELP)] = None,
    materials: Annotated[Path | None, typer.Option(help=wording.MATERIALS_HELP)] = None,
) -> None:
    from madoguchi.starting import check_start

    settings = read_settings()
    check_start(settings, host)
    from madoguchi.running import run_desk  # seconds: what is wrong is said before

    run_desk(settings, host, port, materials)


@app.command(help=wording.INGEST_HELP)
def ingest(
    paths: Annotated[list[Path], typer.Argument(help=wording.PATHS_HELP)],
    kind: Annotated[str | None, typer.Option(help=wording.KIND_HELP)] = None,
    visible_to: Annotated[str | None, typer.Option(help=wording.VISIBLE_HELP)] = None,
    watch: Annotated[bool, typer.Option("--watch", help=wording.WATCH_HELP)] = False,
    stage: Annotated[bool, typer.Option("--stage", help=wording.STAGE_HELP)] = False,
    as_json: Json = False,
) -> None:
    said = {"paths": _resolved(paths), "kind": kind, "visible_to": visible_to, "stage": stage}
    if watch:
        from madoguchi.watching import follow

        follow(read_settings(), said)
        return
    result = _told("ingest", said, as_json)
    if stage:
        typer.echo(wording.STAGED_NEXT, err=True)
    if result.get("failed"):
        raise typer.Exit(1)


@app.command(help=wording.STAGED_HELP)
def staged(
    path: Annotated[Path | None, typer.Argument(help=wording.STAGED_PATH_HELP)] = None, as_json: Json = False
) -> None:
    _told("staged", {"path": _resolved([path])[0] if path else None}, as_json)


@app.command(help=wording.PUBLISH_HELP)
def publish(
    paths: Annotated[list[Path] | None, typer.Argument(help=wording.PUBLISH_PATHS_HELP)] = None, as_json: Json = False
) -> None:
    _told("publish", {"paths": _resolved(paths or [])}, as_json)


@app.command(help=wording.VERSIONS_HELP)
def versions(path: Annotated[Path, typer.Argument(help=wording.PATH_HELP)], as_json: Json = False) -> None:
    _told("versions", {"path": _resolved([path])[0]}, as_json)


@app.command(help=wording.ROLLBACK_HELP)
def rollback(
    path: Annotated[Path, typer.Argument(help=wording.PATH_HELP)],
    to: Annotated[int | None, typer.Option(min=1, help=wording.TO_HELP)] = None,
    as_json: Json = False,
) -> None:
    _told("rollback", {"path": _resolved([path])[0], "to": to}, as_json)


@app.command(help=wording.REINDEX_HELP)
def reindex(as_json: Json = False) -> None:
    _told("reindex", {}, as_json)


@app.command(help=wording.ASK_HELP)
def ask(
    question: Annotated[str, typer.Argument(help=wording.QUESTION_HELP)],
    municipality: Annotated[str | None, typer.Option(help=wording.CODE_HELP)] = None,
    as_json: Json = False,
) -> None:
    plain = question.encode("utf-8", "replace").decode()  # a shell may hand over halves of letters
    _told("ask", {"question": plain, "municipality": municipality}, as_json)


@app.command(help=wording.CALIBRATE_HELP)
def calibrate(
    labels: Annotated[list[Path] | None, typer.Argument(help=wording.LABELS_HELP)] = None,
    alpha: Annotated[float, typer.Option(min=0.001, max=0.5, help=wording.ALPHA_HELP)] = 0.05,
    delta: Annotated[float, typer.Option(min=0.001, max=0.5, help=wording.DELTA_HELP)] = 0.1,
    out: Annotated[Path | None, typer.Option(help=wording.GATE_OUT_HELP)] = None,
    as_json: Json = False,
) -> None:
    from madoguchi.calibrating import calibrate as calibrated
    from madoguchi.calibrating import labels_in
    from madoguchi.house import GATE, open_house

    settings, read = read_settings(), labels_in(labels or [])
    with open_house(settings) as house:
        gate, *beside = calibrated(house, read, [alpha, *ALPHAS], delta)
    (out or settings.records.home / GATE).write_text(gate.model_dump_json(indent=2) + "\n", encoding="utf-8")
    if as_json:
        typer.echo(gate.model_dump_json())
        return
    typer.echo(wording.CALIBRATED_HEAD)
    for file in beside:
        for way, kept in ((wording.BY_VECTORS, file.dense.promise), (wording.BY_WORDS, file.lexical.promise)):
            typer.echo(wording.calibrated_row(way, kept))
    for way, kept in ((wording.BY_VECTORS, gate.dense.promise), (wording.BY_WORDS, gate.lexical.promise)):
        typer.echo(wording.calibrated(way, kept))


@app.command(help=wording.DOCTOR_HELP)
def doctor(as_json: Json = False) -> None:
    if not _told("doctor", {}, as_json)["ok"]:
        raise typer.Exit(1)


@municipality_app.command("add", help=wording.MUNICIPALITY_ADD_HELP)
def add_municipality(
    code: Annotated[str, typer.Argument(help=wording.CODE_HELP)],
    name: Annotated[str, typer.Option(help=wording.NAME_HELP)],
    prefecture: Annotated[str, typer.Option(help=wording.PREFECTURE_HELP)],
    slack_team: Annotated[str | None, typer.Option(help=wording.TEAM_HELP)] = None,
    slack_channel: Annotated[str | None, typer.Option(help=wording.CHANNEL_HELP)] = None,
    slack_user: Annotated[str | None, typer.Option(help=wording.MEMBER_HELP)] = None,
    as_json: Json = False,
) -> None:
    slack = {"slack_team": slack_team, "slack_channel": slack_channel, "slack_user": slack_user}
    said = {"code": code, "name": name, "prefecture": prefecture, **slack}
    _told("municipality.add", said, as_json)


@municipality_app.command("list", help=wording.MUNICIPALITY_LIST_HELP)
def list_municipalities(as_json: Json = False) -> None:
    _told("municipality.list", {}, as_json)


@municipality_app.command("import", help=wording.MUNICIPALITY_IMPORT_HELP)
def import_municipalities(file: Annotated[Path, typer.Argument(help=wording.CSV_HELP)], as_json: Json = False) -> None:
    from ingest.encodings import text_from

    try:
        text = text_from(file.read_bytes())
    except OSError as error:
        raise BadInput(f"「{file}」を開けませんでした。") from error
    _told("municipality.import", {"text": text}, as_json)


@consultant_app.command("add", help=wording.CONSULTANT_ADD_HELP)
def add_consultant(
    slack_user: Annotated[str, typer.Option(help=wording.SLACK_USER_HELP)],
    name: Annotated[str, typer.Option(help=wording.CONSULTANT_NAME_HELP)],
    topics: Annotated[str | None, typer.Option(help=wording.TOPICS_HELP)] = None,
    areas: Annotated[str | None, typer.Option(help=wording.AREAS_HELP)] = None,
    as_json: Json = False,
) -> None:
    said = {"slack_user": slack_user, "name": name, "topics": topics, "areas": areas}
    _told("consultant.add", said, as_json)


@consultant_app.command("list", help=wording.CONSULTANT_LIST_HELP)
def list_consultants(as_json: Json = False) -> None:
    _told("consultant.list", {}, as_json)


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
    _told("consultant.place", said | {"most_open": most_open, "most_a_day": most_a_day}, as_json)


@consultant_app.command("away", help=wording.AWAY_HELP)
def consultant_away(
    slack_user: Annotated[str, typer.Option(help=wording.SLACK_USER_HELP)],
    first: Annotated[str, typer.Option(help=wording.FIRST_HELP)],
    last: Annotated[str, typer.Option(help=wording.LAST_HELP)],
    as_json: Json = False,
) -> None:
    _told("consultant.away", {"slack_user": slack_user, "first": first, "last": last}, as_json)


@consultant_app.command("back", help=wording.BACK_HELP)
def consultant_back(
    slack_user: Annotated[str, typer.Option(help=wording.SLACK_USER_HELP)], as_json: Json = False
) -> None:
    _told("consultant.back", {"slack_user": slack_user}, as_json)


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
    _told("team.keep", said | targets | urgent, as_json)


@team_app.command("list", help=wording.TEAM_LIST_HELP)
def list_teams(as_json: Json = False) -> None:
    _told("team.list", {}, as_json)


@team_app.command("entrust", help=wording.ENTRUST_HELP)
def entrust(
    code: Annotated[str, typer.Option(help=wording.ACCOUNT_BODY_HELP)],
    team: Annotated[str, typer.Option(help=wording.TEAM_NAME_HELP)],
    as_json: Json = False,
) -> None:
    _told("team.entrust", {"code": code, "team": team}, as_json)


@account_app.command("invite", help=wording.ACCOUNT_INVITE_HELP)
def invite(
    login: Annotated[str, typer.Option(help=wording.LOGIN_HELP)],
    name: Annotated[str, typer.Option(help=wording.ACCOUNT_NAME_HELP)],
    role: Annotated[str, typer.Option(help=wording.ROLE_HELP)],
    municipality: Annotated[str | None, typer.Option(help=wording.ACCOUNT_BODY_HELP)] = None,
    as_json: Json = False,
) -> None:
    _told("account.invite", {"login": login, "name": name, "role": role, "municipality": municipality}, as_json)


def _told(name: str, said: dict[str, Any], as_json: bool) -> Any:
    """Carry the operation out; progress to stderr, the result to stdout. The result."""
    from madoguchi.reach import perform

    settings: Settings = read_settings()
    result, told_at = None, 0.0
    for line in _lines(perform(settings, name, said)):
        if "result" in line:
            result = line["result"]
        elif not wording.is_passing(line) or time.monotonic() - told_at >= PROGRESS_S:
            told_at = time.monotonic()
            typer.echo(wording.progress(line), err=True)
    typer.echo(json.dumps(result, ensure_ascii=False) if as_json else wording.result(name, result))
    return result


def _resolved(paths: list[Path]) -> list[str]:
    return [str(path.expanduser().resolve()) for path in paths]


def _lines(told: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The lines; a reader who has seen enough (a closed pipe) is no error."""
    try:
        yield from told
    except BrokenPipeError:
        sys.exit(0)
