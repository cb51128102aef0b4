"""The command line of the programme's dates."""

from typing import Annotated

import typer

from madoguchi import wording
from madoguchi.cli_told import Json, told

date_app = typer.Typer(help=wording.DATE_HELP, no_args_is_help=True)


@date_app.command("keep", help=wording.DATE_KEEP_HELP)
def keep_date(
    day: Annotated[str, typer.Option(help=wording.DATE_DAY_HELP)],
    title: Annotated[str, typer.Option(help=wording.DATE_TITLE_HELP)],
    code: Annotated[str | None, typer.Option(help=wording.DATE_CODE_HELP)] = None,
    as_json: Json = False,
) -> None:
    told("date.keep", {"day": day, "title": title, "code": code}, as_json)


@date_app.command("list", help=wording.DATE_LIST_HELP)
def list_dates(as_json: Json = False) -> None:
    told("date.list", {}, as_json)


@date_app.command("drop", help=wording.DATE_DROP_HELP)
def drop_date(number: Annotated[int, typer.Argument(help=wording.DATE_NUMBER_HELP)], as_json: Json = False) -> None:
    told("date.drop", {"number": number}, as_json)
