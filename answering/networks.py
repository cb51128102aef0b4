"""Which models of the local networks (α, α', β, β') words name: what holds in one need not hold in another."""

import re

from knowledge.text import normalise

_MODEL = re.compile(r"(?:[αβ]|アルファ(?!ベット|ード)|ベータ)(?:'|ダッシュ)?(?!版|テスト)")
_WRITTEN = (("アルファ", "α"), ("ベータ", "β"), ("ダッシュ", "'"))


def models_in(words: str) -> frozenset[str]:
    """The models named, as α, α', β, β'."""
    return frozenset(_letters(model) for model in _MODEL.findall(normalise(words)))


def is_of_other_model(words: str, models: frozenset[str]) -> bool:
    """Whether words tell of other models than those that are asked about."""
    told = models_in(words)
    return bool(models) and bool(told) and not told & models


def _letters(model: str) -> str:
    for word, letter in _WRITTEN:
        model = model.replace(word, letter)
    return model
