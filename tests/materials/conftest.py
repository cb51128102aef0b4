"""The corpus as it is committed."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from materials.build.corpus import sources_in
from materials.build.source import Source

MATERIALS = Path(__file__).parents[2] / "materials"


@pytest.fixture(scope="session")
def sources() -> Sequence[Source]:
    return sources_in(MATERIALS / "sources")


@pytest.fixture(scope="session")
def cards(sources: Sequence[Source]) -> Sequence[Source]:
    return [source for source in sources if "card" in source.meta]
