"""`madoguchi ingest --watch`: each set of changes in the folders is brought in by the same operation as by hand."""

import signal
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import typer

from consultation.errors import BadInput, MadoguchiError
from madoguchi import wording
from madoguchi.reach import perform
from madoguchi.settings import Settings

QUIET_MS = 1_000  # an office program writes a file in several steps
DEBOUNCE_MS = 10_000  # the longest that changes which do not cease are waited for
RETRY_MS = 5_000  # after a run that another command's hold on the stores refused


def follow(settings: Settings, said: Mapping[str, Any]) -> None:
    """Bring the paths in, then again whenever something changes there, until Ctrl-C or SIGTERM."""
    folders = [Path(path) for path in said["paths"]]
    if missing := [folder for folder in folders if not folder.is_dir()]:
        raise BadInput(wording.not_a_folder(str(missing[0])))
    for ending in (
        signal.SIGINT,
        signal.SIGTERM,
    ):  # a shell without job control starts what it sends back deaf to SIGINT
        signal.signal(ending, signal.default_int_handler)
    with suppress(KeyboardInterrupt):  # in the middle of a run: the next one goes on where it stopped
        _follow(settings, said, folders)
    typer.echo(wording.WATCH_ENDED, err=True)


def _follow(settings: Settings, said: Mapping[str, Any], folders: list[Path]) -> None:
    from watchfiles import watch

    _brought_in(settings, said)
    is_owed = True  # what changed before the watch had begun is found by one more run
    typer.echo(wording.WATCHING, err=True)
    changes = watch(
        *folders,
        watch_filter=None,  # what is a material, the ingest decides
        debounce=DEBOUNCE_MS,
        step=QUIET_MS,
        rust_timeout=RETRY_MS,
        yield_on_timeout=True,
        raise_interrupt=False,
    )
    for changed in changes:
        if changed or is_owed:
            is_owed = not _brought_in(settings, said)


def _brought_in(settings: Settings, said: Mapping[str, Any]) -> bool:
    """False where the run did not come to its end and is to be tried again."""
    try:
        for line in perform(settings, "ingest", said):
            if "file" in line and line["fate"] not in {"unchanged", "held"}:
                typer.echo(wording.progress(line))
    except MadoguchiError as no:
        typer.echo(f"エラー: {no.reason if isinstance(no, BadInput) else wording.UNAVAILABLE}", err=True)
        return False
    return True
