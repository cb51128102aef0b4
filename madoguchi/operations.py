"""What commands do, on an open house: the same functions here and over the loopback door of a running desk.

Each takes JSON-like arguments, yields progress as dicts, and ends with {"result": …}.
"""

import time
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from consultation.article import is_path
from consultation.errors import BadInput
from consultation.inquiry import Asker, Channel, Inquiry, MessageKey, Place
from consultation.masking import mask
from consultation.municipality import municipality_code
from ingest.catalogue import kind
from ingest.sync import Wish
from madoguchi.demo import DEMO_BODY
from madoguchi.house import House
from records.ledger import Ledger
from records.rows import InquiryRow
from records.versions import Versions

Said = dict[str, object]
ASK_TIMEOUT_S = 60.0
LONGEST_QUESTION = 40_000


def ask(house: House, said: Mapping[str, object]) -> Iterator[Said]:
    """One question through the desk; arguments: question, municipality (code or empty: the demo body)."""
    started = time.monotonic()
    question = str(said["question"])
    if len(question) > LONGEST_QUESTION:
        raise BadInput(f"質問が長すぎます（上限は{LONGEST_QUESTION:,}文字です）。要点に分けてお尋ねください。")
    code = municipality_code(str(said["municipality"])) if said.get("municipality") else DEMO_BODY.code
    masked, conversation = mask(question), uuid.uuid4().hex
    entered = house.desk.accept(
        Inquiry(
            key=MessageKey(f"cli:{conversation}"),
            place=Place(Channel.CLI, "cli", code, conversation),
            municipality=code,
            asker=Asker("cli", "コマンドライン"),
            text=masked.text,
            masked=masked.kinds,
            received_at=datetime.now(UTC),
        )
    )
    row = house.desk.wait(entered.inquiry_id, ASK_TIMEOUT_S)
    if row.outcome is None:
        raise BadInput(f"時間内に回答できませんでした（受付番号: {entered.number}）。相談は記録されています。")
    yield {"result": _answered(row, entered.number, round((time.monotonic() - started) * 1000))}


def ingest(house: House, said: Mapping[str, object]) -> Iterator[Said]:
    """Bring files in; arguments: paths, kind, visible_to, stage. A line per file, then one per batch of vectors."""
    named = kind(str(said["kind"])) if said.get("kind") else None
    wish = Wish(named, _optional(said.get("visible_to")), hold=bool(said.get("stage")))
    paths = [Path(str(path)) for path in _list(said["paths"])]
    counts: dict[str, int] = {}
    for report in house.intake.bring_in(paths, wish):
        counts[report.fate.value] = counts.get(report.fate.value, 0) + 1
        yield {
            "file": report.path,
            "fate": report.fate.value,
            "passages": report.passages,
            "reason": report.reason,
            "remarks": list(report.remarks),
        }
    yield from followed(house, rebuild=False)
    yield {"result": counts}


def reindex(house: House, _said: Mapping[str, object]) -> Iterator[Said]:
    """Forget every vector and compute them anew from the log's database."""
    yield from followed(house, rebuild=True)
    state = house.knowledge.state()
    yield {"result": {"passages": state.passages, "vectors": state.vectors, "model": state.model}}


def versions(ledger: Ledger, said: Mapping[str, object]) -> Iterator[Said]:
    """The versions of the document read from a path, newest first; arguments: path."""
    found = ledger.read(lambda session: Versions(session).of(str(said["path"])))
    yield {"result": [{**asdict(one), "ingested_at": one.ingested_at.isoformat()} for one in found]}


def roll_back(house: House, said: Mapping[str, object]) -> Iterator[Said]:
    """Make an older version live again; arguments: path, to (a version's number, or empty: the one before)."""
    path, to = str(said["path"]), said.get("to")
    if is_path(path):
        raise BadInput("ナレッジは、Web窓口の「ナレッジ」で改訂するか取り下げてください。")
    number = house.ledger.write(lambda session: Versions(session).roll_back(path, int(str(to)) if to else None))
    yield from followed(house, rebuild=False)
    yield {"result": {"path": path, "version": number}}


def followed(house: House, *, rebuild: bool) -> Iterator[Said]:
    """Vectors follow the library; progress is told batch by batch from the thread that computes."""
    from queue import Queue
    from threading import Thread

    lines: Queue[Said | None] = Queue()
    failure: list[Exception] = []

    def work() -> None:
        follow = house.knowledge.rebuild if rebuild else house.knowledge.refresh
        try:
            follow(lambda state: lines.put({"vectors": state.vectors, "passages": state.passages}))
        except Exception as problem:  # noqa: BLE001 - raised below, where the caller is told of it
            failure.append(problem)
        finally:
            lines.put(None)

    thread = Thread(target=work, name="vectors")
    thread.start()
    while (line := lines.get()) is not None:
        yield line
    thread.join()
    if failure:
        raise failure[0]


def _answered(row: InquiryRow, number: str, took_ms: int) -> dict[str, Any]:
    return {
        "consultation": number,
        "outcome": row.outcome.value if row.outcome else None,
        "reason": row.reason.value if row.reason else None,
        "text": "\n".join((row.answer, *(f"・{choice}" for choice in row.choices))),
        "citations": [
            {
                "document": found.document,
                "locator": found.locator,
                "quote": found.quote,
                "score": round(found.score, 4),
                "is_reference": found.is_reference,
            }
            for found in row.citations
        ],
        "confidence": round(row.confidence, 4),
        "took_ms": took_ms,
    }


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _optional(value: object) -> str | None:
    return str(value) if value else None
