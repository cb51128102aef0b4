"""How the stand-in may answer a chat completion."""

import json
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class Reply:
    """One answer. `text` goes out in pieces of `piece` characters."""

    text: str = ""
    piece: int = 12
    status: int = 200
    pause_s: float = 0.0
    """Before each piece."""
    waits_before: int | None = None
    """Before that piece it waits until the twin `goes_on`."""
    is_mute: bool = False
    """Takes the request and says nothing."""
    drips: bool = False
    """Keeps the line alive with comments and never says anything."""
    breaks_after: int | None = None
    """Cuts the line after so many pieces."""
    counts_tokens: bool = True
    ends_by: str = "stop"
    body: bytes | None = None
    """Sent instead of a stream: what a wrong address or a proxy would answer."""


def sentences(*said: tuple[str, list[str]]) -> str:
    """The model's JSON for sentences and the ids they cite."""
    return json.dumps({"sentences": [{"text": text, "sources": ids} for text, ids in said]}, ensure_ascii=False)


def question(text: str) -> str:
    """The model's JSON for a rewritten question."""
    return json.dumps({"question": text}, ensure_ascii=False)


def told(request: Json) -> Json:
    """The data that a request carries: the JSON of its user's message."""
    return dict(json.loads(request["messages"][-1]["content"]))


def honest(request: Json) -> Reply:
    """A model that copies: the sentences of the first source that share most with the question."""
    data = told(request)
    if "sources" not in data:
        return Reply(question(" ".join([*data["earlier"][-1:], data["question"]])))
    wanted = {data["question"][at : at + 2] for at in range(len(data["question"]) - 1)}
    lines = [
        (sum(pair in line for pair in wanted), f"{line}。", source["id"])
        for source in data["sources"]
        for line in source["text"].replace("\n", "。").split("。")
        if line.strip()
    ]
    best = sorted(lines, key=lambda found: -found[0])[:2]
    return Reply(sentences(*((line, [name]) for _, line, name in best)))
