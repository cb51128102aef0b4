"""Whether what is quoted holds the answer: the gold string in the first one, two, three quoted sentences."""

from collections.abc import Sequence
from dataclasses import dataclass

from answering.brief import Brief
from answering.quoting import MOST_QUOTES, quote
from consultation.folding import folded
from evals.suites import TODAY, Asked, Bench


@dataclass(frozen=True, slots=True)
class Extracted:
    """At how many quotes the answer stands among them; 0: in none."""

    id: str
    at: int


def extracted(bench: Bench) -> list[Extracted]:
    """Every question that has a gold answer."""
    return [Extracted(asked.id, _at(bench, asked)) for asked in bench.suite.questions if asked.answers]


def report(results: Sequence[Extracted]) -> str:
    shares = [sum(0 < one.at <= most for one in results) / len(results) for most in range(1, MOST_QUOTES + 1)]
    cells = ", ".join(f"{share:.1%} in {most}" for most, share in enumerate(shares, start=1))
    return f"{len(results)} questions: the answer stands {cells} quoted passages' words at the most"


def _at(bench: Bench, asked: Asked) -> int:
    quotes = quote(Brief(asked.question, bench.search(asked.question).hits, TODAY)).quotes
    wanted = [_plain(answer) for answer in asked.answers]
    said = ""
    for at, one in enumerate(quotes, start=1):
        said += _plain(one.text)
        if any(answer in said for answer in wanted):
            return at
    return 0


def _plain(text: str) -> str:
    return "".join(folded(text).lower().split())
