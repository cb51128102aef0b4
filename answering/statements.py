"""What a sentence gives figures of: its subject's words, and the figures by kind (a day, money, a count of bodies)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sudachipy import Morpheme, SplitMode

from answering.figures import MONTH_ALONE, UNIT, Figures, figures_in, plain_figures, without_figures, without_years
from consultation.folding import folded
from knowledge.tokens import LIGHT_WORDS, morphemes
from knowledge.years import year_mentions

_MONTH_AFTER = re.compile(r"\s*(?:\([^()]{1,10}\)|\))?\s*(?:1[0-2]|[1-9])月")  # 令和2年(2020年)7月
_ORDINAL = re.compile(rf"第\s*\d+|(?<=[一-龥ァ-ヴーa-z])\d+(?![\d年月日.,]|[千万億兆]*\s*{UNIT})")
_SECTION = re.compile(r"^\s*(?:第?\d+(?:[.-]\d+)*[章節部.)]?|[(〔]\d+[)〕])\s+")
_LISTING = frozenset({"の", "や", "と", "など", "及び", "または", "又は", "および", "並びに"})
_SIGNS = frozenset({"補助記号", "記号", "空白"})
_STOPS = frozenset({"、", "。", ","})
_EMPTY = frozenset({"其の他", "その他", "年", "月", "日", "年度", "令和", "平成"})


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
    cells = [plain_figures(cell) for cell in cells_of(sentence)]
    found = _row(cells, label) if cells else _clauses(plain_figures(sentence), label)
    return tuple(statement for statement in found if statement.figures)


def cells_of(sentence: str) -> list[str]:
    """The cells of a table's row, as materials are read into sentences; none of any other sentence."""
    cells = sentence.split("／")
    return cells if len(cells) > 1 and any(":" in folded(cell) for cell in cells) else []


def nouns_in(text: str) -> frozenset[str]:
    """The content words of a phrase, without figures and years."""
    return frozenset(_words([unit for unit in morphemes(without_years(folded(text).lower())) if _is_noun(unit)]))


def ordinals_in(text: str) -> frozenset[str]:
    """第1回, 視点2: numbers that name a thing and do not measure it."""
    named = _ORDINAL.findall(without_years(_SECTION.sub("", folded(text).lower())))
    return frozenset(re.sub(r"\D", "", name) for name in named)


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
    return next(reversed(list(_words([unit for unit in morphemes(without_years(label)) if _is_noun(unit)]))), "")


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
        is_dated = MONTH_ALONE.search(plain[start : end + 1]) or _MONTH_AFTER.match(plain[end:])
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
