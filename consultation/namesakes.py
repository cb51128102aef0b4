"""Municipalities that share a name: which one is meant must be asked. As of the postal service's table, 2025."""

import re

from consultation.folding import folded
from consultation.municipality import PREFECTURES, MunicipalityCode

_PREFECTURES_OF = {
    "伊達市": "北海道 福島県",
    "府中市": "東京都 広島県",
    "池田町": "北海道 福井県 長野県 岐阜県",
    "朝日町": "山形県 富山県 三重県",
    "南部町": "青森県 山梨県 鳥取県",
    "美里町": "宮城県 埼玉県 熊本県",
    "美浜町": "福井県 愛知県 和歌山県",
    "美郷町": "秋田県 島根県 宮崎県",
    "川崎町": "宮城県 福岡県",
    "森町": "北海道 静岡県",
    "小国町": "山形県 熊本県",
    "清水町": "北海道 静岡県",
    "明和町": "群馬県 三重県",
    "金山町": "山形県 福島県",
    "日野町": "滋賀県 鳥取県",
    "高森町": "長野県 熊本県",
    "広川町": "和歌山県 福岡県",
    "太子町": "大阪府 兵庫県",
    "松前町": "北海道 愛媛県",
    "日高町": "北海道 和歌山県",
    "川西町": "山形県 奈良県",
    "高山村": "群馬県 長野県",
    "昭和村": "福島県 群馬県",
    "川上村": "長野県 奈良県",
    "南牧村": "群馬県 長野県",
}
_BODIES_OF = {
    name: tuple(f"{name}（{prefecture}）" for prefecture in prefectures.split())
    for name, prefectures in _PREFECTURES_OF.items()
} | {"北広島": ("北広島市（北海道）", "北広島町（広島県）")}
_NAMED = re.compile(rf"(?<![一-龥])(?:{'|'.join(_PREFECTURES_OF)}|北広島(?![市町]))(?!長)")


def namesakes(text: str, asker: MunicipalityCode) -> tuple[str, ...]:
    """The bodies that a name in the text may mean, as choices; none where the prefecture is said or is the asker's."""
    words = folded(text)
    for name in _NAMED.findall(words):
        bodies = _BODIES_OF[name]
        own = PREFECTURES[int(asker[:2]) - 1]
        prefectures = [body.split("（")[1].rstrip("）") for body in bodies]
        if own not in prefectures and not any(_says(words.replace(name, ""), prefecture) for prefecture in prefectures):
            return bodies
    return ()


def _says(words: str, prefecture: str) -> bool:
    return prefecture in words or prefecture.rstrip("都府県") in words
