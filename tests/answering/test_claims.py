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
