"""The figures of a text by their kind: days, money, counts, durations; each in one form, however it is written."""

import re
from decimal import Decimal

from consultation.folding import folded
from knowledge.years import year_mentions

Figures = dict[str, frozenset[str]]
"""By kind (円, 回, 日付 …), the values in plain digits; a day as 7/31."""
DAY, MONTH, CLOCK = "日付", "月", "時刻"
_MONTH_DAY = re.compile(r"(?<!\d)(1[0-2]|0?[1-9])(?:月|/)([12]\d|3[01]|0?[1-9])(?:日|(?![\d/]))")
MONTH_ALONE = re.compile(r"(?<!\d)(1[0-2]|[1-9])月(?!間)")
UNIT = (
    r"(?:円|%|パーセント|割|倍|ポイント|人日|人|名|[か箇]?月間?|ヶ月間?|カ月間?|週間|営業日|日間?|時間|分(?!の)|秒|年間?|回|件|社|"
    r"枚|団体|自治体|市町村|グループ|区域|個|か所|箇所|つ|歳|点|字|ページ|台|校|本|[gmk]b)"
)
_NUMBER = r"(?:\d+(?:\.\d+)?[百千万億兆]+)*\d+(?:\.\d+)?[百千万億兆]*"  # 1億5000万
_AMOUNT = re.compile(rf"(?<![\d.])(?P<number>{_NUMBER})(?:\s*[~〜-]\s*(?P<upper>{_NUMBER}))?\s*(?P<unit>{UNIT})")
_PART = re.compile(r"(\d+(?:\.\d+)?)([百千万億兆]*)")
_COMPOUND = (  # 1時間30分 is one figure, and so is 1年6か月
    (re.compile(r"(\d+)時間(\d+)分"), 60, "分"),
    (re.compile(r"(\d+)年(?:と|間)?(\d+)[かヶカ箇]月"), 12, "か月"),
)
_CLOCK = re.compile(r"(?<!\d)(\d{1,2})時(?!間)(?:(\d{1,2})分|(半))?")
_FRACTION = re.compile(r"(\d+)分の(\d+)|(?<=率)([^\d。]{0,4})(\d)/(\d)(?!\d)")
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


def plain_figures(text: str) -> str:
    """Folded, without commas in figures."""
    return re.sub(r"(?<=\d),(?=\d{3})", "", folded(text).lower()).strip()


def without_figures(text: str) -> str:
    """A plain text without its days and amounts."""
    return _AMOUNT.sub(" ", _MONTH_DAY.sub(" ", text))


def figures_in(text: str) -> Figures:
    """The values of a text by their kind; years alone are none, they only say of when."""
    plain = without_years(text)
    plain, found = _shares(plain)
    days = {f"{int(month)}/{int(day)}" for month, day in _MONTH_DAY.findall(plain)}
    rest = _MONTH_DAY.sub(" ", plain)
    months = frozenset(MONTH_ALONE.findall(rest))
    if days:
        found[DAY] = set(days)
    elif months:
        found[MONTH] = set(months)
    rest = MONTH_ALONE.sub(" ", rest)
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
        wide = numbers[-1].removeprefix(numbers[-1].rstrip("百千万億兆"))  # 5~10万円
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


def without_years(text: str) -> str:
    """Without 令和2年 and (2020年), but with the months and days beside them."""
    pieces, at = [], 0
    for mention in year_mentions(text):
        start, end = mention.span
        if start >= at:
            head = re.match(r"\D*(?:\d+|[元一二三四五六七八九十]+)\s*(?:年度|年)?", text[start:end])
            pieces += [text[at:start], " ", text[start + (head.end() if head else 0) : end]]
            at = end
    return "".join((*pieces, text[at:]))
