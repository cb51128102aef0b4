"""The kind of thing that a question asks for, and how a sentence that has it looks."""

import re

from consultation.folding import folded

_FIGURE = r"[0-9０-９〇一二三四五六七八九十百千万]+(?:[.,．，][0-9０-９]+)*(?:[〜~～–-][0-9０-９.,]+)?"
# Words that ask for it, and a figure with its unit: a year alone is no amount.
_KINDS = tuple(
    (re.compile(asked), re.compile(rf"{_FIGURE}\s*(?:{units})"))
    for asked, units in (
        (r"何時間|何分|何日|時間|短[くか縮]|期間|速く|早く", r"時間|分(?!の)|秒|日間|か?月間|h\b|人日"),
        (r"いくら|何円|費用|金額|予算|単価|料金|月額|価格|経費|額(?!縁)", r"円|千円|万円|億円|割|%|％"),
        (r"割合|率|何割|何%|何パーセント|精度|どの程度", r"%|％|割|ポイント|pt|倍"),
        (
            r"何(?:人|名|件|団体|回|社|枚|台|課|校|か所|箇所|個|本|種類|項目|問|ページ)|人数|件数|いくつ|回数|台数|枚数",
            r"人|名|件|団体|回|社|枚|台|課|校|自治体|市町村|個|箇所|か所|本|種類|項目|問|ページ|つ",
        ),
        (r"いつ|締切|〆切|期限|何月|日程|時期|年度|when", r"月|日|年"),
        (
            r"どれ(?:くらい|ぐらい|だけ|ほど)|どの(?:くらい|ぐらい)|数字|数値|効果|削減|実績|how (?:much|many)",
            r"時間|分(?!の)|秒|円|万円|%|％|割|ポイント|人|件|倍|枚|日間",
        ),
    )
)


def wanted(question: str) -> list[re.Pattern[str]]:
    """What the answer should hold one of; nothing where no figure or date is asked for."""
    asked = folded(question)
    return [kind for asks, kind in _KINDS if asks.search(asked)]
