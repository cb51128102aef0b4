"""A payback with the asker's own figures, by the formula of the materials: computed, never looked up.

Only where every amount of the question is understood; one that is not, and nothing is computed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum, auto

from consultation.folding import folded

FORMULA = "回収年数 ＝ 初期費用 ÷ 年間純効果 の計算式"
"""What the passage with the formula is searched by."""
MONTHS = 12

_ASKS = re.compile(r"回収|元(?:が|は|を)?\s*(?:取|と)れ|(?:取り返|戻)[せりるれ]|ペイ|何年(?!度|に|から)")
_SEVERAL_YEARS = re.compile(r"(?<!\d)[2-9]\d?\s*[かヶカケ]?年(?:間|分|で|の|目)|合計|総額|累計|通算|のべ|延べ")
_NUMBER = r"(?P<number>\d[\d,]*(?:\.\d+)?)"
_AMOUNT = re.compile(
    rf"{_NUMBER}\s*(?:(?P<scale>億|千万|百万|万|千)?\s*(?P<yen>円)|(?P<bare>億|千万|百万|万)(?!人|件|枚|台|通|回|字|部)|(?P<hours>時間|h\b))"
    r"|(?P<none>無料|無償|(?<!\d)0円|ゼロ|かから(?:ない|ず|ん))"
)
_OTHER_FIGURE = re.compile(r"\d[\d,.]*\s*(?:人|件|枚|%|割|分(?!の))")
_SCALES = {None: 1, "千": 1_000, "万": 10_000, "百万": 1_000_000, "千万": 10_000_000, "億": 100_000_000}


class Part(Enum):
    """What an amount is in the formula."""

    INITIAL = auto()
    RUNNING = auto()
    EFFECT = auto()
    HOURS = auto()
    RATE = auto()


# The first that stands in an amount's words decides.
_PARTS: tuple[tuple[Part, str], ...] = (
    (Part.RATE, r"単価|時給|時間あたり|1時間|×$|かける"),
    (Part.INITIAL, r"初期|イニシャル|導入(?:費|に)|立ち上げ|立上げ|構築|最初|設定費|買う|購入|契約時"),
    (Part.RUNNING, r"運用|ランニング|利用料|使用料|保守|ライセンス|月額|維持|負担|経費|あとは|毎年|毎月|サブスク"),
    (Part.EFFECT, r"効果|浮[くいか]|減|残業代|人件費|手間|節約"),
)
_MONTHLY = re.compile(r"月額|毎月|月々|ひと月|(?<!\d)月(?:に|は|が|あたり)?$|^/月|^\(月|1[かヶカケ]月")


@dataclass(frozen=True, slots=True)
class Estimate:
    """Yen, and yen a year. `hours` and `rate` where the effect was told by them."""

    initial: Decimal
    running: Decimal
    effect: Decimal
    hours: Decimal | None = None
    rate: Decimal | None = None

    @property
    def net(self) -> Decimal:
        """The effect of a year that is left when the year is paid for."""
        return self.effect - self.running

    @property
    def years(self) -> Decimal | None:
        """To two places, as the materials' sheet rounds; None: it never pays back."""
        if self.net <= 0:
            return None
        return (self.initial / self.net).quantize(Decimal("0.01"), ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class _Amount:
    part: Part | None
    value: Decimal


def estimate_in(question: str) -> Estimate | None:
    """The payback that is asked for, where the question has all of its figures and nothing else."""
    text = folded(question).lower()
    if not _ASKS.search(text) or _OTHER_FIGURE.search(text) or _SEVERAL_YEARS.search(text):
        return None
    amounts = list(_amounts(text))
    parts = [amount.part for amount in amounts]
    if None in parts or len(set(parts)) < len(parts):
        return None
    value = {amount.part: amount.value for amount in amounts}
    hours, rate = value.get(Part.HOURS), value.get(Part.RATE)
    if (hours is None) != (rate is None) or (hours is None) == (Part.EFFECT not in value):
        return None
    if Part.INITIAL not in value or Part.RUNNING not in value:
        return None
    effect = value[Part.EFFECT] if hours is None or rate is None else hours * rate
    return Estimate(value[Part.INITIAL], value[Part.RUNNING], effect, hours, rate)


def _amounts(text: str) -> Iterator[_Amount]:
    found = list(_AMOUNT.finditer(text))
    for at, match in enumerate(found):
        before = text[found[at - 1].end() if at else 0 : match.start()]
        after = text[match.end() : found[at + 1].start() if at + 1 < len(found) else len(text)]
        near, behind = re.split(r"[、。\n]", before)[-1] or before, re.split(r"[、。\n]", after)[0]
        yield _amount(match, near, before, behind)


def _amount(match: re.Match[str], near: str, before: str, behind: str) -> _Amount:
    if match["none"]:
        return _Amount(_part(near) or _part(before), Decimal(0))
    value = Decimal(match["number"].replace(",", ""))
    times = MONTHS if _MONTHLY.search(near) or _MONTHLY.search(behind) else 1
    if match["hours"]:
        return _Amount(Part.HOURS, value * times)
    part = _part(near) or _part(behind) or _part(before)
    whole = value * _SCALES[match["scale"] or match["bare"]]
    return _Amount(part, whole * times if part in (Part.RUNNING, Part.EFFECT) else whole)


def _part(words: str) -> Part | None:
    return next((part for part, pattern in _PARTS if re.search(pattern, words.strip())), None)


def steps(estimate: Estimate) -> list[str]:
    """The computation in lines, as a council may read it."""
    lines = []
    if estimate.hours is not None and estimate.rate is not None:
        lines.append(f"年間効果額：{_plain(estimate.hours)}時間 × {_yen(estimate.rate)} ＝ {_yen(estimate.effect)}")
    lines.append(f"年間純効果：{_yen(estimate.effect)} − {_yen(estimate.running)} ＝ {_yen(estimate.net)}")
    if estimate.years is None:
        return [*lines, "回収年数：年間純効果が0以下のため、回収不可"]
    return [*lines, f"回収年数：{_yen(estimate.initial)} ÷ {_yen(estimate.net)} ＝ {_plain(estimate.years)}年"]


def _yen(amount: Decimal) -> str:
    sign = "−" if amount < 0 else ""
    return f"{sign}{abs(amount.quantize(Decimal(1), ROUND_HALF_UP)):,}円"


def _plain(number: Decimal) -> str:
    """Without zeros at the end."""
    return f"{number.normalize():,f}"


def tells_formula(sentence: str) -> bool:
    """Whether a sentence of the materials gives the formula of the payback."""
    return "回収年数" in sentence and "初期費用" in sentence and "純効果" in sentence and "÷" in sentence
