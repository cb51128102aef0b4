"""The extractive writer: the one to three sentences that answer best, quoted exactly. It never invents."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from answering.brief import Brief, Draft, Quote, Writer
from answering.networks import is_of_other_model, models_in
from consultation.folding import folded
from consultation.passage import Passage
from knowledge.retrieval import Hit
from knowledge.wanted import wanted

MOST_QUOTES = 3
LONGEST_QUOTE = 320
"""Characters: three quotes and their frame stay under 900, a length that is read in Slack."""
PASSAGES = 3  # beyond the third, a sentence rarely says what the first did not
NEAR_BEST = 0.8  # of the best sentence's score: what lies below rarely adds to the answer
SAME = 0.6  # share of common character pairs from which two sentences say the same
SHORT_LINE = 9  # characters: headings and labels, no sentences

NUMBER_BONUS, NAME_BONUS, PAST_MALUS = (
    0.15,
    0.15,
    0.1,
)  # small against the scores' range of [0, 1]: they decide between near ones
DEFINITION_BONUS = 0.5  # a definition opens the passage that explains the term
FORMULA_BONUS = 0.5  # who asks for a formula wants no advice on it
_NAMED = re.compile(
    r"[一-龥々ァ-ヴーぁ-ん]{1,6}?[市区町村県府都](?![民役長内外])|[ァ-ヴー]{3,}|[A-Za-z][A-Za-z0-9\-]{2,}"
)
_METADATA = re.compile(
    r"^[-・\s]*(?:番号|分野|自治体|都道府県|人口区分|年度|ネットワーク|時点|出典種別|出典|団体名)\s*[:：][^／|。]*$"
    r"|^[-・\s]*[^。:：]{1,8}[:：]\s*確認した資料に記載なし|[（(]記入[）)]"
)
_LEANS_BACK = re.compile(
    r"^(?:これ|それ|その|この|ここ|そこ|同(?:市|町|村|区|県|社|事業|団体|年度|様)|こう(?:し|い)|そう(?:し|い)|また|一方|なお|ただし|"
    r"さらに|しかし|そのため|このため|例えば|たとえば|特に|あわせて|併せて|加えて|つまり)"
)
_TURNS = re.compile(
    r"^(?:その後|しかし|ただし|ところが|もっとも|現在は|のちに|後に|最終的に|実際には|これに対し|このうち|例外)"
)
_PAST = re.compile(r"当初|最初の|旧版|改正前|変更前|延長前|以前は|かつて")
_DEFINES = re.compile(
    r"^(?P<term>[^、。?？\s]{2,24}?)(?:とは|って(?:何|なに|なん)|(?:は|が)(?:何(?:です|でしょう|ですか|の略)|なん))"
)
_ASKS_FORMULA = re.compile(
    r"計算式|公式(?=は|を|が|って|で|の|、|[?？]|$)|(?<![一-龥])式(?:は|を|が|って|で|の|、)"
    r"|(?:計算|試算|算出)の?(?:しかた|仕方|やり方|方法)|計算(?:すれ|する|し(?!て(?:い|も)))"
    r"|(?:効果|額|費用|時間|率|年数|単価|roi)(?:は|の)?(?:どう)?(?:出し|求め)方"
)
_FORMULA = re.compile(
    r"[計算公]式|(?<![一-龥])式(?:は|を|が|って|で|の|、)|(?:計算|試算|算出)の?(?:しかた|仕方|やり方|方法)|計算(?:すれ|する|し)|(?:出|求め)し?方"
)
_FORMULA = re.compile(r"(?P<of>[^\s。(（＝=]+)\s*(?:[(（][^)）]*[)）])?\s*[＝=][^。]*[÷×−+＋]")
_EXAMPLE = re.compile(r"\d\s*(?:円|枚|時間|分|件(?!当|あ))")


@dataclass(frozen=True, slots=True)
class _Candidate:
    hit: Hit
    index: int
    score: float

    @property
    def sentence(self) -> str:
        return self.hit.passage.sentences[self.index]


def quoting_writer() -> Writer:
    """The writer that needs no model and no key."""
    from langchain_core.runnables import RunnableLambda

    return RunnableLambda(quote, name="quoting")


def quote(brief: Brief) -> Draft:
    """The best sentence of the first passage, then others near it that say something else."""
    hits = _telling_first(brief)[:PASSAGES]
    candidates = sorted(_candidates(brief, hits), key=lambda candidate: -candidate.score)
    lead = next((candidate.hit for hit in hits for candidate in candidates if _leads(hit, hits, candidate)), None)
    first = next((candidate for candidate in candidates if candidate.hit is lead), None)
    if first is None:
        return Draft(())
    chosen = [first]
    for candidate in candidates:
        if candidate.score < NEAR_BEST * first.score:
            break
        within = [at for at, picked in enumerate(chosen) if _quoted(picked).text in _quoted(candidate).text]
        if within:
            chosen[within[0]] = candidate  # it brings the one before it along
            chosen = [picked for at, picked in enumerate(chosen) if at not in within[1:]]
        elif len(chosen) < MOST_QUOTES and _adds(candidate, chosen):
            chosen.append(candidate)
    return Draft(tuple(_quoted(candidate) for candidate in chosen))


def best_of_each(brief: Brief) -> tuple[Quote, ...]:
    """The best sentence of each passage, in the passages' order; none for one of mere particulars or a repetition."""
    chosen: list[_Candidate] = []
    for hit in brief.hits:
        best = max(_candidates(brief, (hit,)), key=lambda candidate: candidate.score, default=None)
        if best is not None and _adds(best, chosen):
            chosen.append(best)
    return tuple(_quoted(candidate) for candidate in chosen)


def _leads(hit: Hit, hits: tuple[Hit, ...], candidate: _Candidate) -> bool:
    """The first passage leads; where it is but a form or a list of particulars, the next of its document."""
    return candidate.hit is hit and hit.passage.document_id == hits[0].passage.document_id


def _telling_first(brief: Brief) -> tuple[Hit, ...]:
    """The passages of the kind asked for first: that explain the term of 「…とは」, or have a formula."""
    term = _term(brief)
    if term:
        return tuple(sorted(brief.hits, key=lambda hit: not _explains(hit, term)))
    if _ASKS_FORMULA.search(folded(brief.question).lower()):
        return tuple(sorted(brief.hits[: 2 * PASSAGES], key=lambda hit: -_formulas(hit, brief.question)))
    return brief.hits


def _formulas(hit: Hit, question: str) -> int:
    return max((_formula_in(sentence, question) for sentence in hit.passage.sentences), default=0)


def _formula_in(sentence: str, question: str) -> int:
    """2: of what is asked about, 1: a formula, 0: none; one with figures is an example of it."""
    formula = _FORMULA.search(sentence)
    if formula is None or _EXAMPLE.search(sentence):
        return 0
    return 1 + (folded(formula["of"]) in folded(question))


def _term(brief: Brief) -> str:
    asked = _DEFINES.search(folded(brief.question).strip())
    return asked["term"].lower() if asked else ""


def _explains(hit: Hit, term: str) -> bool:
    text, heading = folded(hit.passage.text).lower(), folded("".join(hit.passage.heading[-1:])).lower()
    return heading.strip() == term or re.match(rf"{re.escape(term)}(?:\(.{{0,30}}?\))?(?:は|とは|:)", text) is not None


def _candidates(brief: Brief, hits: tuple[Hit, ...]) -> Iterator[_Candidate]:
    question = folded(brief.question)
    amounts = wanted(question)
    named = set(_NAMED.findall(question))
    term, models, by_formula = _term(brief), models_in(question), _ASKS_FORMULA.search(question.lower()) is not None
    for hit in hits:
        explains = bool(term) and _explains(hit, term)
        for index, score in enumerate(hit.sentence_scores):
            sentence = hit.passage.sentences[index]
            if _METADATA.search(sentence) or (len(sentence.strip()) < SHORT_LINE and len(hit.passage.sentences) > 1):
                continue
            if is_of_other_model(sentence, models):
                continue
            bonus = NUMBER_BONUS * any(amount.search(folded(sentence)) for amount in amounts)
            bonus += NAME_BONUS * _share(named, folded(sentence + hit.passage.context))
            bonus += FORMULA_BONUS * (_formula_in(sentence, question) if by_formula else 0)
            bonus += DEFINITION_BONUS * (index == 0 and explains)
            bonus -= PAST_MALUS * (_PAST.search(sentence) is not None and _PAST.search(question) is None)
            yield _Candidate(hit, index, (score + hit.score) / 2 + bonus)


def _share(named: set[str], text: str) -> float:
    return sum(name in text for name in named) / len(named) if named else 0.0


def _adds(candidate: _Candidate, chosen: list[_Candidate]) -> bool:
    text = _quoted(candidate).text
    return not any(text in (other := _quoted(picked).text) or _likeness(text, other) >= SAME for picked in chosen)


def _likeness(one: str, other: str) -> float:
    ours, theirs = _pairs(one), _pairs(other)
    return len(ours & theirs) / max(1, min(len(ours), len(theirs)))


def _pairs(text: str) -> set[str]:
    letters = "".join(folded(text).split())
    return {letters[at : at + 2] for at in range(len(letters) - 1)}


def _quoted(candidate: _Candidate) -> Quote:
    return quote_at(candidate.hit.passage, candidate.index, candidate.score)


def nearest(words: str, passage: Passage) -> Quote:
    """The sentence of the passage that is most like `words`; its likeness is the score."""
    shares = [_shared(words, sentence) for sentence in passage.sentences]
    at = max(range(len(shares)), key=shares.__getitem__)
    return quote_at(passage, at, shares[at])


def _shared(words: str, sentence: str) -> float:
    """Dice's coefficient of the letter pairs."""
    ours, theirs = _pairs(words), _pairs(sentence)
    return 2 * len(ours & theirs) / max(1, len(ours) + len(theirs))


def quote_at(passage: Passage, at: int, score: float) -> Quote:
    """The sentence as it stands; with the one before it where it leans back, and with the one that turns it around."""
    leans_back = at > 0 and _LEANS_BACK.match(passage.sentences[at].strip()) is not None
    first = at - (leans_back and _is_line(passage, at - 1))
    last = at + (at + 1 < len(passage.sentences) and _TURNS.match(passage.sentences[at + 1].strip()) is not None)
    for start, end in ((first, last), (at, last), (at, at)):
        words = "".join(passage.sentences[start : end + 1]).strip()
        if words in passage.text and len(words) <= LONGEST_QUOTE:
            return Quote(passage, words, score)
    return Quote(passage, _shortened(passage.sentences[at].strip()), score)


def _is_line(passage: Passage, at: int) -> bool:
    return len(passage.sentences[at].strip()) >= SHORT_LINE


def _shortened(sentence: str) -> str:
    """A beginning of an over-long sentence (a table row, say), up to its last pause: still an exact quotation."""
    if len(sentence) <= LONGEST_QUOTE:
        return sentence
    head = sentence[:LONGEST_QUOTE]
    pause = max(head.rfind(mark) for mark in "、。／\n")
    return head[: pause + 1] if pause > LONGEST_QUOTE // 2 else head
