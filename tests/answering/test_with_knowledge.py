"""The answerer over the real knowledge: Sudachi, BM25, Chroma, the model and the gate that come with the package."""

from collections.abc import Iterator

import pytest

from answering.answerer import Answerer
from consultation.outcome import Answer, OutcomeKind, kind_of
from knowledge.opening import Knowledge, open_knowledge
from knowledge.settings import KnowledgeSettings
from tests.answering.shelf import COST, DESK, GLOSSARY, NURSERY, OUTLINE, Shelf, ask
from tests.knowledge.corpora import ListCorpus

CORPUS = Shelf([NURSERY, OUTLINE, DESK, GLOSSARY, COST])


@pytest.fixture(scope="module")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Knowledge]:
    opened = open_knowledge(tmp_path_factory.mktemp("index"), ListCorpus(CORPUS.passages), KnowledgeSettings())
    opened.refresh()
    yield opened
    opened.close()


def test_the_material_that_answers_is_quoted(knowledge: Knowledge) -> None:
    finding = Answerer(knowledge, CORPUS, CORPUS).consider(
        ask("港区の保育所の入所選考にAIを使うと選考は約何分で終わりますか")
    )

    assert isinstance(finding.outcome, Answer)
    assert finding.outcome.citations[0].passage_id == NURSERY.id
    assert finding.versions["gate"] == knowledge.gate.version


def test_what_no_material_holds_goes_to_a_person(knowledge: Knowledge) -> None:
    finding = Answerer(knowledge, CORPUS, CORPUS).consider(ask("札幌市の除雪の予算は令和5年度にいくらでしたか"))

    assert kind_of(finding.outcome) is OutcomeKind.HANDOFF
