"""The claim check against the starter corpus: honest rewritings of its own sentences hold, tampered ones fall."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from answering.claims import Claim, Flaw, Holds, check
from answering.polarity import OPPOSITES, says
from consultation.passage import PassageId
from consultation.sentences import sentences_of
from ingest.chunking import chunks_from
from ingest.readers import read
from knowledge.years import year_mentions

CAUGHT_BAR, FALSE_ALARM_BAR = 0.99, 0.03
_NAMES = {True: "honest", False: "tampered"}
SHORTEST = 15  # characters: below, a sentence is a heading or a cell
_OTHER_BODY = {"市": "豊橋市", "町": "奥多摩町", "村": "東海村", "区": "港区", "県": "愛媛県"}
_OTHER_UNIT = {
    "人": "件",
    "件": "人",
    "時間": "分",
    "万円": "億円",
    "団体": "人",
    "回": "件",
    "%": "ポイント",
    "％": "倍",
}

_YEAR = r"(?:令和|平成)\d+年度?|20[012]\d年度?"
_NAME = r"(?<![一-龥])(?!都道府県)[一-龥]{1,3}[市町村区県](?![一-龥])"
_CONDITION = r"^[^、。]*(?:場合は?|場合に(?:は|限り)|除き|除いて|限り|以外は)、"

Change = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Case:
    kind: str
    honest: bool
    claim: Claim
    offered: dict[PassageId, str]


@dataclass(frozen=True, slots=True)
class Miss:
    case: Case
    verdict: str


def _sub(pattern: str, new: str | Callable[[re.Match[str]], str]) -> Change:
    return lambda sentence: re.sub(pattern, new, sentence, count=1)


def _era_to_western(match: re.Match[str]) -> str:
    return f"{int(match[1]) + 2018}年"


def _swapped(sentence: str) -> str:
    """Two different figures of one unit inside one clause change places."""
    return re.sub(
        r"(\d[\d,.]*)(時間|件|人|%|％|万円|分|団体)([^、。\n]*?)(?<![\d,.])(\d[\d,.]*)\2",
        r"\4\2\3\1\2",
        sentence,
        count=1,
    )


def _years_swapped(sentence: str) -> str:
    """Two years inside one clause change places; one year in both reckonings is left alone."""
    for match in re.finditer(rf"({_YEAR})([^、。／\n]*?)({_YEAR})", sentence):
        one, other = year_mentions(match[1]), year_mentions(match[3])
        if one and other and one[0].tokens != other[0].tokens:
            return f"{sentence[: match.start()]}{match[3]}{match[2]}{match[1]}{sentence[match.end() :]}"
    return sentence


def _turned(sentence: str) -> str:
    """The first word that has an opposite becomes it."""
    pairs = [pair for pair in OPPOSITES if says(sentence, *pair) and not says(sentence, *pair[::-1])]
    one, other = min(pairs, key=lambda pair: sentence.index(pair[0]), default=("", ""))
    return sentence.replace(one, other, 1)


def _other_bureau(match: re.Match[str]) -> str:
    return f"{'信越' if match[1] != '信越' else '東海'}総合通信局"


def _next(number: str) -> str:
    return number[:-1] + str((int(number[-1]) + 1) % 10)


HONEST: dict[str, Change] = {
    "politer": _sub(r"(?:した|しました)。$", lambda match: "しました。" if match[0] == "した。" else "した。"),
    "clause dropped": _sub(rf"^(?!{_CONDITION[1:]})[^、。]{{4,}}、(?=[^。]{{12,}})", ""),
    "digits without commas": _sub(r"(?<=\d),(?=\d{3})", ""),
    "western year": _sub(r"令和(\d+)年", _era_to_western),
}
TAMPERED: dict[str, Change] = {
    "number": _sub(r"(?<![\d.,])\d+(?:[.,]\d+)*(?=人|件|時間|%|％|万円|円|団体|日|回)", lambda match: _next(match[0])),
    "unit": _sub(r"(?<=\d)(?:人|件|時間|％|%|万円|団体|回)", lambda match: _OTHER_UNIT[match[0]]),
    "year": _sub(r"(?<=令和)\d+(?=年)|20[012]\d(?=年)", lambda match: _next(match[0])),
    "municipality": _sub(r"(?<![一-龥])[一-龥]{1,3}([市町村区県])(?![一-龥])", lambda match: _OTHER_BODY[match[1]]),
    "negated": _sub(r"(?:しました|します)。$", lambda match: "しませんでした。" if "た" in match[0] else "しません。"),
    "affirmed": _sub(r"(?:しません|しない)。$", "します。"),
    "swapped": _swapped,
    "direction": _sub(r"増|減", lambda match: "減" if match[0] == "増" else "増"),
    "years swapped": _years_swapped,
    "bodies swapped": _sub(rf"({_NAME})([^、。／\n一-龥][^、。／\n]*?)(?!\1)({_NAME})", r"\3\2\1"),
    "opposite": _turned,
    "condition dropped": _sub(rf"{_CONDITION}(?=[^。]{{6,}})", ""),
    "restriction dropped": _sub(r"のみ|に限り|だけ", ""),
    "sign": _sub(r"(?<![\d.,〜~/第（(-])(?=\d[\d,.]*(?:%|％|万円|時間))", "△"),
    "bureau": _sub(r"([一-龥]{2})総合通信局", _other_bureau),
    "product": _sub(r"(?<=[はがをに、])", "新製品オートマドグチで"),
}


def cases(folder: Path) -> Iterator[Case]:
    passages = [text for path in sorted(folder.rglob("*")) if path.is_file() for text in _texts(path)]
    offered = {PassageId(f"p{at}"): text for at, text in enumerate(passages)}
    ids = list(offered)
    for at, own in enumerate(ids):
        sentences = [item.strip() for item in sentences_of(offered[own]) if len(item.strip()) >= SHORTEST]
        foreign = ids[(at + len(ids) // 2) % len(ids)]
        pair = {own: offered[own], foreign: offered[foreign]}
        for sentence in sentences:
            yield Case("as it stands", True, Claim(sentence, (own,)), pair)
            if sentence not in offered[foreign]:
                yield Case("foreign citation", False, Claim(sentence, (foreign,)), pair)
            yield from _changed(sentence, own, pair)
        for one, two in pairwise(sentences):
            yield Case("two joined", True, Claim(one.rstrip("。") + "、" + two, (own,)), pair)


def _texts(path: Path) -> Iterator[str]:
    return (chunk.text for chunk in chunks_from(read(path)))


def _changed(sentence: str, own: PassageId, offered: dict[PassageId, str]) -> Iterator[Case]:
    for honest, changes in ((True, HONEST), (False, TAMPERED)):
        for kind, change in changes.items():
            if (changed := change(sentence)) != sentence:
                yield Case(kind, honest, Claim(changed, (own,)), offered)


def report(all_cases: Sequence[Case]) -> tuple[str, list[Miss]]:
    """Per kind how many, and how many were judged right; then the two shares against their bars."""
    total, right, misses = Counter[tuple[bool, str]](), Counter[tuple[bool, str]](), list[Miss]()
    for case in all_cases:
        verdict = check(case.claim, case.offered)
        key = case.honest, case.kind
        total[key] += 1
        if isinstance(verdict, Holds) == case.honest:
            right[key] += 1
        else:
            misses.append(Miss(case, "holds" if isinstance(verdict, Holds) else Flaw(verdict.flaw).value))
    lines = [
        f"{_NAMES[honest]:9}{kind:22}{right[honest, kind]:6} of {n:6} {right[honest, kind] / n:7.2%}"
        for (honest, kind), n in sorted(total.items())
    ]
    caught, false = _share(total, right, honest=False), 1 - _share(total, right, honest=True)
    lines.append(f"caught {caught:.2%} (bar {CAUGHT_BAR:.0%}), false alarms {false:.2%} (bar {FALSE_ALARM_BAR:.0%})")
    return "\n".join(lines), misses


def _share(total: Counter[tuple[bool, str]], right: Counter[tuple[bool, str]], *, honest: bool) -> float:
    return sum(n for key, n in right.items() if key[0] == honest) / sum(
        n for key, n in total.items() if key[0] == honest
    )
