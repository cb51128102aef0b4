"""What is only the asker's own goes; what anybody may read stays word for word."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultation.generalising import Origin, generalised, names_left
from consultation.municipality import check_digit, municipality

BODY = municipality(f"11999{check_digit('11999')}", "みほん市", "埼玉県")
ORIGIN = Origin(BODY, ("佐藤 花子", "鈴木", "見本 太郎（デモ）"))
PIECES = st.sampled_from(
    (
        "みほん市", "埼玉県", "みほん", "当市", "うちの町", "では", "の", "、", "。", "\n", "佐藤 花子",
        "佐藤", "様", "さん", "です",
        "お世話になっております", "よろしくお願いいたします", "03-1234-5678", "〔氏名〕", "#相談-みほん市", "<@U1>",
        "AI-OCR", "費用",
        "鈴木", "課の", "（", "）", "a@b.jp", "は", "いくらですか", " ", "------",
    )
)  # fmt: skip


@pytest.mark.parametrize(
    ("said", "left"),
    [
        (
            "お世話になっております。みほん市企画課の佐藤です。当市ではAI-OCRの見積りをβモデルの環境で取っていますが、比べ方を"
            "教えてください。担当は03-1234-5678です。よろしくお願いいたします。",
            "AI-OCRの見積りをβモデルの環境で取っていますが、比べ方を教えてください。",
        ),
        (
            "うちの町で議事録AIを入れるとき、議会の同意は要りますか？",
            "団体で議事録AIを入れるとき、議会の同意は要りますか？",
        ),
        ("お世話になっております、みほん市の予算でAIを買えますか。", "予算でAIを買えますか。"),
        (
            "佐藤様\nご質問ありがとうございます。担当コンサルタントの鈴木です。\n埼玉県みほん市役所の場合、議会の同意は不要です。"
            "埼玉県の補助も使えます。\n以上、よろしくお願いいたします。\n-----\n鈴木\nTEL 03-1111-2222",
            "団体の場合、議会の同意は不要です。都道府県の補助も使えます。",
        ),
        ("<@U123> さん、AIの契約は単年度ですか（#窓口-みほん市）", "AIの契約は単年度ですか"),
        ("交付要綱はみほん市でも要りますか", "交付要綱は団体でも要りますか"),
        ("見本さんから聞いた要綱の話です。", "から聞いた要綱の話です。"),
        (
            "見本町企画課\u3000ご担当者様\n契約は単年度です。\n住民の皆様\nには関係ありません。",
            "契約は単年度です。\n住民の皆様\nには関係ありません。",
        ),
        ("連絡先は tanto@example.jp です。\n契約は単年度です。", "契約は単年度です。"),
    ],
)
def test_the_askers_own_goes(said: str, left: str) -> None:
    assert generalised(said, ORIGIN) == left


@pytest.mark.parametrize(
    "said",
    [
        "港区は2019年から保育所の入所選考にAIを使っています。",
        "月額は5万円から10万円が目安です。契約は単年度で、更新の際に見積りを取り直してください。",
        "要綱の第3条により、補助率は2分の1です。",
        "・手順1：業務の棚卸し\n・手順2：効果の試算",
        "佐藤という姓は関係ありません。",
        "市町村が当事者になる契約です。",
    ],
)
def test_what_anybody_may_read_stays_word_for_word(said: str) -> None:
    assert generalised(said, ORIGIN) == said


@settings(deadline=None)
@given(st.lists(PIECES, max_size=14).map("".join))
def test_no_name_of_the_body_or_of_who_spoke_is_left_and_again_changes_nothing(text: str) -> None:
    left = generalised(text, ORIGIN)

    assert "みほん市" not in left
    assert "埼玉県" not in left
    assert "佐藤 花子" not in left
    assert "03-1234-5678" not in left
    assert "〔氏名〕" not in left
    assert generalised(left, ORIGIN) == left


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_taken(text: str) -> None:
    once = generalised(text, ORIGIN)
    assert generalised(once, ORIGIN) == once


def test_a_bodys_name_without_its_ending_goes_only_where_it_is_long_enough_to_be_one() -> None:
    hikari = Origin(municipality(f"35999{check_digit('35999')}", "光市", "山口県"))
    assert generalised("みほんの例では、光の回線を使います。", ORIGIN) == "団体の例では、光の回線を使います。"
    assert generalised("光市では、光の回線を使います。", hikari) == "光の回線を使います。"


def test_names_that_were_put_back_are_told() -> None:
    assert names_left("みほん市の佐藤 花子さんの例", ORIGIN) == ("みほん市", "佐藤 花子")
    assert names_left("団体の例", ORIGIN) == ()
