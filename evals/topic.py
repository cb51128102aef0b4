"""How often the topic that the words of a question give is the one it was labelled with."""

import csv
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from consultation.calendar import tokyo_date
from consultation.topic import Topic, topic_of
from madoguchi.demo import DEMO_BODY
from madoguchi.house import House

NONE = "none"
ROWS = ("all", "even", "odd")
"""The words were written on the rows with even numbers: only the odd ones say how good they are."""


@dataclass(frozen=True, slots=True)
class Asked:
    question: str
    topic: Topic
    documents: tuple[str, ...]
    """The files that the label names."""


Titles = Callable[[Asked], Sequence[str]]
Told = tuple[Topic, Topic | None]
"""The labelled topic and the given one."""


def asked_in(path: Path, rows: str = "all") -> Iterator[Asked]:
    """The rows of a tab-separated file that have a topic T01–T12."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            is_wanted = rows == "all" or int(row["id"][-1]) % 2 == ROWS.index(rows) - 1
            if is_wanted and row["topic"] in set(Topic):
                yield Asked(row["question"], Topic(row["topic"]), tuple((row.get("document") or "").split(" | ")))


def untitled(_: Asked) -> Sequence[str]:
    return ()


def labelled(catalogue: Path) -> Titles:
    """The titles of the documents that the label names: what a search that always finds them would give."""
    with catalogue.open(encoding="utf-8-sig", newline="") as rows:
        titles = {row["file"]: row["title"] for row in csv.DictReader(rows)}
    return lambda asked: [titles[document] for document in asked.documents if document in titles]


def found(house: House) -> Titles:
    """The titles of the documents that the house finds, nearest first."""
    today = tokyo_date(datetime.now(UTC))

    def titles(asked: Asked) -> Sequence[str]:
        hits = house.knowledge.search(asked.question, DEMO_BODY.code, today).hits
        return list(dict.fromkeys(hit.passage.title for hit in hits))

    return titles


def told(asked: Sequence[Asked], titles: Titles = untitled) -> list[Told]:
    return [(one.topic, topic_of(one.question, titles(one))) for one in asked]


def report(results: Sequence[Told]) -> str:
    """The table of labelled against given topics, the share that is right and the share without any."""
    given = Counter((topic, found or NONE) for topic, found in results)
    columns = [*Topic, NONE]
    lines = ["labelled" + "".join(f"{column:>5}" for column in columns) + "    right"]
    for topic in Topic:
        row = [given[topic, column] for column in columns]
        cells = "".join(f"{count or '.':>5}" for count in row)
        lines.append(f"{topic:8}{cells}{_share(given[topic, topic], sum(row))}  {topic.label}")
    right, none = sum(topic == found for topic, found in results), sum(found is None for _, found in results)
    lines.append(f"right {right} of {len(results)}:{_share(right, len(results))}; none:{_share(none, len(results))}")
    return "\n".join(lines)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:9.1%}" if whole else "        -"
