"""Pages of a measurement: they hold the figures, their pictures lie beside them, and every letter can be drawn."""

import re
import warnings
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from evals import gate, reports, retrieval
from evals.metrics import Interval, deciles, risk_coverage
from evals.plots import draw_risk_coverage
from evals.speed import AtSize, Indexing

RUN = reports.run_of("retrieval few", "few: 3 passages", "a-model")
RIGHT = np.arange(600) % 3 > 0
SURE = np.where(RIGHT, 0.9, 0.1) + np.linspace(-0.1, 0.1, 600)


@pytest.fixture(autouse=True)
def _letters_that_are_missing_fail() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def pictures_of(page: Path) -> list[Path]:
    """The pictures that a page shows; each is whole, small, and free of what is no number."""
    pictures = [page.parent / name for name in re.findall(r"!\[.*?\]\((.*?)\)", page.read_text(encoding="utf-8"))]
    for picture in pictures:
        drawn = picture.read_text(encoding="utf-8")
        assert drawn.rstrip().endswith("</svg>")
        assert "nan" not in drawn.lower()
        assert "<text" not in drawn  # outlines only
        assert len(drawn) < 300_000
    return pictures


def test_a_page_of_the_retrieval_holds_its_figures(tmp_path: Path) -> None:
    found = [retrieval.Found(f"q{at}", ("p1",), (1.0,), 0.01 + at / 1_000) for at in range(50)]
    ahead = Interval(1.5, 0.5, 2.5)
    lines = [
        retrieval.Row("fusion", {"hit@1": Interval(94.25, 93, 95)}, None, 31.8, 50.4),
        retrieval.Row("LangChain + Chroma", {"hit@1": Interval(20.25, 19, 21)}, ahead, 8.9, 14.6),
    ]

    rows = {"fusion": found, "LangChain + Chroma": found}
    page = reports.write_retrieval(tmp_path / "new", RUN, rows, lines)

    told = page.read_text(encoding="utf-8")
    assert page.name == "retrieval-few.md"
    assert "| fusion | 94.25 [93.00, 95.00] | — | 31.8 / 50.4 |" in told
    assert "1.50 [0.50, 2.50]" in told
    for fact in ("a-model", "few: 3 passages", RUN.commit, RUN.day.isoformat(), "Open Font License"):
        assert fact in told
    assert [one.name for one in pictures_of(page)] == ["retrieval-few-latency.svg"]


def test_a_page_of_the_gate_shows_risk_and_reliability(tmp_path: Path) -> None:
    among = deciles(SURE, RIGHT)
    curve = risk_coverage(SURE, RIGHT)
    names = (gate.REFITTED, "the shipped gate", "raw cosine", "raw BM25")
    lines = [gate.Line(name, 0.97, 0.01, 41.3, 47.7, curve, [] if "raw" in name else among) for name in names]

    page = reports.write_gate(tmp_path, RUN, lines, "AUROC 0.9699")

    assert "AUROC 0.9699" in page.read_text(encoding="utf-8")
    assert [one.stem.split("few-")[1] for one in pictures_of(page)] == ["risk-coverage", "reliability"]


def test_a_page_of_the_speed_is_one_row_for_each_size(tmp_path: Path) -> None:
    measured = [Indexing(120, 347, 14.8, 62.6, 0.9989), AtSize(10_000, 35, 40, 231, 60, 1)]
    run = reports.run_of("speed --sizes 10000", "drawn", "a-model")

    page = reports.write_speed(tmp_path, run, measured)

    told = page.read_text(encoding="utf-8")
    assert page.name == "speed.md"
    assert "| 10,000 | 35 / 40 | 231 | 60 | 1 |" in told
    assert "4.23 times" in told
    assert [one.name for one in pictures_of(page)] == ["speed-latency.svg"]
    assert pictures_of(reports.write_speed(tmp_path, run, measured[:1])) == []


def test_the_same_numbers_give_the_same_picture(tmp_path: Path) -> None:
    for name in ("one", "other"):
        draw_risk_coverage({"raw BM25": risk_coverage(SURE, RIGHT)}, tmp_path / name)

    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()


def test_a_run_names_the_code_it_was() -> None:
    assert re.fullmatch(r"[0-9a-f]{7,40}(-dirty)?|unknown", RUN.commit)
    assert RUN.cores > 0
