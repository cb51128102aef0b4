"""An operation carried out and told: progress to stderr, the result to stdout, as JSON where that is wanted."""

import json
import sys
import time
from collections.abc import Iterator
from typing import Annotated, Any

import typer

from madoguchi import wording
from madoguchi.settings import read_settings

PROGRESS_S = 2.0  # between two lines of a long computation
Json = Annotated[bool, typer.Option("--json", help=wording.JSON_HELP)]


def told(name: str, said: dict[str, Any], as_json: bool) -> Any:
    """Carry the operation out; progress to stderr, the result to stdout. The result."""
    from madoguchi.reach import perform

    settings = read_settings()
    result, told_at = None, 0.0
    for line in _lines(perform(settings, name, said)):
        if "result" in line:
            result = line["result"]
        elif not wording.is_passing(line) or time.monotonic() - told_at >= PROGRESS_S:
            told_at = time.monotonic()
            typer.echo(wording.progress(line), err=True)
    typer.echo(json.dumps(result, ensure_ascii=False) if as_json else wording.result(name, result))
    return result


def _lines(told: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The lines; a reader who has seen enough (a closed pipe) is no error."""
    try:
        yield from told
    except BrokenPipeError:
        sys.exit(0)
