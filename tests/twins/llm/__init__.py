"""A stand-in for an OpenAI-compatible server of a language model, on loopback, with all its misbehaviours."""

from tests.twins.llm.replies import Reply
from tests.twins.llm.server import LanguageModelTwin

__all__ = ["LanguageModelTwin", "Reply"]
