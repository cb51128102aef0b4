"""What a sentence gives figures of: its subject's words, and the figures by kind (a day, money, a count of bodies)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from sudachipy import Morpheme, SplitMode

from consultation.folding import folded
from knowledge.tokens import LIGHT_WORDS, morphemes
from knowledge.years import year_mentions

Figures = dict[str, frozenset[str]]
"""By kind (円, 回, 日付 …), the values in plain digits; a day as 7/31."""
DAY, MONTH = "日付", "月"
_MONTH_DAY = re.compile(r"(?<!\d)(1[0-2]|0?[1-9])(?:月|/)([12]\d|3[01]|0?[1-9])(?:日|(?![\d/]))")
_MONTH = re.compile(r"(?<!\d)(1[0-2]|[1-9])月(?!間)")
_MONTH_AFTER = re.compile(r"\s*(?:\([^()]{1,10}\)|\))?\s*(?:1[0-2]|[1-9])月")  # 令和2年(2020年)7月
_UNIT = (
    r"(?:円|%|パーセント|割|倍|ポイント|人日|人|名|[か箇]?月間?|ヶ月間?|カ月間?|週間|営業日|日間?|時間|分(?!の)|秒|年間?|回|件|社|"
    r"枚|団体|自治体|市町村|グループ|区域|個|か所|箇所|つ|歳|点|字|ページ|台|校|本|[gmk]b)"
)
_NUMBER = r"(?:\d+(?:\.\d+)?[百千万億兆]+)*\d+(?:\.\d+)?[百千万億兆]*"  # 1億5000万
_AMOUNT = re.compile(rf"(?<![\d.])(?P<number>{_NUMBER})(?:\s*[~〜-]\s*(?P<upper>{_NUMBER}))?\s*(?P<unit>{_UNIT})")
_PART = re.compile(r"(\d+(?:\.\d+)?)([百千万億兆]*)")
_COMPOUND = (  # 1時間30分 is one figure, and so is 1年6か月
    (re.compile(r"(\d+)時間(\d+)分"), 60, "分"),
    (re.compile(r"(\d+)年(?:と|間)?(\d+)[かヶカ箇]月"), 12, "か月"),
)
_CLOCK = re.compile(r"(?<!\d)(\d{1,2})時(?!間)(?:(\d{1,2})分|(半))?")
_FRACTION = re.compile(r"(\d+)分の(\d+)|(?<=率)([^\d。]{0,4})(\d)/(\d)(?!\d)")
_ORDINAL = re.compile(rf"第\s*\d+|(?<=[一-龥ァ-ヴーa-z])\d+(?![\d年月日.,]|[千万億兆]*\s*{_UNIT})")
_SECTION = re.compile(r"^\s*(?:第?\d+(?:[.-]\d+)*[章節部.)]?|[(〔]\d+[)〕])\s+")
_LISTING = frozenset({"の", "や", "と", "など", "及び", "または", "又は", "および", "並びに"})
_SIGNS = frozenset({"補助記号", "記号", "空白"})
_STOPS = frozenset({"、", "。", ","})
_EMPTY = frozenset({"其の他", "その他", "年", "月", "日", "年度", "令和", "平成"})
_SCALES = {"百": 100, "千": 10**3, "万": 10**4, "億": 10**8, "兆": 10**12}
_UNITS = {
    "名": "人",
    "パーセント": "%",
    "自治体": "団体",
    "箇所": "か所",
    "カ月": "か月",
    "ヶ月": "か月",
    "箇月": "か月",
}
_LARGER = {"割": ("%", 10), "時": ("分", 60), "週": ("日", 7), "年": ("か月", 12)}  # told in the smaller one
CLOCK = "時刻"


@dataclass(frozen=True, slots=True)
class Statement:
    """Figures of one subject. `head` is the subject's last word; in a table's row any of its words may be."""

    head: str
    words: frozenset[str]
    ordinals: frozenset[str]
    years: frozenset[str]
    figures: Figures
    is_row: bool = False


def statements_in(sentence: str, heading: str) -> tuple[Statement, ...]:
    """The statements of a sentence or a table's row; figures without a subject of their own are the heading's."""
    label = _SECTION.sub("", folded(heading).lower())
    cells = [plain_figures(cell) for cell in sentence.split("／")]
    is_row = len(cells) > 1 and any(":" in cell for cell in cells)
    found = _row(cells, label) if is_row else _clauses(plain_figures(sentence), label)
    return tuple(statement for statement in found if statement.figures)


def plain_figures(text: str) -> str:
    """Folded, without commas in figures."""
    return re.sub(r"(?<=\d),(?=\d{3})", "", folded(text).lower()).strip()


def without_figures(text: str) -> str:
    """A plain text without its days and amounts."""
    return _AMOUNT.sub(" ", _MONTH_DAY.sub(" ", text))


def nouns_in(text: str) -> frozenset[str]:
    """The content words of a phrase, without figures and years."""
    return frozenset(_words([unit for unit in morphemes(_without_years(folded(text).lower())) if _is_noun(unit)]))


def ordinals_in(text: str) -> frozenset[str]:
    """第1回, 視点2: numbers that name a thing and do not measure it."""
    named = _ORDINAL.findall(_without_years(_SECTION.sub("", folded(text).lower())))
    return frozenset(re.sub(r"\D", "", name) for name in named)


def figures_in(text: str) -> Figures:
    """The values of a text by their kind; years alone are none, they only say of when."""
    plain = _without_years(text)
    plain, found = _shares(plain)
    days = {f"{int(month)}/{int(day)}" for month, day in _MONTH_DAY.findall(plain)}
    rest = _MONTH_DAY.sub(" ", plain)
    months = frozenset(_MONTH.findall(rest))
    if days:
        found[DAY] = set(days)
    elif months:
        found[MONTH] = set(months)
    rest = _MONTH.sub(" ", rest)
    for pattern, times, kind in _COMPOUND:
        for match in pattern.finditer(rest):
            found.setdefault(kind, set()).add(str(int(match[1]) * times + int(match[2])))
        rest = pattern.sub(" ", rest)
    for match in _CLOCK.finditer(rest):
        minutes = 30 if match[3] else int(match[2] or 0)
        found.setdefault(CLOCK, set()).add(f"{int(match[1])}:{minutes:02}")
    for match in _AMOUNT.finditer(_CLOCK.sub(" ", rest)):
        unit = _UNITS.get(match["unit"].removesuffix("間"), match["unit"].removesuffix("間"))
        kind, times = _LARGER.get(unit, (unit, 1))
        numbers = [match["number"], *([match["upper"]] if match["upper"] else [])]
        wide = "".join(re.findall(r"[百千万億兆]+$", numbers[-1])) if len(numbers) > 1 else ""
        values = {_value(number if number[-1] in _SCALES else number + wide) * times for number in numbers}
        found.setdefault(kind, set()).update(format(value.normalize(), "f") for value in values)
    return {kind: frozenset(values) for kind, values in found.items()}


def _shares(plain: str) -> tuple[str, dict[str, set[str]]]:
    """2分の1, and 1/2 after 率, as per cents; the text without them."""
    found: dict[str, set[str]] = {}
    for match in _FRACTION.finditer(plain):
        of, part = (match[1], match[2]) if match[1] else (match[5], match[4])
        if int(of):
            found.setdefault("%", set()).add(
                format((Decimal(part) * 100 / Decimal(of)).quantize(Decimal("0.1")).normalize(), "f")
            )
    return _FRACTION.sub(lambda match: match[3] or " ", plain), found


def _value(number: str) -> Decimal:
    """50万 and 500000 are one, and so are 1億5000万 and 1.5億."""
    total = Decimal(0)
    for digits, scales in _PART.findall(number):
        value = Decimal(digits)
        for letter in scales:
            value *= _SCALES[letter]
        total += value
    return total


def _clauses(plain: str, label: str) -> Iterator[Statement]:
    """Figures by the subject before them; what the sentence says before of where and when belongs to each subject."""
    years = _years(plain)
    phrases = [phrase for phrase in _phrases(plain) if phrase.nouns]
    subjects = [phrase for phrase in phrases if phrase.is_subject and figures_in(plain[phrase.end :])]
    if not subjects:
        words = nouns_in(label) | nouns_in(without_figures(plain))
        yield Statement(_head(label), words, ordinals_in(plain), years, figures_in(plain))
        return
    ends = [*(phrase.start for phrase in subjects[1:]), len(plain)]
    for phrase, until in zip(subjects, ends, strict=True):
        scope = [noun for before in phrases if before.start <= phrase.start for noun in _words(before.nouns)]
        numbers = ordinals_in(plain[: phrase.end])
        yield Statement(
            scope[-1] if scope else "", frozenset(scope), numbers, years, figures_in(plain[phrase.end : until])
        )


def _head(label: str) -> str:
    return next(reversed(list(_words([unit for unit in morphemes(_without_years(label)) if _is_noun(unit)]))), "")


def _row(cells: list[str], label: str) -> Iterator[Statement]:
    """Each cell with figures is told of the heading, the row's first cell and its column."""
    pairs = [tuple(cell.partition(":")[::2]) for cell in cells]
    name = pairs[0][1] or pairs[0][0]
    years = _years(" ".join(cells))
    for column, value in pairs[1:]:
        words = nouns_in(f"{label} {name} {column}")
        yield Statement("", words, ordinals_in(f"{name} {column}"), years, figures_in(value), is_row=True)


def _years(plain: str) -> frozenset[str]:
    """The years that stand alone: one that is part of a day is told by the day."""
    alone, dated = set[str](), set[str]()
    for mention in year_mentions(plain):
        start, end = mention.span
        year = {token for token in mention.tokens if token.startswith("y")}
        is_dated = _MONTH.search(plain[start : end + 1]) or _MONTH_AFTER.match(plain[end:])
        (dated if is_dated else alone).update(year)
    return frozenset(alone - dated)


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A noun phrase that a particle marks: the subject of what follows (は, が), or where and when it is so (では)."""

    nouns: list[Morpheme]
    start: int
    end: int
    is_subject: bool


def _phrases(plain: str) -> Iterator[_Phrase]:
    nouns: list[Morpheme] = []
    units = list(morphemes(plain))
    for at, unit in enumerate(units):
        surface, pos = unit.surface(), unit.part_of_speech()
        after = units[at + 1].surface() if at + 1 < len(units) else ""
        if _is_noun(unit) or pos[1] == "数詞":
            nouns.append(unit)
        elif surface in _LISTING or (pos[0] in _SIGNS and surface not in _STOPS) or _is_in_brackets(plain, unit):
            continue
        elif surface in _STOPS and surface == "、" and at and _is_noun(units[at - 1]):
            continue  # 工事、製造の請負
        else:
            is_topic = after in {"は", "も"} and surface in {"で", "に", "から", "まで"}
            if nouns and pos[0] == "助詞" and (surface in {"は", "が", "も"} or is_topic):
                kept = [noun for noun in nouns if _is_noun(noun)]
                yield _Phrase(kept, nouns[0].begin(), unit.end(), is_subject=not is_topic)
            nouns = []


def _is_in_brackets(plain: str, unit: Morpheme) -> bool:
    before = plain[: unit.begin()]
    return before.count("(") > before.count(")")


def _is_noun(unit: Morpheme) -> bool:
    pos = unit.part_of_speech()
    return pos[0] in {"名詞", "接頭辞", "接尾辞", "形状詞", "代名詞"} and pos[1] != "数詞"


def _words(nouns: list[Morpheme]) -> Iterator[str]:
    for unit in nouns:
        for part in unit.split(SplitMode.A, add_single=True):
            form = part.normalized_form().lower()
            if _is_noun(part) and form not in LIGHT_WORDS and form not in _EMPTY:
                yield form


def _without_years(text: str) -> str:
    """Without 令和2年 and (2020年), but with the months and days beside them."""
    pieces, at = [], 0
    for mention in year_mentions(text):
        start, end = mention.span
        if start >= at:
            head = re.match(r"\D*(?:\d+|[元一二三四五六七八九十]+)\s*(?:年度|年)?", text[start:end])
            pieces += [text[at:start], " ", text[start + (head.end() if head else 0) : end]]
            at = end
    return "".join((*pieces, text[at:]))
