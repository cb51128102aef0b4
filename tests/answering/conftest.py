"""A language model's stand-in for whoever asks for it."""

from collections.abc import Iterator

import pytest

from answering.llm.opening import open_author
from answering.settings import WritingSettings
from tests.twins.llm import LanguageModelTwin


@pytest.fixture(scope="session")
def loaded_client() -> None:
    """The provider's client loads parts of itself with its first call: seconds on a busy machine, and no test's."""
    with LanguageModelTwin().running() as twin:
        author = open_author(WritingSettings(llm="openai:twin", llm_base_url=twin.url, llm_timeout_s=120))
        assert author is not None
        twin.says('{"question": "準備"}')
        author.rewrite("準備", [])


@pytest.fixture
def twin(loaded_client: None) -> Iterator[LanguageModelTwin]:
    with LanguageModelTwin().running() as twin:
        yield twin
