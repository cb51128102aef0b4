"""Whether what would be quoted answers the question: the evidence of the search and of the words themselves."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from consultation.folding import folded
from knowledge.gate import Gate
from knowledge.retrieval import Retrieval
from knowledge.tokens import Analyser, morphemes
from knowledge.wanted import wanted

_TELLS_NOTHING = re.compile(r"書かれていません|記載なし|記載がありません|示されていません|わかりません|分かりません")


def tells_nothing(quote: str) -> bool:
    """Whether a quotation only tells that its source does not tell."""
    return _TELLS_NOTHING.search(quote) is not None


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words that would be quoted, and what stands over them."""

    head: str
    text: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """How sure the machine may be, and from where on it may answer."""

    features: Mapping[str, float]
    confidence: float
    threshold: float


NOTHING = Judgement({}, 0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Judge:
    """Asked once for each question, when it is known what would be quoted."""

    analyser: Analyser
    gate: Gate

    def __call__(self, question: str, found: Retrieval, quotes: Sequence[Quoted]) -> Judgement:
        """Without a quotation nothing is sure."""
        threshold = self.gate.threshold(dense=found.dense)
        if not quotes or not found.features:
            return Judgement(found.features, 0.0, threshold)
        measured = {**found.features, **self._said(question, found.words, quotes)}
        return Judgement(measured, self.gate.confidence(measured, dense=found.dense), threshold)

    def _said(self, question: str, words: Mapping[str, float], quotes: Sequence[Quoted]) -> dict[str, float]:
        text = "\n".join(one.text for one in quotes)
        heads = "\n".join(dict.fromkeys(one.head for one in quotes))
        said = frozenset(self.analyser.terms(f"{heads}\n{text}").words)
        first = frozenset(self.analyser.terms(f"{quotes[0].head}\n{quotes[0].text}").words)
        sought = wanted(question)
        asked = self._asked(question, words)
        return {
            "said": _share(words, said),
            "said_first": _share(words, first),
            "heaviest_unsaid": max((weight for word, weight in words.items() if word not in said), default=0.0)
            / (max(words.values(), default=0.0) or 1.0),
            "asked_unsaid": float(bool(asked) and asked not in said),
            "kind_unsaid": float(bool(sought) and not any(kind.search(folded(quotes[0].text)) for kind in sought)),
            "kind_asked": float(bool(sought)),
            "tells_nothing": float(tells_nothing(quotes[0].text)),
            "quotes": len(quotes) / 3,
        }

    def _asked(self, question: str, words: Mapping[str, float]) -> str:
        """The last noun of the question: most often what is asked for."""
        nouns = [
            unit.normalized_form().lower()
            for unit in morphemes(self.analyser.searched(question))
            if unit.part_of_speech()[0] == "名詞" and unit.part_of_speech()[1] != "数詞"
        ]
        return next((noun for noun in reversed(nouns) if noun in words), "")


def _share(words: Mapping[str, float], held: frozenset[str]) -> float:
    total = sum(words.values())
    return sum(weight for word, weight in words.items() if word in held) / total if total else 0.0
