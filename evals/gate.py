"""Whether the confidence knows when it does not know: for half the questions, what answers them is taken away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from answering.brief import Brief
from answering.quoting import quote
from evals.metrics import Decile, Flags, Floats, auroc, calibration_error, coverage_at, deciles, risk_coverage
from evals.suites import TODAY, Asked, Bench
from knowledge.calibration import Example, crossfitted, promised
from knowledge.gate import Promise
from knowledge.judging import Quoted

REFITTED = "our gate, refitted by cross-fitting"


@dataclass(frozen=True, slots=True)
class Judged:
    """A question with what the desk would quote, and the evidence for it."""

    id: str
    document: str
    removed: bool
    cited: tuple[str, ...]
    text: str
    is_right: bool
    features: Mapping[str, float]
    confidence: float
    cosine: float
    bm25: float


@dataclass(frozen=True, slots=True)
class Line:
    """A way of being confident, measured."""

    name: str
    auroc: float
    ece: float | None
    at_5: float
    at_10: float
    curve: tuple[Floats, Floats]
    """Coverage and error."""
    deciles: Sequence[Decile]
    """None where the score is no chance."""


def judged(bench: Bench, seed: int) -> list[Judged]:
    """Every question asked once. Right: the first cited passage is relevant, and was not taken away."""
    questions = bench.suite.questions
    taken = np.random.default_rng(seed).permutation(len(questions)) < len(questions) // 2
    return [_judged(bench, asked, removed=bool(flag)) for asked, flag in zip(questions, taken, strict=True)]


def _judged(bench: Bench, asked: Asked, *, removed: bool) -> Judged:
    found = bench.search(asked.question, hidden=asked.relevant if removed else frozenset())
    quotes = quote(Brief(asked.question, found.hits, TODAY)).quotes
    said = [Quoted(one.passage.context, one.text) for one in quotes]
    judgement = bench.knowledge.judge(asked.question, found, said)
    cited = tuple(dict.fromkeys(str(one.passage.id) for one in quotes))
    is_right = not removed and bool(cited) and cited[0] in asked.relevant
    text = "\n".join(one.text for one in quotes)
    first = found.hits[0] if found.hits else None
    return Judged(
        asked.id, bench.suite.document(asked), removed, cited, text, is_right, judgement.features,
        judgement.confidence, first.dense if first else 0.0, first.bm25 if first else 0.0,
    )  # fmt: skip


def refitted(results: Sequence[Judged]) -> Floats:
    """For each question the confidence of a gate that was fitted on the other documents."""
    return crossfitted([Example(one.document, one.features, one.is_right) for one in results])


def kept(results: Sequence[Judged], confidences: Floats, alpha: float, delta: float) -> Promise:
    """What the refitted gate can promise, by learn then test."""
    return promised(confidences, _right(results), alpha, delta)


def lines(results: Sequence[Judged], confidences: Floats) -> list[Line]:
    """Ours beside what others gate on."""
    right = _right(results)
    ways = {
        REFITTED: (confidences, True),
        "the shipped gate": (np.asarray([one.confidence for one in results]), True),
        "raw cosine": (np.asarray([one.cosine for one in results]), False),
        "raw BM25": (np.asarray([one.bm25 for one in results]), False),
    }
    return [_line(name, scores, right, is_chance=is_chance) for name, (scores, is_chance) in ways.items()]


def _line(name: str, scores: Floats, right: Flags, *, is_chance: bool) -> Line:
    among = deciles(scores, right) if is_chance else []
    ece = calibration_error(among) if among else None
    at_5, at_10 = (coverage_at(scores, right, error) for error in (0.05, 0.10))
    return Line(name, auroc(scores, right), ece, at_5, at_10, risk_coverage(scores, right), among)


def report(measured: Sequence[Line], results: Sequence[Judged], promises: Sequence[Promise]) -> str:
    """A Markdown table, how much could be answered at the best, and what can be promised."""
    errors = ["—" if one.ece is None else f"{one.ece:.3f}" for one in measured]
    rows = [
        f"| {one.name} | {one.auroc:.4f} | {error} | {one.at_5:.1f} | {one.at_10:.1f} |"
        for one, error in zip(measured, errors, strict=True)
    ]
    right = sum(one.is_right for one in results)
    return "\n".join(
        [
            "| | AUROC | ECE | coverage at ≤ 5 % error | at ≤ 10 % |",
            "|---|---|---|---|---|",
            *rows,
            "",
            f"{len(results)} questions, {sum(one.removed for one in results)} with their passages taken away; "
            f"{right} ({right / len(results):.1%}) right at the first citation, which bounds the coverage "
            f"at ≤ 5 % error to {100 * right / len(results) / 0.95:.1f}.",
            *map(_told, promises),
        ]
    )


def _told(promise: Promise) -> str:
    share = 100 * promise.answered / promise.labels
    return (
        f"Learn then test (delta {promise.delta}): error ≤ {promise.alpha:.0%} can be promised for {share:.1f} % "
        f"({promise.errors} errors in {promise.answered})."
    )


def told(one: Judged, confidence: float, threshold: float) -> dict[str, object]:
    """A line of the run file."""
    outcome = "answer" if one.cited and confidence >= threshold else "handoff"
    return {
        "id": one.id, "outcome": outcome, "confidence": float(confidence), "cited": one.cited,
        "removed": one.removed, "text": one.text,
    }  # fmt: skip


def figures(line: Line) -> dict[str, object]:
    """A line of the report as JSON."""
    return {"name": line.name, "auroc": line.auroc, "ece": line.ece, "at_5": line.at_5, "at_10": line.at_10}


def _right(results: Sequence[Judged]) -> Flags:
    return np.asarray([one.is_right for one in results])
