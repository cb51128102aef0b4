"""A measurement as a page of Markdown: what ran, the figures, and pictures beside it. Stands on `evaluate`."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

from consultation.calendar import tokyo_date
from evals import gate, plots, retrieval
from evals.speed import AtSize, Indexing, Measured
from evals.suites import Bench

BARS_MS = {"p50": 60.0, "p95": 120.0}  # that a question is held to
LETTERS = "Letters in the pictures: Noto Sans JP, SIL Open Font License 1.1, from the package `pylopdf-fonts-jp`."


@dataclass(frozen=True, slots=True)
class Run:
    """Under what a measurement ran."""

    command: str
    corpus: str
    model: str
    commit: str
    day: date
    cores: int


def run_of(command: str, corpus: str, model: str) -> Run:
    """A run of the code as it lies here, now."""
    return Run(command, corpus, model, _commit(), tokyo_date(datetime.now(UTC)), len(os.sched_getaffinity(0)))


def run_on(command: str, bench: Bench, folder: Path) -> Run:
    """A run over the suite of a folder."""
    suite = bench.suite
    known = sha256((folder / "passages.jsonl").read_bytes()).hexdigest()[:12]
    corpus = f"{suite.name}: {len(suite.passages)} passages (sha256 {known}), {len(suite.questions)} questions"
    return run_of(f"{command} {suite.name}", corpus, bench.knowledge.index.model)


def write_retrieval(folder: Path, run: Run, rows: retrieval.Rows, lines: Sequence[retrieval.Row]) -> Path:
    """The page; its pictures lie beside it."""
    picture = _picture(folder, run, "latency")
    plots.draw_latencies({name: [1000 * one.took_s for one in found] for name, found in rows.items()}, picture)
    told = {"How long a question took, each way of searching by itself": picture}
    return _page(folder, run, retrieval.report(lines), told)


def write_gate(folder: Path, run: Run, lines: Sequence[gate.Line], told: str) -> Path:
    """The page of what the gate's report told; its pictures lie beside it."""
    curves, bins = _picture(folder, run, "risk-coverage"), _picture(folder, run, "reliability")
    plots.draw_risk_coverage({line.name: line.curve for line in lines}, curves)
    plots.draw_reliability({line.name: line.deciles for line in lines if line.deciles}, bins)
    return _page(
        folder, run, told, {"Error over the share that is answered": curves, "Share right over confidence": bins}
    )


def write_speed(folder: Path, run: Run, measured: Sequence[Measured]) -> Path:
    """The page; its picture lies beside it, unless no size was measured."""
    sizes = [one for one in measured if isinstance(one, AtSize)]
    rows = [
        f"| {one.passages:,} | {one.p50_ms:.0f} / {one.p95_ms:.0f} | {one.memory_mb:.0f} | {one.took_s:.0f} "
        f"| {one.opened_s:.0f} |"
        for one in sizes
    ]
    body = "\n".join(
        [
            "| passages | p50 / p95 ms | MB above models and imports | put in, s | opened again, s |",
            "|---|---|---|---|---|",
            *rows,
            *(f"\n{one}" for one in measured if isinstance(one, Indexing)),
        ]
    )
    told = {}
    if sizes:
        picture = _picture(folder, run, "latency")
        figures = {"p50": [one.p50_ms for one in sizes], "p95": [one.p95_ms for one in sizes]}
        bars = {name: (values, BARS_MS[name]) for name, values in figures.items()}
        plots.draw_speed([one.passages for one in sizes], bars, picture)
        told["A question at sizes of the index, beside the bars"] = picture
    return _page(folder, run, body, told)


def _page(folder: Path, run: Run, body: str, pictures: Mapping[str, Path]) -> Path:
    name = _name(run)
    facts = {
        "command": f"`python -m evals {run.command}`", "commit": run.commit, "date": run.day.isoformat(),
        "model": run.model, "corpus": run.corpus, "cores": run.cores,
    }  # fmt: skip
    parts = [
        f"# {name}",
        "\n".join(f"- {what}: {fact}" for what, fact in facts.items()),
        body,
        *(f"![{told}]({path.name})" for told, path in pictures.items()),
        LETTERS,
    ]
    page = folder / f"{name}.md"
    page.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    return page


def _picture(folder: Path, run: Run, shows: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{_name(run)}-{shows}.svg"


def _name(run: Run) -> str:
    """The command and its suite, without options."""
    return "-".join(run.command.split(" --")[0].split())


def _commit() -> str:
    """The short hash; dirty when anything but docs differs from it, as reports themselves lie there."""
    told = _git("rev-parse", "--short", "HEAD")
    changed = told and _git("status", "--porcelain", "--", ":/", ":(top,exclude)docs")
    return f"{told}-dirty" if changed else told or "unknown"


def _git(*words: str) -> str:
    try:
        return subprocess.run(
            ["git", *words], cwd=Path(__file__).parent, capture_output=True, text=True, check=True
        ).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""
