"""Two sources in force that tell different figures of one thing: nobody is told one of them as the answer."""

from dataclasses import replace
from datetime import date

import pytest

from answering import wording
from answering.question import Question
from consultation.outcome import Answer, Finding, Handoff, Outcome, Reason
from consultation.passage import MaterialKind, Passage
from tests.answering.shelf import TODAY, TSUKUBA, Shelf, answerer, ask, passage

CALL = passage("要項", "支援事業の応募の締切は令和8年7月31日です。", title="募集要項", locator="p.2")
NOTICE = passage("通知", "支援事業の応募の締切は、令和8年7月3日です。", title="事務連絡", locator="p.1")
QUESTION = "支援事業の応募の締切はいつですか"


def found(text: str, *passages: Passage, confidence: float = 0.9) -> Finding:
    return answerer(Shelf(list(passages), confidence=confidence)).consider(ask(text))


def outcome_of(text: str, *passages: Passage) -> Outcome:
    return found(text, *passages).outcome


def pair(one: str, other: str) -> tuple[Passage, Passage]:
    return passage("甲", one), passage("乙", other)


def test_both_sides_are_shown_with_their_pages_and_neither_is_told_as_the_answer() -> None:
    finding = found(QUESTION, CALL, NOTICE)

    outcome = finding.outcome
    assert isinstance(outcome, Handoff)
    assert outcome.reason is Reason.CONFLICTING_SOURCES
    assert {citation.quote for citation in outcome.citations} == {CALL.text, NOTICE.text}
    assert all(citation.is_reference for citation in outcome.citations)
    before, _, after = outcome.text.partition(wording.REFERENCE)
    assert wording.HANDOFF_WHY[Reason.CONFLICTING_SOURCES] in before
    assert wording.HANDOFF_WHAT_NEXT in before
    assert "7月" not in before
    assert after.startswith(f"\n{wording.REFERENCE_LEAD_CONTESTED}\n")
    assert all(f"『{one.title}』（{one.locator}）" in after for one in (CALL, NOTICE))
    assert wording.DRAFT_CONTESTED in outcome.draft
    assert all(one.text in outcome.draft for one in (CALL, NOTICE))
    assert finding.threshold == 0.6, "the gate would have let it through, and the consultant reads so"


def test_a_body_that_is_asked_first_is_asked_and_sees_both_sides() -> None:
    asked = Question(QUESTION, (), TSUKUBA, TODAY, asks_consent=True)
    outcome = answerer(Shelf([CALL, NOTICE], confidence=0.9)).consider(asked).outcome

    assert isinstance(outcome, Handoff)
    assert outcome.asks_consent
    assert wording.HANDOFF_ASK in outcome.text
    assert wording.REFERENCE_LEAD_CONTESTED in outcome.text


def test_what_the_gate_does_not_let_through_stays_unsure() -> None:
    assert found(QUESTION, CALL, NOTICE, confidence=0.4).outcome.reason is Reason.LOW_CONFIDENCE


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("補助の上限はいくらですか", "補助の上限は、1団体あたり100万円です。", "補助の上限は1団体あたり50万円です。"),
        ("研修会は何回ありますか", "研修会は全部で2回あります。", "研修会は、全部で4回です。"),
        ("募集期間はいつまでですか", "募集期間は5月29日から7月31日までです。", "募集期間は5月29日から7月3日までです。"),
        ("デジタル債の充当率は何%ですか", "デジタル債の充当率は90%です。", "デジタル債の充当率は75%とされています。"),
        (
            "派遣は何日までですか",
            "アドバイザーの派遣は最大3日までです。",
            "派遣は最大5日までです。オンラインもあります。",
        ),
    ],
)
def test_figures_of_one_thing_that_differ_are_seen_however_they_are_worded(text: str, one: str, other: str) -> None:
    assert outcome_of(text, *pair(one, other)).reason is Reason.CONFLICTING_SOURCES


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("補助の上限はいくらですか", "補助の上限は100万円です。", "補助の上限は1,000,000円です。"),  # the same
        ("作業は何時間減りましたか", "作業は約50時間減りました。", "作業は49.2時間減りました。"),  # rounded
        ("補助の上限はいくらですか", "補助の上限は1億5,000万円です。", "補助の上限は1.5億円です。"),
        ("研修の時間は何時間ですか", "研修の時間は1時間30分です。", "研修の時間は90分です。"),
        ("契約の期間は何か月ですか", "契約の期間は1年6か月です。", "契約の期間は18か月です。"),
        ("研修会は何回ありますか", "研修会は全部で2回あります。", "説明会は全部で4回あります。"),  # of something else
        ("税務課では何時間減りましたか", "税務課では作業が336時間減りました。", "福祉課では作業が71時間減りました。"),
        (
            "小規模団体の補助上限額はいくらですか",
            "小規模団体の補助上限額は50万円です。",
            "大規模団体の補助上限額は90万円です。",
        ),
        (
            "事業計画書の提出期限はいつですか",
            "事業計画書の提出期限は7月10日です。",
            "事業報告書の提出期限は3月10日です。",
        ),
        ("交付決定の予定はいつですか", "手続：交付決定／予定の時期：7月10日", "手続：実績報告／予定の時期：3月10日"),
        ("1回目の研修の日はいつですか", "1回目の研修の日は9月5日です。", "2回目の研修の日は11月6日です。"),
        ("一次募集の締切はいつですか", "一次募集の締切は7月5日です。", "二次募集の締切は9月6日です。"),
        ("利用料はいくらですか、税抜の額", "利用料は10万円（税抜）です。", "利用料は11万円（税込）です。"),
        ("参加団体は何団体ですか", "4月1日現在の参加団体は50団体です。", "10月1日現在の参加団体は80団体です。"),
        (  # of a sentence that tells of two works, the other one
            "ふるさと納税の作業は何時間減りましたか",
            "ふるさと納税のワンストップ特例の業務では、19.8時間が4.2時間になり、約78%減りました。",
            "効果：ふるさと納税の業務は78%減りましたが、市県民税の収納は1.6時間が16.2時間に増えました／区分：AI-OCR",
        ),
        ("募集の期間はいつですか", "募集の期間は5月29日からです。", "募集の期間は7月31日までです。"),
        ("第1回の研修会はいつですか", "第1回の研修会は9月です。", "第2回の研修会は11月です。"),
        ("2024年の導入率は何%ですか", "2024年の導入率は32%でした。", "2019年の導入率は12%でした。"),  # of another year
        ("つくば市では何時間減りましたか", "つくば市では作業が116時間減りました。", "港区では作業が21時間減りました。"),
        ("研修会はどこでありますか", "研修会は全部で2回、オンラインであります。", "研修会は全部でオンラインです。"),
        (
            "研修会の費用はいくらですか",
            "研修会の費用は無料で、2回あります。",
            "研修会の費用は無料で、4回あります。",
        ),  # of what is not asked
        ("AI-OCRの導入率は何%ですか", "AI-OCRの導入率は59%です。", "チャットボットの導入率は32%です。"),
    ],
)
def test_what_does_not_contradict_is_answered(text: str, one: str, other: str) -> None:
    assert isinstance(outcome_of(text, *pair(one, other)), Answer)


def test_one_document_does_not_contradict_itself() -> None:
    """Its sections tell of different things in like words: measured, 0.3 % of sentences would (docs/decisions/0009)."""
    other = replace(NOTICE, document_id=CALL.document_id)

    assert isinstance(outcome_of(QUESTION, CALL, other), Answer)


def test_a_look_alike_programme_has_its_own_figures() -> None:
    ours = replace(CALL, programme="自治体AI実装タイプ", text="応募の締切は7月31日です。")
    theirs = replace(NOTICE, programme="地域IoT実装タイプ", text="応募の締切は7月3日です。")
    ours, theirs = (replace(one, sentences=(one.text,)) for one in (ours, theirs))

    assert isinstance(outcome_of("応募の締切はいつですか", ours, theirs), Answer)


@pytest.mark.parametrize("text", ["応募の締切はいつですか", "令和8年度の応募の締切はいつですか"])
def test_the_year_of_a_paper_stands_in_its_title(text: str) -> None:
    ours, theirs = pair("応募の締切は7月31日です。", "応募の締切は8月7日です。")
    ours, theirs = replace(ours, title="令和8年度 募集要項"), replace(theirs, title="令和7年度 募集要項")

    assert isinstance(outcome_of(text, ours, theirs), Answer)


def test_a_document_that_says_the_same_as_well_agrees() -> None:
    """A document of several meetings tells of each: the one that is asked about is among them."""
    both = passage("日程", "研修会は9月5日です。つぎの研修会は11月6日です。")

    assert isinstance(outcome_of("研修会はいつですか", passage("要項", "研修会は9月5日です。"), both), Answer)


def test_a_row_of_a_table_is_held_against_a_sentence() -> None:
    row = passage(
        "一覧", "自治体：港区／人口区分：特別区／効果の要約：港区の入所選考が約1分に短縮されました／出典：新聞"
    )
    told = passage("事例", "港区の入所選考が約9分に短縮されました。")

    assert outcome_of("港区の入所選考は何分になりましたか", told, row).reason is Reason.CONFLICTING_SOURCES


ARTICLE = passage(
    "K-0007",
    "支援事業の応募の締切は令和8年7月31日です。",
    kind=MaterialKind.ARTICLE,
    title="ナレッジ：支援事業の応募の締切はいつですか",
    as_of=date(2026, 10, 1),
)


def test_an_article_that_was_approved_since_settles_it_and_the_answer_says_what_else_stands_written() -> None:
    outcome = outcome_of(QUESTION, ARTICLE, NOTICE)

    assert isinstance(outcome, Answer)
    assert outcome.citations[0].passage_id == ARTICLE.id
    assert "『事務連絡』（p.1、令和8年4月1日" in outcome.text
    assert f"「{NOTICE.text}」とありますが" in outcome.text
    assert [citation.passage_id for citation in outcome.citations] == [ARTICLE.id], "one figure is told"


@pytest.mark.parametrize(
    "other",
    [
        replace(NOTICE, as_of=date(2026, 11, 1)),  # newer than the approval: nobody has looked at it
        replace(NOTICE, kind=MaterialKind.ARTICLE),  # two articles: each was approved
    ],
)
def test_an_article_settles_nothing_that_came_after_it(other: Passage) -> None:
    assert outcome_of(QUESTION, ARTICLE, other).reason is Reason.CONFLICTING_SOURCES
