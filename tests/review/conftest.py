"""One world per module; tests make their own accounts in it."""

from collections.abc import Iterator

import pytest

from tests.review.world import World, open_world


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with open_world(tmp_path_factory.mktemp("home")) as world:
        yield world
