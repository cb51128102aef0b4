"""Municipalities: the six-digit code (全国地方公共団体コード), and the bureau area that a prefecture belongs to."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from consultation.errors import BadInput, BadMunicipalityCode

MunicipalityCode = NewType("MunicipalityCode", str)

CODE_WEIGHTS = (6, 5, 4, 3, 2)  # JIS X 0402, held against the 1,788 bodies of the table


class Area(StrEnum):
    """The eleven 総合通信局等."""

    HOKKAIDO = "hokkaido"
    TOHOKU = "tohoku"
    KANTO = "kanto"
    SHINETSU = "shinetsu"
    HOKURIKU = "hokuriku"
    TOKAI = "tokai"
    KINKI = "kinki"
    CHUGOKU = "chugoku"
    SHIKOKU = "shikoku"
    KYUSHU = "kyushu"
    OKINAWA = "okinawa"


BUREAUS = {
    Area.HOKKAIDO: "北海道総合通信局",
    Area.TOHOKU: "東北総合通信局",
    Area.KANTO: "関東総合通信局",
    Area.SHINETSU: "信越総合通信局",
    Area.HOKURIKU: "北陸総合通信局",
    Area.TOKAI: "東海総合通信局",
    Area.KINKI: "近畿総合通信局",
    Area.CHUGOKU: "中国総合通信局",
    Area.SHIKOKU: "四国総合通信局",
    Area.KYUSHU: "九州総合通信局",
    Area.OKINAWA: "沖縄総合通信事務所",
}

_PREFECTURES = {
    Area.HOKKAIDO: "北海道",
    Area.TOHOKU: "青森県 岩手県 宮城県 秋田県 山形県 福島県",
    Area.KANTO: "茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県 山梨県",
    Area.SHINETSU: "新潟県 長野県",
    Area.HOKURIKU: "富山県 石川県 福井県",
    Area.TOKAI: "岐阜県 静岡県 愛知県 三重県",
    Area.KINKI: "滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県",
    Area.CHUGOKU: "鳥取県 島根県 岡山県 広島県 山口県",
    Area.SHIKOKU: "徳島県 香川県 愛媛県 高知県",
    Area.KYUSHU: "福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県",
    Area.OKINAWA: "沖縄県",
}
AREA_OF = {prefecture: area for area, names in _PREFECTURES.items() for prefecture in names.split()}

# The order of JIS X 0401: the code's first two digits.
PREFECTURES = tuple(
    "北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県 新潟県 富山県 "
    "石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県 鳥取県 島根県 "
    "岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県".split()
)


@dataclass(frozen=True, slots=True)
class Municipality:
    """A supported body (支援対象自治体)."""

    code: MunicipalityCode
    name: str
    prefecture: str

    @property
    def area(self) -> Area:
        return AREA_OF[self.prefecture]


def check_digit(five: str) -> int:
    """The sixth digit for the first five of a code."""
    total = sum(int(digit) * weight for digit, weight in zip(five, CODE_WEIGHTS, strict=True))
    return (11 - total % 11) % 10 if total >= 11 else 11 - total


def municipality_code(text: str) -> MunicipalityCode:
    """The code as given, if it is six ASCII digits, of a known prefecture and with a right check digit."""
    if len(text) != 6 or not text.isascii() or not text.isdigit():
        raise BadMunicipalityCode(
            f"団体コード「{text}」は6桁の数字ではありません。先頭の0が落ちていないかご確認ください。"
        )
    if check_digit(text[:5]) != int(text[5]):
        raise BadMunicipalityCode(f"団体コード「{text}」の検査数字（6桁目）が合いません。")
    if not 1 <= int(text[:2]) <= len(PREFECTURES):
        raise BadMunicipalityCode(f"団体コード「{text}」の先頭2桁は都道府県の番号ではありません。")
    return MunicipalityCode(text)


def municipality(code: str, name: str, prefecture: str) -> Municipality:
    """A municipality whose code, name and prefecture agree with each other."""
    checked = municipality_code(code)
    if not name.strip():
        raise BadInput("団体名が空です。")
    if prefecture not in AREA_OF:
        raise BadInput(f"都道府県名「{prefecture}」が見つかりません。「埼玉県」のように正式な名称でご記入ください。")
    expected = PREFECTURES[int(checked[:2]) - 1]
    if expected != prefecture:
        raise BadInput(f"団体コード「{code}」は{expected}の番号です。都道府県「{prefecture}」と合いません。")
    return Municipality(checked, name.strip(), prefecture)
