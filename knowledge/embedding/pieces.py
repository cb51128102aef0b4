"""Texts to the numbers of the model's word pieces."""

import re
from collections.abc import Sequence

from tokenizers import Tokenizer
from tokenizers.models import Unigram

from knowledge.embedding.package import Vocabulary

_RUNS = re.compile(" {2,}")
SPACE = "▁"  # as the vocabulary writes a space


class Pieces:
    """Cuts texts as the model was taught to: letters mapped, spaces drawn together, the likeliest pieces chosen."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._letters = vocabulary.letters
        self._tokenizer = Tokenizer(Unigram(list(vocabulary.pieces), unk_id=vocabulary.unknown, byte_fallback=False))

    def of(self, texts: Sequence[str]) -> list[list[int]]:
        """The pieces of each text. A text that begins one has a space in front; one that goes on has none."""
        plain = [_RUNS.sub(" ", text.translate(self._letters)).replace(" ", SPACE) for text in texts]
        return [found.ids for found in self._tokenizer.encode_batch_fast(plain, add_special_tokens=False)]
