"""Isolation and validity over the log's real library, from the database to the hit."""

from datetime import date
from pathlib import Path

import pytest

from knowledge.opening import open_knowledge
from knowledge.settings import KnowledgeSettings
from records.corpus import LibraryCorpus
from tests.knowledge.corpora import BigramEmbedder
from tests.records.databases import sqlite_log
from tests.records.stock import CHIBA, SAITAMA, TODAY, material, publish, register

CANARY = "紫の金糸雀の秘密の予算は五億円です。"


@pytest.mark.parametrize("refreshed", [True, False], ids=["vectors", "words"])
def test_what_the_library_restricts_or_has_let_expire_is_never_found(tmp_path: Path, *, refreshed: bool) -> None:
    ledger = sqlite_log(tmp_path)
    register(ledger, SAITAMA, CHIBA)
    publish(ledger, "all.md", material("共通"), "議事録の作成にAIを使う方法です。")
    publish(ledger, "own.md", material("内部", visible_to=frozenset({SAITAMA.code})), CANARY)
    publish(ledger, "old.md", material("旧基準", valid_until=date(2025, 3, 31)), "少額の随意契約の上限は50万円です。")
    knowledge = open_knowledge(tmp_path / "vectors", LibraryCorpus(ledger), KnowledgeSettings(), BigramEmbedder())
    if refreshed:
        knowledge.refresh()

    def titles(question: str, tenant: str, on: date = TODAY) -> set[str]:
        return {hit.passage.title for hit in knowledge.search(question, tenant, on, k=100).hits}

    assert "内部" in titles(CANARY, SAITAMA.code)
    assert "内部" not in titles(CANARY, CHIBA.code)
    assert "旧基準" in titles("随意契約の上限", CHIBA.code, date(2025, 3, 31))
    assert "旧基準" not in titles("随意契約の上限", CHIBA.code)
    knowledge.close()
    ledger.close()
