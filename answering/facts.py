"""What a text claims that can be held against another: years, figures and names, each in one form."""

import re
from collections.abc import Callable
from decimal import Decimal

from consultation.folding import folded
from knowledge.tokens import morphemes
from knowledge.years import YearMention, year_mentions

_KANJI = "〇一二三四五六七八九"
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "億": 10**8, "兆": 10**12}
_UNITS = (
    r"円|%|パーセント|割|ポイント|倍|人日|人|名|件|団体|回|社|枚|自治体|市町村|個|か所|箇所|時間|分の|分|秒|日間|日|週間|"
    r"か月|ヶ月|カ月|月|年間|年度|年|歳|点|字|文字|ページ|章|号|条|項|台|世帯|校|時|区分|種類|つ"
)
AMOUNT = re.compile(
    rf"(?P<sign>[△▲−]\s*)?"
    rf"(?P<number>\d+(?:\.\d+)?|[一二三四五六七八九十百千〇]+(?=[万億兆]*(?:{_UNITS})))(?P<scale>[百千万億兆]*)"
    rf"\s*(?P<unit>{_UNITS})?(?P<range>\s*[~〜–-]\s*(?=\d))?"
)
_YEAR_HEAD = re.compile(r"^[^\d元一二三四五六七八九十]*(?:\d+|元|[一二三四五六七八九十]+)\s*(?:年度|年)?")
_BODY = re.compile(r"[一-龥々ヶ]{1,12}?[市町村区県府都省庁]")
_KANA_BODY = re.compile(r"[ぁ-ん][市町村区]")
_BODY_ENDS = "市町村区県府都省庁"
_COMMON = re.compile(
    r"市区?町村|都道府県|市町|町村|各?府?省庁|[当本各全同他][市区町村県]|[一-龥]{2,3}[都府県](?=[一-龥]+[市区町村])"
)
_WORD = re.compile(r"[ァ-ヴー]{2,}|[a-z][a-z0-9]+|〔[^〕]*〕")


def plain(text: str) -> str:
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


def years(text: str) -> set[str]:
    return {token for mention in year_mentions(text) for token in mention.tokens}


def amounts(text: str) -> set[tuple[Decimal, str]]:
    """Value and unit of every figure that is no year; in a range, the first has the unit of the second."""
    found: set[tuple[Decimal, str]] = set()
    waiting: list[Decimal] = []
    for match in AMOUNT.finditer(without_years(text)):
        value, unit = _measured(match)
        found |= {(value, unit), *((earlier, unit) for earlier in waiting)}
        waiting = [value] if match["range"] and not unit else []
    return found


def _measured(match: re.Match[str]) -> tuple[Decimal, str]:
    value, unit = _value(match["number"]), match["unit"] or ""
    for letter in match["scale"]:
        value *= _SCALES[letter]
    if match["sign"]:
        value = -value
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


def without_years(text: str) -> str:
    return _with_years(text, lambda _, written: _YEAR_HEAD.sub(" ", written))


def in_order(clause: str) -> list[tuple[Decimal, str]]:
    """The figures with their units, as they come."""
    return [_measured(match) for match in AMOUNT.finditer(without_years(clause))]


def years_in_order(clause: str) -> list[str]:
    """The years as they come; a fiscal year is told apart."""
    return [" ".join(sorted(mention.tokens)) for mention in year_mentions(clause)]


def bodies(text: str) -> list[str]:
    """The bodies named, as they come; what all bodies are called is none."""
    return _bodies(_COMMON.sub("、", text))


def _bodies(text: str) -> list[str]:
    found = [(match.start(), match[0]) for match in _BODY.finditer(text)]
    if _KANA_BODY.search(text):  # elsewhere a run of hiragana before 市 has particles in it: the dictionary knows
        found += [
            (unit.begin(), unit.surface())
            for unit in morphemes(text)
            if unit.part_of_speech()[2] == "地名" and _KANA_BODY.search(unit.surface()[-2:])
        ]
    return [name for _, name in sorted(found)]


def names_stand(said: str, source: str) -> bool:
    """Whether each body, product and proper noun that is said stands in the source."""
    words = set(_WORD.findall(source))
    return (
        set(_WORD.findall(said)) <= words
        and all(body_stands(name, source) for name in _bodies(said))
        and all(name in source for name in _proper(said))
    )


def body_stands(name: str, source: str) -> bool:
    """津市 does not stand in 大津市: before the name there is no kanji but the end of another body."""
    return whole(name).search(source) is not None


def whole(name: str) -> re.Pattern[str]:
    """The name where it stands as a whole."""
    return re.compile(rf"(?<![一-龥々ヶ]){name}|(?<=[{_BODY_ENDS}]){name}")


def _proper(text: str) -> list[str]:
    """Names of places, firms and people, as the dictionary knows them; of one letter it knows too many."""
    units = morphemes(text)
    return [unit.surface() for unit in units if unit.part_of_speech()[1] == "固有名詞" and len(unit.surface()) > 1]
