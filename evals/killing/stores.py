"""The desk's stores, copied at rest and opened beside it; and the library that a clean ingest makes of a folder."""

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from consultation.passage import Passage
from ingest.readers import read
from ingest.sync import Intake, Wish
from knowledge.embedding.embedder import Embedder
from knowledge.vectors import VectorStore, embedded_client
from madoguchi.house import INDEX
from records.corpus import LibraryCorpus
from records.ledger import Ledger
from records.library import Library
from records.migrate import migrate

DATABASE = "madoguchi.db"


@dataclass(frozen=True, slots=True)
class Stores:
    """What the log and the index hold."""

    ledger: Ledger
    vectors: VectorStore
    passages: Sequence[Passage]
    paths: Sequence[str]


@contextmanager
def copied(home: Path, embedder: Embedder) -> Iterator[Stores]:
    """The stores of a desk that writes nothing just now. The copies go with the block."""
    with TemporaryDirectory() as beside, ExitStack() as stack:
        folder = Path(beside)
        ledger = stack.enter_context(copied_log(home, folder))
        if (home / INDEX).is_dir():
            shutil.copytree(home / INDEX, folder / INDEX)
        client = embedded_client(folder / INDEX)
        stack.callback(client.close)
        yield Stores(ledger, VectorStore(client, embedder.name, embedder.dimension), *_held(ledger))


@contextmanager
def copied_log(home: Path, folder: Path) -> Iterator[Ledger]:
    """The log alone, which may be written meanwhile."""
    with (
        closing(sqlite3.connect(home / DATABASE, timeout=30)) as live,
        closing(sqlite3.connect(folder / DATABASE)) as copy,
    ):
        live.backup(copy)
    ledger = Ledger(f"sqlite:///{folder / DATABASE}")
    try:
        yield ledger
    finally:
        ledger.close()


def clean_ingest(materials: Path) -> tuple[Sequence[Passage], Sequence[str]]:
    """The live passages and paths of a log that has never seen anything else."""
    with TemporaryDirectory() as beside:
        ledger = Ledger(f"sqlite:///{Path(beside) / DATABASE}")
        try:
            migrate(ledger.engine)
            list(Intake(ledger, read).bring_in([materials], Wish()))
            LibraryCorpus(ledger).coming().publish()
            return _held(ledger)
        finally:
            ledger.close()


def _held(ledger: Ledger) -> tuple[Sequence[Passage], Sequence[str]]:
    return ledger.read(lambda session: (Library(session).live(), Library(session).paths("")))
