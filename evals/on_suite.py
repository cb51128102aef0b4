"""The commands over a suite: `retrieval`, `gate`, `extract`. They import late, so that `--help` is quick."""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING

from consultation.errors import BadInput

if TYPE_CHECKING:
    from evals.reports import Run
    from evals.retrieval import Way
    from evals.suites import Bench, Suite

ALPHAS, DELTA = (0.05, 0.10), 0.1
EXTRA = "pip install -e '.[evaluate]' (make evaluate does it)"


def add_commands(add: Callable[..., argparse.ArgumentParser]) -> None:
    for name, run, tells in (
        ("retrieval", run_retrieval, "what is found, beside each retriever alone and a plain pipeline"),
        ("gate", run_gate, "whether the confidence knows when it does not know"),
        ("extract", run_extract, "whether what is quoted holds the answer"),
    ):
        command = add(name, help=tells)
        command.add_argument("suite", type=Path, help="a folder with passages.jsonl and questions.jsonl")
        command.add_argument("--indexes", type=Path, default=Path("var/evals"), help="where vectors are kept")
        command.add_argument("--json", action="store_true")
        command.set_defaults(run=run)
        if name != "extract":
            command.add_argument("--run-out", type=Path, help="a line of JSON per question")
            add_report(command)
        if name == "gate":
            command.add_argument("--seed", type=int, default=1)


def add_report(command: argparse.ArgumentParser) -> None:
    command.add_argument("--report", type=Path, metavar="FOLDER", help="a page of Markdown with plots goes there")


def run_retrieval(asked: argparse.Namespace) -> None:
    from evals import retrieval

    can_report(asked)
    with bench_of(asked) as bench, peer_of(bench.suite, asked.indexes) as others:
        run = run_on("retrieval", bench, asked)
        rows = retrieval.found(bench, others)
        lines = retrieval.compared(bench, rows)
    if asked.run_out:
        _write(asked.run_out, ({"id": one.id, "ranked": one.ranked, "scores": one.scores} for one in rows["fusion"]))
    if run:
        from evals import reports

        reports.write_retrieval(asked.report, run, rows, lines)
    print(json.dumps([asdict(line) for line in lines]) if asked.json else retrieval.report(lines))


def run_gate(asked: argparse.Namespace) -> None:
    from evals import gate

    can_report(asked)
    with bench_of(asked) as bench:
        run = run_on("gate", bench, asked)
        results = gate.judged(bench, asked.seed)
    confidences = gate.refitted(results)
    lines = gate.lines(results, confidences)
    promises = [gate.kept(results, confidences, alpha, DELTA) for alpha in ALPHAS]
    told = gate.report(lines, results, promises)
    if asked.run_out:
        _write(asked.run_out, map(gate.told, results, confidences, repeat(promises[0].threshold)))
    if run:
        from evals import reports

        reports.write_gate(asked.report, run, lines, told)
    print(json.dumps(list(map(gate.figures, lines))) if asked.json else told)


def run_extract(asked: argparse.Namespace) -> None:
    from evals import extract

    with bench_of(asked) as bench:
        results = extract.extracted(bench)
    print(json.dumps([asdict(one) for one in results]) if asked.json else extract.report(results))


@contextmanager
def bench_of(asked: argparse.Namespace) -> "Iterator[Bench]":
    """The suite behind the knowledge of the settings. Ends with one line where it cannot be read."""
    from evals.suites import opened, read_suite
    from madoguchi.settings import read_settings

    try:
        suite = read_suite(asked.suite)
    except BadInput as no:
        sys.exit(no.reason)
    with opened(suite, read_settings().knowledge, asked.indexes) as bench:
        yield bench


@contextmanager
def peer_of(suite: "Suite", indexes: Path) -> "Iterator[Mapping[str, Way]]":
    """The plain pipeline over the same passages; nothing, and a line on stderr, where it is not installed."""
    with ExitStack() as stack:
        try:
            from evals.peer import NAME, EnglishMiniLm, opened_peer

            embeddings = EnglishMiniLm()
        except ModuleNotFoundError as lost:
            print(f"The row of LangChain + Chroma is left out: no {lost.name}. {EXTRA}", file=sys.stderr)
            yield {}
            return
        peer = stack.enter_context(opened_peer(suite.passages, indexes / f"{suite.name}.peer", embeddings))
        yield {NAME: peer.search}


def can_report(asked: argparse.Namespace) -> None:
    """Ends with one line, before anything is measured, where a report is wanted and plots cannot be drawn."""
    if asked.report:
        try:
            import evals.reports  # noqa: F401
        except ModuleNotFoundError as lost:
            sys.exit(f"A report needs {lost.name}: {EXTRA}")


def run_on(command: str, bench: "Bench", asked: argparse.Namespace) -> "Run | None":
    """Under what a measurement begins, where a report is wanted."""
    if not asked.report:
        return None
    from evals import reports

    return reports.run_on(command, bench, asked.suite)


def _write(path: Path, rows: Iterable[Mapping[str, object]]) -> None:
    path.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), encoding="utf-8")
