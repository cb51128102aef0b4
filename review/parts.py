"""What the web is given by the composition root."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request

from desk.articles import ArticleDesk
from desk.desk import Desk
from desk.files import Files
from records.ledger import Ledger
from review.settings import ReviewSettings

Operation = Callable[[dict[str, object]], Iterator[dict[str, Any]]]
"""A command of the command line: JSON arguments in, lines out; the last is {"result": …}."""


@dataclass(frozen=True, slots=True)
class WebParts:
    """`index_state` gives a sentence while the index is not whole yet, `gate_state` while verdicts hold the gate back.

    `demo` says that demo accounts are seeded.
    """

    ledger: Ledger
    desk: Desk
    settings: ReviewSettings
    index_state: Callable[[], str | None]
    operations: Mapping[str, Operation]
    control_token: str
    demo: bool
    gate_state: Callable[[], str | None]
    articles: ArticleDesk
    files: Files


def parts_of(request: Request) -> WebParts:
    parts = request.app.state.parts
    assert isinstance(parts, WebParts)  # noqa: S101  # set by web_app
    return parts


Parts = Annotated[WebParts, Depends(parts_of)]
