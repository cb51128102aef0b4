"""Japanese text to search terms: Sudachi words in two lengths, character bigrams and years."""

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from sudachipy import Dictionary, Morpheme, SplitMode, Tokenizer

from knowledge.synonyms import Synonyms
from knowledge.text import normalise
from knowledge.years import year_mentions

DROPPED = frozenset({"助詞", "助動詞", "補助記号", "空白", "記号"})
LIGHT_WORDS = frozenset(
    "為る 居る 有る 成る 出来る 言う 遣る 御座る 下さる 頂く 来る 行く 置く 見る 貰う 呉れる 仕舞う "
    "事 こと 物 の 様 よう 為 時 所 訳 筈 ほう 御 其れ 此れ あれ 其の 此の".split()
)
# What a question is framed with, never what it is about.
FRAME_WORDS = frozenset(
    "何 何れ 何処 何時 誰 何方 如何 どう どの どれ どんな どのような どういう どれくらい 何故 幾ら 幾つ 位 "
    "教える 知る 聞く 伺う 欲しい 分かる 願う 良い 宜しい 説明".split()
)
ASKING = "何"
_RUN = re.compile(r"[^\W_]+")
_LONGEST_INPUT = 12_000  # characters; Sudachi refuses more than 49,149 bytes at once
_local = threading.local()  # a Sudachi tokenizer may be used by one thread at a time


@dataclass(frozen=True, slots=True)
class Terms:
    """The search terms of a text, with repetitions. Bigrams start with '#', years with '@'."""

    words: tuple[str, ...]
    bigrams: tuple[str, ...]
    years: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        return self.words + self.bigrams + self.years


def is_word(term: str) -> bool:
    return not term.startswith(("#", "@"))


class Analyser:
    """Reads text into search terms, the same way for passages and for questions."""

    def __init__(self, synonyms: Synonyms) -> None:
        self._synonyms = synonyms

    def searched(self, text: str) -> str:
        """The normalised text with synonyms contracted: what terms are taken from."""
        return self._synonyms.contract(normalise(text))

    def terms(self, text: str) -> Terms:
        """The terms of a passage."""
        searched = self.searched(text)
        years = tuple(f"@{token}" for mention in year_mentions(searched) for token in sorted(mention.tokens))
        return Terms(tuple(_words(searched)), tuple(_bigrams(searched)), years)

    def question_terms(self, text: str) -> Terms:
        """The terms of a question, without what frames it (「教えてください」, 「何時間」): no passage holds it."""
        terms = self.terms(text)
        words = tuple(word for word in terms.words if word not in FRAME_WORDS and not word.startswith(ASKING))
        return Terms(words, tuple(pair for pair in terms.bigrams if ASKING not in pair), terms.years)


def morphemes(text: str) -> Iterator[Morpheme]:
    """Sudachi's longest units of `text`, in order."""
    for start in range(0, len(text), _LONGEST_INPUT):
        yield from _tokenizer().tokenize(text[start : start + _LONGEST_INPUT])


def _words(text: str) -> Iterator[str]:
    for morpheme in morphemes(text):
        if not _is_content(morpheme):
            continue
        yield morpheme.normalized_form().lower()
        parts = morpheme.split(SplitMode.A, add_single=False)
        yield from (part.normalized_form().lower() for part in parts if _is_content(part))


def _is_content(morpheme: Morpheme) -> bool:
    return morpheme.part_of_speech()[0] not in DROPPED and morpheme.normalized_form() not in LIGHT_WORDS


def _bigrams(text: str) -> Iterator[str]:
    for run in _RUN.findall(text):
        yield from (f"#{run[i : i + 2]}" for i in range(len(run) - 1))


def _tokenizer() -> Tokenizer:
    if not hasattr(_local, "tokenizer"):
        _local.tokenizer = _dictionary().tokenizer(mode=SplitMode.C)
    tokenizer: Tokenizer = _local.tokenizer
    return tokenizer


@cache
def _dictionary() -> Dictionary:
    return Dictionary(dict="core")
