"""The command line (typer): Japanese messages, `--json` where results are printed."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from consultation.errors import BadInput, MadoguchiError
from madoguchi import wording
from madoguchi.cli_dates import date_app
from madoguchi.cli_register import account_app, consultant_app, municipality_app, posts_app, team_app
from madoguchi.cli_told import Json, told
from madoguchi.settings import read_settings

app = typer.Typer(help=wording.HELP, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
app.add_typer(municipality_app, name="municipality")
app.add_typer(consultant_app, name="consultant")
app.add_typer(team_app, name="team")
app.add_typer(account_app, name="account")
app.add_typer(date_app, name="date")
app.add_typer(posts_app, name="posts")

ALPHAS = (0.05, 0.1)
"""Limits that `calibrate` tells of, beside the one asked for."""


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
    result = told("ingest", said, as_json)
    if stage:
        typer.echo(wording.STAGED_NEXT, err=True)
    if result.get("failed"):
        raise typer.Exit(1)


@app.command(help=wording.STAGED_HELP)
def staged(
    path: Annotated[Path | None, typer.Argument(help=wording.STAGED_PATH_HELP)] = None, as_json: Json = False
) -> None:
    told("staged", {"path": _resolved([path])[0] if path else None}, as_json)


@app.command(help=wording.PUBLISH_HELP)
def publish(
    paths: Annotated[list[Path] | None, typer.Argument(help=wording.PUBLISH_PATHS_HELP)] = None, as_json: Json = False
) -> None:
    told("publish", {"paths": _resolved(paths or [])}, as_json)


@app.command(help=wording.VERSIONS_HELP)
def versions(path: Annotated[Path, typer.Argument(help=wording.PATH_HELP)], as_json: Json = False) -> None:
    told("versions", {"path": _resolved([path])[0]}, as_json)


@app.command(help=wording.ROLLBACK_HELP)
def rollback(
    path: Annotated[Path, typer.Argument(help=wording.PATH_HELP)],
    to: Annotated[int | None, typer.Option(min=1, help=wording.TO_HELP)] = None,
    as_json: Json = False,
) -> None:
    told("rollback", {"path": _resolved([path])[0], "to": to}, as_json)


@app.command(help=wording.REINDEX_HELP)
def reindex(as_json: Json = False) -> None:
    told("reindex", {}, as_json)


@app.command(help=wording.ASK_HELP)
def ask(
    question: Annotated[str, typer.Argument(help=wording.QUESTION_HELP)],
    municipality: Annotated[str | None, typer.Option(help=wording.CODE_HELP)] = None,
    as_json: Json = False,
) -> None:
    plain = question.encode("utf-8", "replace").decode()  # a shell may hand over halves of letters
    told("ask", {"question": plain, "municipality": municipality}, as_json)


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
    if not told("doctor", {}, as_json)["ok"]:
        raise typer.Exit(1)


def _resolved(paths: list[Path]) -> list[str]:
    return [str(path.expanduser().resolve()) for path in paths]
