"""What the corpus says is told so that a single sentence can be quoted: whose result, when, from where."""

import os
import re
import unicodedata
from collections.abc import Iterator, Sequence
from math import ceil
from pathlib import Path

import pytest

from consultation.sentences import sentences_of
from materials.build.cards import FACTS, STORY, facts_of
from materials.build.source import Section, Source, Table

UNITS = "%|時間|分|秒|件|人|円|ポイント|枚|か所|倍|回|日間|日短|世帯|ページ|km|団体|業務|筆"
FIGURE = re.compile(rf"\d[\d,.]*(万|億)?({UNITS})")
YEAR = re.compile(r"(19|20)\d\d|(令和|平成)(元|\d+)|記載なし")
ELSEWHERE = ("宇城市", "垂水市", "都城市", "岐阜市", "堺市", "徳島市", "千葉市", "豊中市", "矢巾町", "小樽市")
SOURCED = re.compile(r"出典|本資料での計算|から計算|公表|事例ページ|発表|報道|の調査")
PLACES = re.compile(r"[一-龥]{1,4}[市区町村県](?:内の\d+団体)?|[一-龥]{2,3}県庁|大阪府")
MIN_CARDS = 36
MOST = 0.75  # of a question standing in the corpus in one piece is no chance


def texts(section: Section) -> Iterator[str]:
    for part in section.parts:
        if isinstance(part, Table):
            yield from ("／".join(row) for row in part.rows)
        else:
            yield from sentences_of(part.text)


def short(body: str) -> str:
    """「愛知県内の42団体」 -> 「愛知県」: what a sentence calls the body by."""
    found = PLACES.match(body)
    return re.sub(r"内の\d+団体|庁", "", found[0]) if found else body.split("（", maxsplit=1)[0]


def test_there_are_enough_cards_with_failures_among_them(cards: Sequence[Source]) -> None:
    bodies = {facts_of(card)["自治体"] for card in cards}

    assert len(cards) >= MIN_CARDS
    assert {"久慈市", "三豊市", "愛知県"} <= bodies


def test_each_card_has_its_facts_and_its_story(cards: Sequence[Source]) -> None:
    for card in cards:
        facts = facts_of(card)
        assert all(facts[name] for name in (*FACTS, "出典", "出典種別", "時点")), card.entry.file
        assert tuple(section.title for section in card.sections if section.title) == STORY, card.entry.file


def test_each_figure_of_a_card_carries_a_year_and_its_body(cards: Sequence[Source]) -> None:
    bare = [
        text
        for card in cards
        for section in card.sections
        if section.title in {"課題", "解決策", "効果"}
        for text in texts(section)
        if FIGURE.search(text) and not (YEAR.search(text) and short(facts_of(card)["自治体"]) in text)
    ]

    assert bare == []


def test_each_figure_in_the_advice_of_a_card_carries_a_year(cards: Sequence[Source]) -> None:
    bare = [
        text
        for card in cards
        for section in card.sections
        if section.title in {"注意点", "横展開の条件"}
        for text in texts(section)
        if FIGURE.search(text) and short(facts_of(card)["自治体"]) in text and not YEAR.search(text)
    ]

    assert bare == []


def test_each_figure_of_a_body_in_other_materials_carries_year_and_source(
    sources: Sequence[Source], cards: Sequence[Source]
) -> None:
    bodies = {short(facts_of(card)["自治体"]) for card in cards} | set(ELSEWHERE)
    bare = []
    for source in sources:
        if source.entry.kind == "best-practice":  # their rows and cards name the source beside the figure
            continue
        for section in source.sections:
            for text in texts(section):
                named = FIGURE.search(text) and any(body in text for body in bodies)
                if named and not (YEAR.search(text) and SOURCED.search(text)):
                    bare.append((source.entry.file, text))

    assert bare == []


def test_each_programme_figure_names_its_fiscal_year(sources: Sequence[Source]) -> None:
    names = ("自治体AI実装タイプ", "地域IoT実装タイプ")
    for source in sources:
        for section in source.sections:
            loose = [t for t in texts(section) if any(n in t for n in names) and re.search(r"\d+(回|団体)", t)]
            assert all(YEAR.search(t) or "全2回" in t for t in loose), loose


def test_no_sentence_of_the_bench_stands_in_the_corpus(sources: Sequence[Source]) -> None:
    path = os.environ.get("MADOGUCHI_BENCH_QUESTIONS")
    if not path:
        pytest.skip("MADOGUCHI_BENCH_QUESTIONS names no file")
    corpus = folded("".join(source.body for source in sources))
    questions = [line.split("\t")[1] for line in Path(path).read_text(encoding="utf-8").splitlines()[1:]]

    found = [question for question in map(folded, questions) if len(question) > 8 and is_copied(question, corpus)]
    assert found == []


def is_copied(question: str, corpus: str) -> bool:
    size = ceil(len(question) * MOST)
    return any(question[start : start + size] in corpus for start in range(len(question) - size + 1))


def folded(text: str) -> str:
    return re.sub(r"[\s、。，？?！!「」『』（）()]", "", unicodedata.normalize("NFKC", text))
