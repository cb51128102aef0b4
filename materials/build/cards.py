"""Best-practice cards: the facts of the front matter above the told story, and the two tables over all cards."""

from collections.abc import Sequence
from dataclasses import replace

from materials.build.catalogue import Entry, SourceError
from materials.build.source import Section, Source, Table

FACTS = ("番号", "分野", "自治体", "都道府県", "人口区分", "年度", "費用", "ネットワーク")
STORY = ("課題", "解決策", "効果", "注意点", "横展開の条件")
SHORT = "効果の要約"  # one sentence, for the table over all cards
OUTLINE = ("自治体", "都道府県", "人口区分", "分野", "年度", SHORT, "出典", "出典種別", "時点")
COSTS = ("自治体", "都道府県", "分野", "年度", "費用", "出典", "時点")
NO_COST = "記載なし"
NO_DATE = "出典の時期を確認できず"


def facts_of(source: Source) -> dict[str, str]:
    """The card's fields; raises SourceError when one is missing."""
    card = source.meta.get("card")
    if not isinstance(card, dict) or {*FACTS, SHORT} - card.keys():
        raise SourceError(f"{source.entry.file}: the card lacks a field")
    about = {"出典": source.entry.source, "出典種別": source.entry.source_kind, "時点": source.entry.as_of or NO_DATE}
    return {key: str(value) for key, value in card.items()} | about


def with_facts(source: Source) -> Source:
    """The card as a document: its facts as a list, then what is told."""
    facts = facts_of(source)
    lines = [f"- {name}：{facts[name]}" for name in (*FACTS, "時点", "出典種別", "出典")]
    return replace(source, body="\n".join(lines) + "\n\n" + source.body.strip())


def outline_of(cards: Sequence[Source], entry: Entry) -> Source:
    """All cards, one row each."""
    return _table_of(cards, entry, OUTLINE)


def costs_of(cards: Sequence[Source], entry: Entry) -> Source:
    """The cards that tell of costs, one row each."""
    return _table_of([card for card in cards if NO_COST not in facts_of(card)["費用"]], entry, COSTS)


def _table_of(cards: Sequence[Source], entry: Entry, columns: tuple[str, ...]) -> Source:
    rows = tuple(tuple(facts_of(card)[name].removesuffix("。") for name in columns) for card in cards)
    return Source(entry, {}, "", (Section(2, "優良事例一覧", (Table((columns, *rows)),)),))
