"""A language model's stand-in for whoever asks for it."""

from collections.abc import Iterator

import pytest

from tests.twins.llm import LanguageModelTwin


@pytest.fixture
def twin() -> Iterator[LanguageModelTwin]:
    with LanguageModelTwin().running() as twin:
        yield twin
