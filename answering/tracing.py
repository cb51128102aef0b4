"""Nothing that passes through LangChain leaves the machine: its tracing stays off, whatever the environment says."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

# The first generation's switches make LangChain refuse to run when the second generation is off.
_OLD_SWITCHES = ("LANGCHAIN_TRACING", "LANGCHAIN_HANDLER")


@contextmanager
def untraced() -> Iterator[None]:
    """Runs LangChain without any tracer to LangSmith."""
    from langsmith import tracing_context

    for switch in _OLD_SWITCHES:
        os.environ.pop(switch, None)
    with tracing_context(enabled=False):
        yield
