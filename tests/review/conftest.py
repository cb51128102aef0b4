"""One world per module; tests make their own accounts in it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.review.world import World, open_world


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Opened and closed in a thread: Playwright leaves an event loop in the main one, where DBOS refuses to work."""
    opening = open_world(tmp_path_factory.mktemp("home"))
    with ThreadPoolExecutor(1) as aside:
        yield aside.submit(opening.__enter__).result()
        aside.submit(opening.__exit__, None, None, None).result()
