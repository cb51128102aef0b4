"""Personal data never enters the log; what is not personal stays as it was written."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultation.masking import mask
from consultation.personal import PersonalKind

PERSONAL = [
    ("マイナンバーは123456789018です", "マイナンバーは〔個人番号〕です"),
    ("１２３４−５６７８−９０１８", "〔個人番号〕"),
    ("1234 5678 9018 を照会したい", "〔個人番号〕 を照会したい"),
    ("個人番号は1234-5678-9012（誤記かも）", "個人番号は〔個人番号〕（誤記かも）"),
    ("私の携帯は090-1234-5678です", "私の携帯は〔電話番号〕です"),
    ("０９０１２３４５６７８", "〔電話番号〕"),
    ("090\u200b1234\u200b5678", "〔電話番号〕"),
    ("(090)1234-5678まで", "〔電話番号〕まで"),
    ("+81 90-1234-5678", "〔電話番号〕"),
    ("03ー3333ー4444 の市民から", "〔電話番号〕 の市民から"),
    ("電話番号が011-222-3333の市民", "電話番号が〔電話番号〕の市民"),
    ("税務課に来た住民の電話は011-222-3333", "税務課に来た住民の電話は〔電話番号〕"),
    ("taro.yamada＠example．com に送って", "〔メールアドレス〕 に送って"),
    ("4111 1111 1111 1111 で払った", "〔カード番号〕 で払った"),
    ("口座は普通 1234567", "口座は普通 〔口座番号〕"),
    ("ゆうちょ 記号12345 番号12345678", "ゆうちょ 〔口座番号〕"),
    ("被保険者番号：00123456", "被保険者番号：〔被保険者番号〕"),
    ("宛名番号 0012345678 の方", "宛名番号 〔宛名番号〕 の方"),
    ("世帯番号は00123", "世帯番号は〔世帯番号〕"),
    ("受給者番号は A123-456", "受給者番号は 〔住民の番号〕"),
    ("生年月日：S40.1.2", "生年月日：〔生年月日〕"),
    ("昭和40年1月2日生まれの方", "〔生年月日〕生まれの方"),
    ("令和元年5月生まれの児童", "〔生年月日〕生まれの児童"),
    ("田中太郎（昭和40年1月2日）", "〔氏名〕（〔生年月日〕）"),
    ("札幌市中央区大通西3-6-1", "〔住所〕"),
    ("横浜市中区本町6-50-10です", "〔住所〕です"),
    ("東京都千代田区霞が関2丁目1番2号", "〔住所〕"),
    ("埼玉県戸田市上戸田1丁目18番1号コーポ山田201号室に住む", "〔住所〕に住む"),
    ("本町二丁目三番地の四 に転居", "〔住所〕 に転居"),
    ("大子町大字池田2669", "〔住所〕"),
    ("住所は本町1-2-3", "住所は〔住所〕"),
    ("滞納者の田中太郎様、至急", "滞納者の〔氏名〕様、至急"),
    ("納税者山田様の税額", "納税者〔氏名〕様の税額"),
    ("山田さんの介護認定はどうなる", "〔氏名〕さんの介護認定はどうなる"),
    ("ﾔﾏﾀﾞ ﾀﾛｳ様の国保税", "〔氏名〕様の国保税"),
    ("氏名：田中 太郎 住所：本町2丁目3番4号", "氏名：〔氏名〕 住所：〔住所〕"),
    ("佐々木さん 080-1111-2222", "〔氏名〕さん 〔電話番号〕"),
    ("〇九〇－一二三四－五六七八に掛けた", "〔電話番号〕に掛けた"),
    ("市民の〇一一の二二二、電話は〇一一-二二二-三三三三", "市民の〇一一の二二二、電話は〔電話番号〕"),
    ("090-1234-5678一件のみ", "〔電話番号〕一件のみ"),
    ("0 9 0 1 2 3 4 5 6 7 8 です", "〔電話番号〕 です"),
    ("０　８　０　－　１　２　３　４　－　５　６　７　８", "〔電話番号〕"),
    ("山田太郎の滞納税額は？", "〔氏名〕の滞納税額は？"),
    ("滞納者山田 花子の令和5年度住民税", "滞納者〔氏名〕の令和5年度住民税"),
    ("御手洗健太郎の病歴を入れてよいか", "〔氏名〕の病歴を入れてよいか"),
    ("佐々木翔の生活保護の件", "〔氏名〕の生活保護の件"),
    ("転園を希望（佐藤翔太、5歳）", "転園を希望（〔氏名〕、5歳）"),
    ("鈴木一郎（男性、82歳）の見守り", "〔氏名〕（男性、82歳）の見守り"),
    ("John Smithさんから", "〔氏名〕さんから"),
    ("NGUYEN VAN AN様の国保税", "〔氏名〕様の国保税"),
    ("Yamada Taro, born 1980-01-01", "〔氏名〕, born 〔生年月日〕"),
    ("Maria Santos 1980年1月1日生まれ", "〔氏名〕 〔生年月日〕生まれ"),
]

NOT_PERSONAL = [
    "企画課の佐藤、代表電話は011-000-0000",
    "DX推進係 内線 011-222-3333",
    "総務省の担当は03-5253-5758（直通）です",
    "フリーダイヤル 0120-123-456",
    "ai-local@ml.soumu.go.jp へ応募",
    "kikaku@city.example.lg.jp と joho@town.daigo.ibaraki.jp",
    "法人番号1234567890123の事業者",
    "1-2345-6789-0123",
    "団体コード011002",
    "123456789012という整理の仕方",
    "削減は1,234,567,890,123円",
    "企画課の佐藤さんに介護の件を聞いた",
    "税務課佐藤様あて",
    "皆様、利用者様、保護者様の税の相談",
    "市長さんが滞納対策に積極的",
    "仕様書と同様の様式で税の申請",
    "研修会兼相談会は令和2年9月1日（火）",
    "佐藤さん、令和2年9月1日の研修会の件です",
    "1965年生まれの職員が多い",
    "つくば市の実証は2020-11-3から",
    "目黒区保育運営費90-95%削減",
    "3丁目の道路損傷を3-4件",
    "資料の3-2-1を見たい",
    "宛名番号を付番する手順、世帯番号ごとの件数",
    "氏名：任意、住所：不要",
    "個人番号利用事務系のネットワーク",
    "R2.9.1からR3.3.31まで",
    "8,000人の児童を約30人で50時間",
    *(
        "市民の滞納",
        "住民税の滞納",
        "固定資産税の滞納",
        "町民の税額",
        "高齢者の病歴",
        "他団体の所得",
        "税務課の滞納整理",
    ),
    *(
        "千葉県の税額",
        "松本市の介護",
        "松本市立病院の診断",
        "山口の税額",
        "前田建設工業の収入",
        "横山小学校の手帳",
        "危険因子の病歴",
    ),
    *(
        "生活保護世帯の収入",
        "医療扶助の生活保護",
        "支援組織の収入",
        "市内親子の手当",
        "過去五年の滞納",
        "石川課長の税の研修",
    ),
    "企画課の佐藤花子の介護研修",
    "高齢者（75歳以上）、未就学児（5歳）、長男、5歳、（会社員、45歳）、小学生（10歳）",
    "Google Cloudさん、Microsoft Japan様、NTT DATA様",
    "企画課のJohn Smithさん",
    "Windows Server, 2020-01-01",
    "表の行は 1 0 9 0 1 2 3 4 5 6 7 8 9",
    "二〇二〇年一一月、一〇〇－二〇〇－三〇〇",
]

PIECES = st.sampled_from(
    [
        *(text for text, _ in PERSONAL),
        *NOT_PERSONAL,
        "090",
        "-1234",
        "5678",
        "様",
        "税",
        "。",
        "\n",
        " ",
        "\u200b",
        "〔氏名〕",
        "市",
        "丁目",
    ]
)


@pytest.mark.parametrize(("text", "expected"), PERSONAL)
def test_personal_data_is_replaced_by_what_it_was(text: str, expected: str) -> None:
    assert mask(text).text == expected


@pytest.mark.parametrize("text", NOT_PERSONAL)
def test_business_words_stay_as_they_are(text: str) -> None:
    masked = mask(text)

    assert (masked.text, masked.kinds) == (text, ())


def test_what_was_taken_out_is_named_once_and_in_order() -> None:
    masked = mask("滞納者の田中様、090-1234-5678、または080-1111-2222、123456789018")

    assert masked.kinds == ("氏名", "電話番号", "個人番号")


def test_full_width_letters_around_personal_data_stay_full_width() -> None:
    assert mask("ＡＩ−ＯＣＲの件　０９０−１２３４−５６７８　①").text == "ＡＩ−ＯＣＲの件　〔電話番号〕　①"


def test_a_placeholder_that_was_typed_in_is_not_counted_as_taken_out() -> None:
    assert mask("〔電話番号〕に掛けた").kinds == ()


@pytest.mark.parametrize("digits", ["123456789018", "111111111118", "987654321093", "100000000080", "100000000030"])
def test_only_the_right_check_digit_makes_a_bare_number_personal(digits: str) -> None:
    taken = [last for last in "0123456789" if mask(digits[:11] + last).kinds]

    assert taken == [digits[11]]


@settings(deadline=None)  # the machine may be busy
@given(st.lists(PIECES, max_size=8).map("".join) | st.text(max_size=60))
def test_masking_again_changes_nothing(text: str) -> None:
    once = mask(text)

    again = mask(once.text)

    assert (again.text, again.kinds) == (once.text, ())


@settings(deadline=None)  # the machine may be busy
@given(st.lists(PIECES, max_size=8).map("".join))
def test_what_is_left_stands_in_the_original_in_order(text: str) -> None:
    placeholders = "|".join(re.escape(kind.placeholder) for kind in PersonalKind)

    at = 0
    for piece in re.split(placeholders, mask(text).text):
        at = text.index(piece, at) + len(piece)


@settings(deadline=None)  # the machine may be busy
@given(st.text(st.characters(), max_size=40))
def test_any_text_is_taken_and_can_be_stored(text: str) -> None:
    kept = mask(text).text

    assert kept.encode("utf-8").decode("utf-8") == kept


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1 ",
        "a",
        "a@",
        "山",
        "山市町1-2-",
        "山田さん税",
        "03-1234-5678 ",
        "一丁目",
        "氏名:",
        "山 ",
        "昭和40年1月",
        "0-",
        "ﾞ",
        "住所、1-2-3 ",
        "ﷺ",
        "Aa ",
        "A",
        "佐藤",
        "佐藤太郎の税",
        "(佐藤太郎、5歳",
        "0 9 0 ",
        "〇九〇",
        "born ",
    ],
)
def test_forty_thousand_characters_take_no_more_than_moments(piece: str) -> None:
    text = (piece * 40_000)[:40_000]

    began = time.process_time()
    mask(text)

    assert time.process_time() - began < 3
