"""The model's side of writing: claims as it writes them, none of them checked; any fault of a provider is one error."""

import json
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import structlog
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage
from langchain_core.runnables import Runnable, RunnableSequence
from langchain_core.utils.json import parse_json_markdown

from answering.claims import Claim
from answering.llm import prompt
from answering.llm.deadline import within
from answering.llm.usage import FREE, NOTHING_USED, Prices, Used
from answering.tracing import untraced
from consultation.errors import Unwritten
from consultation.passage import Passage, PassageId

log = structlog.get_logger()

LONGEST = 8_000  # characters of a whole reply: who writes more is out of control
MOST_CLAIMS = 8
REST_S = 30.0  # nobody waits again for so long for a model that is down
_DOWN = re.compile(r"timeout|http_(?:401|403|404|429|5\d\d)|\w*Connection")


@dataclass(frozen=True, slots=True)
class _Reply:
    """What can be read of the reply so far; the last one is whole and has the tokens."""

    content: Mapping[str, Any]
    is_whole: bool = False
    used: Used = NOTHING_USED


class Author:
    """Asks a chat model through LangChain. Its methods raise Unwritten for all that can go wrong."""

    def __init__(self, model: BaseChatModel, name: str, timeout_s: float, prices: Prices = FREE) -> None:
        self.name = name
        self.prices = prices
        self._model = model
        self._timeout_s = timeout_s
        self._rests_until = 0.0

    def write(self, question: str, passages: Sequence[Passage], on: date) -> Iterator[Claim | Used]:
        """The sentences, each as soon as it is whole, with the passages it is said to rest on; last the tokens."""
        ids = {f"S{at}": passage.id for at, passage in enumerate(passages, start=1)}
        messages = prompt.writing(question, list(zip(ids, passages, strict=True)), on)
        count = 0
        for reply in self._replies(messages, prompt.WRITING):
            written = _claims(reply, ids)
            yield from written[count:MOST_CLAIMS]
            count = max(count, len(written))
            if reply.is_whole:
                yield reply.used

    def rewrite(self, question: str, earlier: Sequence[str]) -> tuple[str, Used]:
        """The question as the model words it to stand alone."""
        *_, reply = self._replies(prompt.rewriting(question, earlier), prompt.REWRITING)
        text = reply.content.get("question")
        if not isinstance(text, str) or not text.strip():
            raise Unwritten("garbled")
        return " ".join(text.split()), reply.used

    def _replies(self, messages: list[BaseMessage], schema: dict[str, Any]) -> Iterator[_Reply]:
        if time.monotonic() < self._rests_until:
            raise Unwritten("resting")
        try:
            yield from self._streamed(messages, schema)
        except Unwritten:
            raise
        except Exception as error:  # noqa: BLE001  a provider's library: its errors are its own
            code = _code(error)
            if _DOWN.match(code):
                self._rests_until = time.monotonic() + REST_S
            # The message may repeat what was sent: only the kind is kept.
            log.warning("language_model_failed", model=self.name, error=type(error).__name__)
            raise Unwritten(code) from None

    def _streamed(self, messages: list[BaseMessage], schema: dict[str, Any]) -> Iterator[_Reply]:
        asking = _bound(self._model, schema)
        text, used = "", Used()
        with untraced():
            for chunk in within(self._timeout_s, lambda: asking.stream(messages)):
                text, used = text + chunk.text, used + _used(chunk)
                if len(text) > LONGEST:
                    raise Unwritten("too_long")
                if "{" in chunk.text:  # the sentence before is whole
                    yield _Reply(_so_far(text))
        yield _Reply(_whole(text), True, used)


def _bound(model: BaseChatModel, schema: dict[str, Any]) -> Runnable[Any, Any]:
    """The model, bound by LangChain to reply in the schema; without its parser, which hides text and tokens."""
    structured = model.with_structured_output(schema, method="json_schema")
    if not isinstance(structured, RunnableSequence):
        raise TypeError(f"no sequence of model and parser: {type(structured).__name__}")
    return structured.first


def _so_far(text: str) -> dict[str, Any]:
    """What a reply holds that is still being written."""
    try:
        content = parse_json_markdown(text)
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def _whole(text: str) -> dict[str, Any]:
    """The reply, which must be one complete JSON object; a cut one is none."""
    if not text.strip():
        raise Unwritten("empty")
    try:
        content = parse_json_markdown(text, parser=json.loads)
    except ValueError:
        raise Unwritten("garbled") from None
    if not isinstance(content, dict):
        raise Unwritten("garbled")
    return content


def _claims(reply: _Reply, ids: Mapping[str, PassageId]) -> list[Claim]:
    """The sentences that are complete; in a reply that still grows the last one may not be."""
    match reply.content.get("sentences"):
        case list() as sentences:
            complete = sentences if reply.is_whole else sentences[:-1]
            return [_claim(sentence, ids) for sentence in complete]
        case _ if reply.is_whole:
            raise Unwritten("garbled")
        case _:
            return []


def _claim(sentence: object, ids: Mapping[str, PassageId]) -> Claim:
    match sentence:
        case {"text": str() as text, "sources": list() as sources}:
            cited = dict.fromkeys(ids.get(str(name), PassageId(f"unknown: {name}"[:40])) for name in sources)
            return Claim(" ".join(text.split()), tuple(cited))
        case _:
            raise Unwritten("garbled")


def _used(chunk: Any) -> Used:
    counts = chunk.usage_metadata or {}
    return Used(counts.get("input_tokens", 0), counts.get("output_tokens", 0))


def _code(error: Exception) -> str:
    """Why, as the log keeps it: the provider's status where it has one."""
    status = getattr(error, "status_code", None) or getattr(error, "code", None)
    if "timeout" in type(error).__name__.lower():
        return "timeout"
    return f"http_{status}" if isinstance(status, int) else type(error).__name__
