"""The extractive writer: exact, bounded, the number where one is asked for."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answering.brief import Brief
from answering.quoting import LONGEST_QUOTE, MOST_QUOTES, quote, quoting_writer
from consultation.passage import Passage
from tests.answering.shelf import NURSERY, TODAY, hit_of, passage


def brief(question: str, *passages: Passage) -> Brief:
    hits = sorted((hit_of(item, question) for item in passages), key=lambda hit: -hit.score)
    return Brief(question, tuple(hits), TODAY)


def test_a_sentence_that_leans_back_brings_the_one_before_it() -> None:
    draft = quote(brief("申請2,900人分の選考が終わる", NURSERY))

    assert draft.quotes[0].text.startswith("港区は2019年から")
    assert "この取組により、申請2,900人分" in draft.quotes[0].text


def test_a_question_for_a_number_prefers_the_sentence_that_has_one() -> None:
    plain = "議事録の作成時間は短くなりました。"
    figure = "議事録の作成は3時間から1.5時間になりました。"

    draft = quote(brief("議事録の作成時間は何時間になりましたか", passage("議事録", plain + figure)))

    assert draft.quotes[0].text == figure


def test_the_body_that_is_asked_for_goes_before_another() -> None:
    asked = "戸田市では問合せが2,400件ありました。"
    other = "深谷市では問合せが1,900件ありました。"

    draft = quote(brief("戸田市では問合せが何件ありましたか", passage("二市", other + asked)))

    assert draft.quotes[0].text == asked


def test_a_year_is_no_amount_of_time() -> None:
    year = "戸田市の応対の時間は2019年に測りました。"
    amount = "戸田市の応対の時間は5分から1分になりました。"

    draft = quote(brief("戸田市の応対の時間は何分ですか", passage("戸田", year + amount)))

    assert draft.quotes[0].text == amount


def test_what_the_next_sentence_turns_around_is_never_quoted_alone() -> None:
    text = "最初の報道発表では応募の締切は7月3日でした。その後の募集要項で7月31日となっています。"

    assert quote(brief("応募の締切はいつでしたか", passage("締切", text))).quotes[0].text == text


def test_for_a_term_the_passage_that_explains_it_speaks_first() -> None:
    use = passage("利用", "αモデルではLGWANとは何ですかと聞かれることが多いです。")
    entry = passage("用語", "行政専用の閉じたネットワークです。別の書き方：エルジーワン。", heading=("用語集", "LGWAN"))

    assert quote(brief("LGWANとは何ですか", use, entry)).quotes[0].text == "行政専用の閉じたネットワークです。"


def test_what_says_the_same_is_quoted_once() -> None:
    twice = [passage(name, "応募の締切は令和2年7月31日です。") for name in ("甲", "乙")]

    assert len(quote(brief("応募の締切はいつですか", *twice)).quotes) == 1


def test_a_heading_line_is_no_answer() -> None:
    draft = quote(brief("応募の締切", passage("要項", "応募の締切\n応募の締切は令和2年7月31日の金曜日です。")))

    assert draft.quotes[0].text == "応募の締切は令和2年7月31日の金曜日です。"


def test_particulars_and_blank_forms_are_no_quotations() -> None:
    said = "鹿嶋市の取組は人口5万人の市でも行えます。"
    form = passage("様式", "- 人口区分：人口5万〜10万人未満の市\n- 団体名・人口・職員数：（記入）\n" + said)

    assert [item.text for item in quote(brief("鹿嶋市の人口区分と職員数", form)).quotes] == [said]


def test_a_table_row_is_quoted_as_it_is() -> None:
    row = "自治体：つくば市／年度：2018／効果：市民税課5業務で116時間を削減（79.2%減）"

    assert quote(brief("つくば市の市民税課の削減時間", passage("表", row))).quotes[0].text == row


def test_without_passages_nothing_is_written() -> None:
    assert quote(Brief("締切は", (), TODAY)).quotes == ()


def test_the_writer_of_the_seam_writes_the_same() -> None:
    asked = brief("港区の選考", NURSERY)

    assert quoting_writer().invoke(asked) == quote(asked)


WORDS = st.lists(
    st.sampled_from(
        ["港区", "選考は", "1分です。", "この", "また、", "\n", "効果", "2019年", " ", "「引用。」", "長" * 200]
    ),
    max_size=30,
)


@settings(deadline=None)  # the machine may be busy
@given(WORDS.map("".join).filter(str.strip), WORDS.map("".join).filter(str.strip))
def test_every_quotation_stands_in_its_passage_and_is_short(one: str, other: str) -> None:
    draft = quote(brief("港区の選考はどれくらい", passage("一", one), passage("二", other)))

    assert len(draft.quotes) <= MOST_QUOTES
    for item in draft.quotes:
        assert item.text in item.passage.text
        assert len(item.text) <= LONGEST_QUOTE


def test_who_asks_for_a_formula_gets_it_in_words_that_of_the_asked_amount_first() -> None:
    costs = passage(
        "費用",
        "年間の費用は税込でそろえます。回収年数は例では300円 ÷ 100円 ＝ 3年です。初期費用 ＝ 構築費 ＋ 研修費 です。",
    )
    payback = passage("回収", "回収年数は、長いほど説明が難しくなります。回収年数 ＝ 初期費用 ÷ 年間純効果 です。")

    first, *_ = quote(brief("回収年数の計算式を教えてください", costs, payback)).quotes

    assert first.text == "回収年数 ＝ 初期費用 ÷ 年間純効果 です。"


@pytest.mark.parametrize("model", ["βモデル", "ベータモデル"])
def test_what_holds_in_another_network_is_not_quoted(model: str) -> None:
    networks = passage(
        "網",
        "αモデルの団体では端末から生成AIを使えません。α'モデルでは決めた先だけ使えます。βモデルの団体では端末から使えます。",
    )

    quotes = quote(brief(f"{model}の端末から生成AIを使えますか", networks)).quotes

    assert [item.text for item in quotes] == ["βモデルの団体では端末から使えます。"]
