"""A broken index is set aside and begun anew: all of it can be computed again from the log's database."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import structlog

from knowledge.lock import LOCK
from knowledge.vectors import embedded_client

if TYPE_CHECKING:
    from chromadb.api.client import Client

log = structlog.get_logger()

DATABASE = "chroma.sqlite3"


def sound_client(directory: Path, dimension: int) -> "Client":
    """Chroma over the directory. What cannot be read there is moved beside it first. Hold the directory's lock."""
    fault = _fault_of_file(directory / DATABASE)
    if fault is None:
        client = _opened(directory, dimension)
        if client is not None:
            return client
        fault = "Chroma"
    aside = _set_aside(directory)
    log.warning("index_set_aside", fault=fault, kept=str(aside))
    return embedded_client(directory)


def _fault_of_file(file: Path) -> str | None:
    """Asked of SQLite itself, before Chroma opens the file and remembers it."""
    if not file.exists():
        return "missing" if any(path.name != LOCK for path in file.parent.iterdir()) else None
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as database:
            (found,) = database.execute("PRAGMA quick_check(1)").fetchone()
            empty = not database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    except sqlite3.DatabaseError as error:
        return str(error)
    return "empty" if empty else None if found == "ok" else str(found)


def _opened(directory: Path, dimension: int) -> "Client | None":
    """None where a collection cannot be asked: broken files, or vectors of a dimension it does not claim."""
    client = None
    try:
        client = embedded_client(directory)
        for collection in client.list_collections():
            ids = collection.get(include=[])["ids"]
            if ids and (collection.metadata or {}).get("dimension") == dimension:
                collection.query(query_embeddings=np.ones((1, dimension), np.float32), n_results=1, include=[])
                collection.get(ids=ids[:1], include=["embeddings"])
    except Exception as problem:  # noqa: BLE001 - a border: what broken files make Chroma raise is nowhere listed
        log.info("index_unreadable", problem=str(problem))
        if client is not None:
            client.close()
        return None
    return client


def _set_aside(directory: Path) -> Path:
    aside = directory.with_name(f"{directory.name}.broken-{datetime.now(UTC):%Y%m%dT%H%M%S%f}")
    aside.mkdir()
    for path in list(directory.iterdir()):
        if path.name != LOCK:  # this process holds it
            path.rename(aside / path.name)
    return aside
