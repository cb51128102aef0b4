"""How fast materials come in: read and cut in confined processes, made findable, and a run in which nothing changed."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from ingest.sync import Fate, Wish
from knowledge.embedding.nano import NanoEmbedder
from knowledge.snapshot import embedded_texts
from madoguchi.house import House, open_house
from madoguchi.settings import read_settings
from records.corpus import LibraryCorpus

T = TypeVar("T")


def measure(folder: Path, sample: int) -> Iterator[str]:
    """A line per figure: the files of `folder` through a house of its own, then `sample` passages by the bare model."""
    with _new_house() as house:
        fates, took_s = _timed(lambda: [report.fate for report in house.intake.bring_in([folder], Wish())])
        read = sum(fate is Fate.ADDED for fate in fates)
        _, shown_s = _timed(house.knowledge.refresh)
        passages = LibraryCorpus(house.ledger).live()
        yield f"read and cut: {read} files, {len(passages)} passages in {took_s:.1f} s ({read / took_s:.1f} files/s)"
        yield f"made findable, known vectors looked up: {shown_s:.1f} s ({len(passages) / shown_s:.0f} passages/s)"
        fates, took_s = _timed(lambda: [report.fate for report in house.intake.bring_in([folder], Wish())])
        unchanged = sum(fate is Fate.UNCHANGED for fate in fates)
        _, shown_s = _timed(house.knowledge.refresh)
        yield f"nothing changed: {unchanged} files in {took_s + shown_s:.2f} s"
    embedder = NanoEmbedder(read_settings().knowledge.embedding_threads)
    chosen = passages[:: max(1, len(passages) // sample)][:sample]
    texts = [text for passage in chosen for text in embedded_texts(passage)]
    _, took_s = _timed(lambda: embedder.passages(texts))
    yield (
        f"computed anew: {len(chosen)} passages with their {len(texts)} sentences in {took_s:.1f} s "
        f"({len(chosen) / took_s:.1f} passages/s, {len(texts) / took_s:.1f} vectors/s)"
    )


def _timed(deed: Callable[[], T]) -> tuple[T, float]:
    began = time.perf_counter()
    return deed(), time.perf_counter() - began


@contextmanager
def _new_house() -> Iterator[House]:
    with TemporaryDirectory(prefix="ingest-speed-") as home:
        os.environ["MADOGUCHI_HOME"] = home
        with open_house(read_settings()) as house:
            yield house
