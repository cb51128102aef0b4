"""A question for an amount is answered only by an amount of its kind, and of the body asked about."""

import pytest

from answering.amounts import amounts_first
from answering.checking import Standing, citation_of
from consultation.outcome import Answer, Handoff, Reason
from consultation.passage import MaterialKind
from tests.answering.shelf import Shelf, answerer, ask, passage

MINUTES = "港区では約2,900人分の保育所の入所選考が、数日から約1分に短縮されました。"
OTHERS_MONEY = "松本市では2,000人分で680万円でした。"
CHOOSING = "選定は総務省が行います。"


def standing(*sentences: str) -> tuple[Standing, ...]:
    items = [passage(f"資料{at}", words, kind=MaterialKind.WORKSHOP) for at, words in enumerate(sentences)]
    return tuple(Standing(citation_of(item, item.text, 0.5), item) for item in items)


def quoted(question: str, *sentences: str) -> list[str]:
    return [item.citation.quote for item in amounts_first(question, question, standing(*sentences))]


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("港区の保育所AIの費用はいくらですか", MINUTES),
        ("何団体が選ばれますか", CHOOSING),
        ("事業債の補助率は？", "デジタル活用推進事業債は、システムの整備に使えます。"),
        ("光市の受診率を教えてください", "光市の勧奨のあとの受診率は、確認した資料には10%とも書かれていません。"),
        ("選定の結果はいつ公表されますか", CHOOSING),
        ("議事録の作成は何時間短くなりましたか", "議事録の作成は約78%短くなりました。"),
        ("研修は何日間ですか", "研修は7月31日に行います。"),
        ("申請してから許可まで何日ぐらいですか", "都城市の規程（2023年6月21日）では利用の申請と許可を定めています。"),
        ("亀岡市の補正額が知りたい", "亀岡市は2019年度の9月補正予算で追加しました。"),
        ("南房総市は年間何時間減らしましたか", "南房総市は2021年から2024年にかけて、RPAを取り入れました。"),
        ("大子町のOCRは何年で回収できましたか", "大子町は2020年に、入力を自動化しました。"),
        ("西海市はアプリを何本作りましたか", "西海市は業務アプリを使いました。"),
        ("接続料を無料にした会社はどこですか", "ある事業者は2025年12月に接続料を無料にしました。"),
        ("平塚市の費用は", "平塚市は2023年度の補正予算で実施（金額は資料に記載なし）"),
    ],
)
def test_what_holds_no_amount_of_the_kind_asked_for_is_no_answer(question: str, sentence: str) -> None:
    assert quoted(question, sentence) == []


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("光市の委託料はいくらですか", "光市の委託費は約400万円でした。"),
        ("事業債の充当率は何パーセントですか", "充当率は90%です。"),
        ("補助率はいくらですか", "補助率は2分の1です。"),
        ("愛知県では何団体が加わりましたか", "愛知県の共同利用には42市町村が加わりました。"),
        ("道路の損傷は何件見つかりましたか", "148か所から238か所に増えました。"),
        ("選考はどれくらい短くなりましたか", MINUTES),
        ("締切はいつですか", "応募の締切は令和2年７月３１日です。"),
        ("専門家は１件につき何日来てもらえますか", "派遣は1件につき3日までです。"),
    ],
)
def test_an_amount_of_the_kind_asked_for_is_one(question: str, sentence: str) -> None:
    assert quoted(question, sentence) == [sentence]


@pytest.mark.parametrize(
    "question",
    [
        "AI-OCRの費用の見方を教えて",
        "費用を抑えるにはどうすればよいですか",
        "効率を上げる方法を教えてください",
        "いつでも相談できますか",
        "人件費の時間単価はどのように置けばよいですか",
        "いくつかの業務で試すべきですか",
        "保育所の入所選考のAIの効果を知りたい",
    ],
)
def test_a_question_that_asks_no_amount_is_left_alone(question: str) -> None:
    assert quoted(question, CHOOSING) == [CHOOSING]


def test_the_quotation_with_the_amount_goes_first() -> None:
    money = "光市の委託費は約400万円でした。"

    assert quoted("光市の費用はいくらですか", "光市は受診の勧奨にAIを使いました。", money)[0] == money


def test_another_bodys_amount_is_no_answer() -> None:
    assert quoted("港区の保育所AIの費用はいくらですか", MINUTES, OTHERS_MONEY) == []


def test_without_the_amount_a_person_gets_the_question_with_what_was_found() -> None:
    shelf = Shelf([passage("港区", MINUTES)])

    outcome = answerer(shelf).consider(ask("港区の保育所の入所選考の費用はいくらですか")).outcome

    assert isinstance(outcome, Handoff)
    assert outcome.reason is Reason.LOW_CONFIDENCE
    assert outcome.citations
    assert isinstance(answerer(shelf).consider(ask("港区の保育所の入所選考は何分になりましたか")).outcome, Answer)
