"""What a consideration leaves for the log beside its outcome: how long it took, who wrote, what that cost."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from answering.llm.usage import Used
from answering.writing import Written
from consultation.errors import Unwritten

if TYPE_CHECKING:
    from answering.llm.author import Author


@dataclass(slots=True)
class Trail:
    """Filled while a question is considered."""

    took_ms: dict[str, int] = field(default_factory=dict)
    writer: dict[str, str] = field(default_factory=dict)
    usage: dict[str, float] = field(default_factory=dict)
    threshold: float | None = None
    """Of the gate, where it let the question through, or where it kept it back for want of certainty."""

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time a stage, whatever ends it; one that comes twice adds up."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self.took_ms[name] = self.took_ms.get(name, 0) + round((time.perf_counter() - began) * 1000)

    def failed(self, author: "Author", fault: Unwritten) -> None:
        """Note why the language model wrote nothing."""
        self.writer = {"writer": "quoting", "model_fault": f"{author.name}: {fault.code}"}

    def set_aside(self) -> None:
        """Note that what the model wrote does not tell what was asked, so that quotations answer."""
        self.writer = {"writer": "quoting", "model_fault": f"{self.writer['writer']}: amount_missing"}

    def wrote(self, author: "Author", written: Written) -> None:
        """Note what came of the model's answer."""
        self.writer = {"writer": author.name}
        self.spent(author, written.used)
        self.usage["sentences"] = len(written.said)
        self.usage |= {f"fallen_{flaw}": count for flaw, count in written.fallen.items()}

    def spent(self, author: "Author", used: Used) -> None:
        """Add the tokens of a call, and what they cost in yen."""
        more = {
            "input_tokens": used.input_tokens,
            "output_tokens": used.output_tokens,
            "cost_yen": author.prices.of(used),
        }
        self.usage |= {name: self.usage.get(name, 0) + count for name, count in more.items()}
