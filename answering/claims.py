"""The claim check: a written sentence holds only if figures, years, names and polarity stand in what it cites."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from consultation.folding import folded
from consultation.passage import PassageId
from knowledge.years import YearMention, year_mentions

COVERED = 0.7
"""Share of the content's character pairs that the source must have: below it, the sentence adds something."""
_KANJI = "〇一二三四五六七八九"
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "億": 10**8, "兆": 10**12}
_UNITS = (
    r"円|%|パーセント|割|ポイント|倍|人日|人|名|件|団体|回|社|枚|自治体|市町村|個|か所|箇所|時間|分の|分|秒|日間|日|週間|"
    r"か月|ヶ月|カ月|月|年間|年度|年|歳|点|字|文字|ページ|章|号|条|項|台|世帯|校|時|区分|種類|つ"
)
_AMOUNT = re.compile(
    rf"(?P<number>\d+(?:\.\d+)?|[一二三四五六七八九十百千〇]+(?=[万億兆]*(?:{_UNITS})))(?P<scale>[百千万億兆]*)"
    rf"\s*(?P<unit>{_UNITS})?(?P<range>\s*[~〜–-]\s*(?=\d))?"
)
_YEAR_HEAD = re.compile(r"^[^\d元一二三四五六七八九十]*(?:\d+|元|[一二三四五六七八九十]+)\s*(?:年度|年)?")
_KANA_BODIES = (
    r"(?:あま|あわら|いすみ|いなべ|いわき|うきは|うるま|えびの|おおい|おいらせ|かほく|かすみがうら|かつらぎ|さいたま|さくら|さぬき|"
    r"すさみ|せたな|たつの|つがる|つくばみらい|つくば|つるぎ|ときがわ|にかほ|まんのう|みどり|みなかみ|みなべ|みやこ|みやま|みよし|"
    r"むかわ|むつ|えりも|いの)[市町]"
)
"""Bodies without a kanji: elsewhere a run of hiragana before 市 has particles in it."""
_BODY = re.compile(rf"{_KANA_BODIES}|[一-龥々ヶ]{{1,12}}?[市町村区県府都省庁]")
_BODY_ENDS = "市町村区県府都省庁"
_COMMON = re.compile(
    r"市区?町村|都道府県|市町|町村|各?府?省庁|[当本各全同他][市区町村県]|[一-龥]{2,3}[都府県](?=[一-龥]+[市区町村])"
)
_WORD = re.compile(r"[ァ-ヴー]{2,}|[a-z][a-z0-9]+|〔[^〕]*〕")
_MUST = re.compile(r"な(?:けれ|くて)は?ば?な(?:らない|りません|らず)|必ず")
_NEGATION = re.compile(
    r"(?<!少)(?<!危)ない|ません|なく|なし|無し|なかった|[せらわかれきじ]ず|不可|不要|不能|禁止|対象外|以外|未[一-龥]|非[一-龥]"
)
_DIRECTION = re.compile(
    r"増|減|上が|下が|上げ|下げ|上昇|低下|上回|下回|短縮|延長|拡大|縮小|以上|以下|未満|超|以前|以降|高|低"
)
_CLAUSE = re.compile(r"[、。\n！？!?／/]+(?!\d)")
_CONTENT = re.compile(r"[一-龥々ァ-ヴーa-z]{2,}")
_NONE: Mapping[PassageId, str] = MappingProxyType({})


class Flaw(StrEnum):
    """Why a sentence falls; the codes stand in the log."""

    NO_CITATION = "no_citation"
    UNKNOWN_CITATION = "unknown_citation"
    ELSEWHERE = "elsewhere"
    """Its figures or names stand in the passage, but of something else."""
    AMOUNT = "amount"
    YEAR = "year"
    NAME = "name"
    POLARITY = "polarity"
    UNCOVERED = "uncovered"


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence as a writer wrote it, with the passages it says it rests on."""

    text: str
    cited: tuple[PassageId, ...]


@dataclass(frozen=True, slots=True)
class Holds:
    pass


@dataclass(frozen=True, slots=True)
class Falls:
    flaw: Flaw


Verdict = Holds | Falls


def check(claim: Claim, offered: Mapping[PassageId, str], headings: Mapping[PassageId, str] = _NONE) -> Verdict:
    """Whether the claim stands in the texts it cites; `offered` are the passages the writer was given.

    The only body in the `headings` (title and headings) of what is cited may be named in any sentence of it.
    """
    flaw = next(_flaws(claim, offered, headings), None)
    return Holds() if flaw is None else Falls(flaw)


def _flaws(claim: Claim, offered: Mapping[PassageId, str], headings: Mapping[PassageId, str]) -> Iterator[Flaw]:
    if not claim.cited:
        yield Flaw.NO_CITATION
    if any(passage not in offered for passage in claim.cited):
        yield Flaw.UNKNOWN_CITATION
        return
    said, source = _plain(claim.text), _plain("\n".join(offered[passage] for passage in claim.cited))
    subject = _subject(_plain("\n".join(headings.get(passage, "") for passage in claim.cited)), source)
    said = _whole(subject).sub("", said) if subject else said
    if not _years(said) <= _years(source):
        yield Flaw.YEAR
    if not _amounts(said) <= _amounts(source):
        yield Flaw.AMOUNT
    if not _names_stand(said, source):
        yield Flaw.NAME
    nearest = [(clause, _nearest(clause, source)) for clause in _clauses(said)]
    if not all(any(_same_polarity(clause, other) for other in others) for clause, others in nearest):
        yield Flaw.POLARITY
    if not all(any(_stands_in(clause, other) for other in others) for clause, others in nearest):
        yield Flaw.ELSEWHERE
    if _uncovered(said, source):
        yield Flaw.UNCOVERED


def _subject(headings: str, source: str) -> str:
    """The one body that passages are about: no other stands in their headings or their text. Else ""."""
    named = set(_BODY.findall(_COMMON.sub("、", headings)))
    others = set(_BODY.findall(_COMMON.sub("、", source))) - named
    return next(iter(named)) if len(named) == 1 and not others else ""


def _plain(text: str) -> str:
    """In one form: no commas in figures, every year in the western reckoning."""
    return _with_years(re.sub(r"(?<=\d),(?=\d{3})", "", folded(text).lower()), _western)


def _western(mention: YearMention, written: str) -> str:
    year = next(token[1:] for token in mention.tokens if token.startswith("y"))
    return _YEAR_HEAD.sub(f"{year}年度" if "年度" in written else f"{year}年", written)


def _with_years(text: str, change: Callable[[YearMention, str], str]) -> str:
    """The text with every year changed."""
    pieces, at = [], 0
    for mention in year_mentions(text):
        start, end = mention.span
        if start >= at:
            pieces += [text[at:start], change(mention, text[start:end])]
            at = end
    return "".join((*pieces, text[at:]))


def _years(text: str) -> set[str]:
    return {token for mention in year_mentions(text) for token in mention.tokens}


def _amounts(text: str) -> set[tuple[Decimal, str]]:
    """Value and unit of every figure that is no year; in a range, the first has the unit of the second."""
    found: set[tuple[Decimal, str]] = set()
    waiting: list[Decimal] = []
    for match in _AMOUNT.finditer(_without_years(text)):
        value, unit = _measured(match)
        found |= {(value, unit), *((earlier, unit) for earlier in waiting)}
        waiting = [value] if match["range"] and not unit else []
    return found


def _measured(match: re.Match[str]) -> tuple[Decimal, str]:
    value, unit = _value(match["number"]), match["unit"] or ""
    for letter in match["scale"]:
        value *= _SCALES[letter]
    if unit == "割":
        return value * 10, "%"
    return value.normalize(), {"パーセント": "%", "名": "人", "ヶ月": "か月", "カ月": "か月", "箇所": "か所"}.get(
        unit, unit
    )


def _value(number: str) -> Decimal:
    if number[0].isdigit() and number[0] not in _KANJI:
        return Decimal(number)
    total, digits = 0, 0
    for letter in number:
        if letter in _KANJI:
            digits = digits * 10 + _KANJI.index(letter)
        else:
            total, digits = total + (digits or 1) * _SCALES[letter], 0
    return Decimal(total + digits)


def _without_years(text: str) -> str:
    return _with_years(text, lambda _, written: _YEAR_HEAD.sub(" ", written))


def _names_stand(said: str, source: str) -> bool:
    words = set(_WORD.findall(source))
    return set(_WORD.findall(said)) <= words and all(_body_stands(name, source) for name in _BODY.findall(said))


def _body_stands(name: str, source: str) -> bool:
    """津市 does not stand in 大津市: before the name there is no kanji but the end of another body."""
    return _whole(name).search(source) is not None


def _whole(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![一-龥々ヶ]){name}|(?<=[{_BODY_ENDS}]){name}")


def _nearest(clause: str, source: str) -> list[str]:
    """The clauses of the source that are most like this one."""
    ours = _pairs(clause)
    likeness = [(len(ours & pairs) / max(1, len(ours | pairs)), other) for other, pairs in _paired(source)]
    best = max((like for like, _ in likeness), default=0.0)
    return [other for like, other in likeness if like == best]


def _paired(source: str) -> list[tuple[str, set[str]]]:
    return [(other, _pairs(other)) for other in _clauses(source)]


def _same_polarity(clause: str, other: str) -> bool:
    """Negated as often, and with no direction that the other does not have."""
    return _negations(clause) == _negations(other) and set(_DIRECTION.findall(clause)) <= set(_DIRECTION.findall(other))


def _stands_in(clause: str, other: str) -> bool:
    """With no fact that the other has not, and its figures in the same order; swapped, they say something else."""
    figures = iter(_in_order(other))
    return _facts(clause) <= _facts(other) and all(figure in figures for figure in _in_order(clause))


def _in_order(clause: str) -> list[tuple[Decimal, str]]:
    return [_measured(match) for match in _AMOUNT.finditer(_without_years(clause))]


def _facts(clause: str) -> Counter[object]:
    """Figures, years and bodies, as often as they are said: a name said twice needs to stand twice."""
    years = [token for mention in year_mentions(clause) for token in mention.tokens]
    return Counter([*_amounts(clause), *years, *_BODY.findall(clause)])


def _clauses(text: str) -> list[str]:
    return [clause for clause in _CLAUSE.split(text) if clause.strip()]


def _negations(clause: str) -> int:
    return len(_NEGATION.findall(_MUST.sub("", clause)))


def _uncovered(said: str, source: str) -> bool:
    words = _AMOUNT.sub(" ", _without_years(said))
    ours = {pair for run in _CONTENT.findall(words) for pair in _pairs(run)}
    return len(ours & _pairs(source)) < COVERED * len(ours)


def _pairs(text: str) -> set[str]:
    letters = "".join(text.split())
    return {letters[at : at + 2] for at in range(len(letters) - 1)}
