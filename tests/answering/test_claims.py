"""A written sentence holds only by what stands in the passages it cites."""

from pathlib import Path

import pytest

from answering.claims import Claim, Falls, Flaw, Holds, check
from consultation.passage import PassageId
from evals.claims import cases, report

CITED, OTHER = PassageId("p1"), PassageId("p2")
SOURCE = (
    "大津市では令和2年度にAI-OCRを導入し、職員の作業が年1,400時間から300時間に減少しました。"
    "委託費は約400万円で、紙の申請の3割に使いました。個人情報は外部に送信しません。"
)
OFFERED = {CITED: SOURCE, OTHER: "平塚市は道路の損傷を148か所で見つけました。"}


@pytest.mark.parametrize(
    "text",
    [
        "大津市では令和2年度にAI-OCRを導入しました。",
        "大津市では2020年度にＡＩ－ＯＣＲを導入しました。",
        "職員の作業が年1400時間から三百時間に減少した。",
        "委託費は約4000000円です。",
        "紙の申請の30%に使いました。",
        "個人情報は外部に送信しない。",
    ],
)
def test_an_honest_rewriting_holds(text: str) -> None:
    assert check(Claim(text, (CITED,)), OFFERED) == Holds()


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("職員の作業が年1,500時間から300時間に減少しました。", Flaw.AMOUNT),
        ("委託費は約400円です。", Flaw.AMOUNT),
        ("紙の申請の3%に使いました。", Flaw.AMOUNT),
        ("大津市では令和3年度にAI-OCRを導入しました。", Flaw.YEAR),
        ("津市では令和2年度にAI-OCRを導入しました。", Flaw.NAME),
        ("大津市では令和2年度にスマートリーダーを導入しました。", Flaw.NAME),
        ("個人情報は外部に送信します。", Flaw.POLARITY),
        ("職員の作業が年1,400時間から300時間に増加しました。", Flaw.POLARITY),
        ("職員の作業が年1,400時間から400時間に減少しました。", Flaw.AMOUNT),
        ("委託費は約300時間で、紙の申請の3割に使いました。", Flaw.ELSEWHERE),
        ("職員の作業が年300時間から1,400時間に減少しました。", Flaw.ELSEWHERE),
        ("住民投票条例の制定が検討課題です。", Flaw.UNCOVERED),
    ],
)
def test_a_tampered_sentence_falls(text: str, flaw: Flaw) -> None:
    assert check(Claim(text, (CITED,)), OFFERED) == Falls(flaw)


@pytest.mark.parametrize(
    ("cited", "flaw"),
    [((), Flaw.NO_CITATION), ((PassageId("p9"),), Flaw.UNKNOWN_CITATION), ((OTHER,), Flaw.YEAR)],
)
def test_a_citation_that_does_not_carry_the_sentence_falls(cited: tuple[PassageId, ...], flaw: Flaw) -> None:
    assert check(Claim("大津市では令和2年度にAI-OCRを導入しました。", cited), OFFERED) == Falls(flaw)


def test_rewritings_of_a_folder_are_judged_right(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"# 事例\n\n{SOURCE}\n", encoding="utf-8")
    (tmp_path / "b.md").write_text(f"# 道路\n\n{OFFERED[OTHER]}\n", encoding="utf-8")

    text, misses = report(list(cases(tmp_path)))

    assert misses == [], text
    assert "caught 100.00%" in text


@pytest.mark.parametrize(
    ("heading", "source", "text"),
    [
        ("AI-OCR", "つくば市では作業が340時間減りました。", "さいたま市では作業が340時間減りました。"),
        ("AI-OCR", "さくら市では作業が340時間減りました。", "みどり市では作業が340時間減りました。"),
        ("津市のAI-OCR", "作業が340時間減りました。", "大津市では作業が340時間減りました。"),
        ("関市のAI-OCR", "作業が340時間減りました。", "一関市では作業が340時間減りました。"),
    ],
)
def test_another_bodys_name_falls_whatever_letters_it_is_written_in(heading: str, source: str, text: str) -> None:
    assert check(Claim(text, (CITED,)), {CITED: source}, {CITED: heading}) == Falls(Flaw.NAME)


def test_the_body_of_the_heading_may_be_named() -> None:
    claim = Claim("津市では作業が340時間減りました。", (CITED,))
    assert check(claim, {CITED: "作業が340時間減りました。"}, {CITED: "津市のAI-OCR"}) == Holds()


@pytest.mark.parametrize(
    ("source", "text", "flaw"),
    [
        (
            "平塚市は2019年に大阪市は2021年に始めました。",
            "平塚市は2021年に大阪市は2019年に始めました。",
            Flaw.ELSEWHERE,
        ),
        ("2019年に平塚市は大阪市に委託しました。", "2019年に大阪市は平塚市に委託しました。", Flaw.ELSEWHERE),
        ("補助率は2分の1、上限は500万円です。", "補助率は500万円、上限は2分の1です。", Flaw.ELSEWHERE),
        ("削減率は30〜50%です。", "削減率は50〜30%です。", Flaw.AMOUNT),
        ("前年度から△5%でした。", "前年度から5%でした。", Flaw.AMOUNT),
        ("研修は無償で受けられます。", "研修は有償で受けられます。", Flaw.POLARITY),
        ("計画の公表は義務です。", "計画の公表は任意です。", Flaw.POLARITY),
        ("受付は7月1日に開始します。", "受付は7月1日に終了します。", Flaw.POLARITY),
        ("届出は必要です。", "届出は不必要です。", Flaw.POLARITY),
        ("2026年度に導入予定です。", "2026年度に導入済みです。", Flaw.POLARITY),
        ("利用は庁内のみ認めます。", "利用は庁内で認めます。", Flaw.CONDITION),
        ("支援は人口5万人未満の団体に限り受けられます。", "支援は受けられます。", Flaw.CONDITION),
        ("住民票を除き、証明書を交付します。", "証明書を交付します。", Flaw.CONDITION),
        ("回収できない場合は、計画を見直します。", "計画を見直します。", Flaw.CONDITION),
        ("関東総合通信局に申請します。", "東海総合通信局に申請します。", Flaw.NAME),
        ("富士通の製品を使いました。", "日立の製品を使いました。", Flaw.NAME),
        ("いなべ市は2020年に始めました。", "うるま市は2020年に始めました。", Flaw.NAME),
    ],
)
def test_what_is_swapped_turned_or_without_its_condition_falls(source: str, text: str, flaw: Flaw) -> None:
    assert check(Claim(text, (CITED,)), {CITED: source}) == Falls(flaw)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("港区は2019年から選考にAIを使っています。", "2019年から港区は選考にAIを使っています。"),
        ("支援は人口5万人未満の団体に限り受けられます。", "人口5万人未満の団体に限り、支援を受けられます。"),
        ("回収できない場合は、計画を見直します。", "回収できない場合は計画を見直します。"),
        ("住民票を除き、証明書を交付します。", "証明書を交付しますが、住民票を除きます。"),
        ("計画の公表は義務です。届出は任意です。", "計画の公表は義務です。"),
        ("つくば市とえびの市が参加しました。", "つくば市が参加しました。"),
    ],
)
def test_said_in_another_order_or_of_a_part_it_holds(source: str, text: str) -> None:
    assert check(Claim(text, (CITED,)), {CITED: source}) == Holds()
