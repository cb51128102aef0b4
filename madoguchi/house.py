"""The house: every object built and wired, here and nowhere else."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from answering.answerer import Answerer
from answering.llm.opening import open_author
from bot.post import postman_from
from bot.slack_files import slack_files_from
from bot.stream import streamer_from
from bot.wording import NO_CONSULTANTS_TEAM
from consultation.errors import WrongSetting
from consultation.inquiry import Channel, Place
from desk.articles import ArticleDesk
from desk.asides import Asides
from desk.consulting import Consulting
from desk.desk import Desk
from desk.engine import Engine
from desk.files import Files
from desk.holding import Holding
from desk.letters import Postman
from desk.posting import Posting
from desk.sealing import seal_from
from desk.streaming import Streaming
from ingest.isolation.host import IsolatedReader
from ingest.sync import Intake
from knowledge.embedding.embedder import Embedder
from knowledge.embedding.opening import open_embedder
from knowledge.known import KnownVectors, read_known
from knowledge.opening import open_knowledge
from knowledge.settings import KnowledgeSettings
from madoguchi.guarding import Guard
from madoguchi.keeping_up import KeepingUp
from madoguchi.log import open_ledger
from madoguchi.ownership import owned
from madoguchi.patience import PatientKnowledge
from madoguchi.settings import Settings
from materials import VECTORS
from records.corpus import LibraryCorpus
from records.ledger import Ledger

WORKFLOWS = "workflows.db"
INDEX = "vectors"
GATE = "gate.json"


@dataclass(frozen=True, slots=True)
class House:
    """The stores and what works on them, open."""

    settings: Settings
    ledger: Ledger
    knowledge: PatientKnowledge
    answerer: Answerer
    intake: Intake
    desk: Desk
    articles: ArticleDesk
    files: Files


@contextmanager
def open_house(settings: Settings) -> Iterator[House]:
    """Everything, owned by this process; workflows that a crash interrupted go on."""
    home = settings.records.home
    with ExitStack() as stack:
        stack.enter_context(owned(home))
        ledger = stack.enter_context(open_ledger(settings))
        corpus = LibraryCorpus(ledger)
        embedder = _embedder(settings.knowledge)
        opened = open_knowledge(home / INDEX, corpus, settings.knowledge, embedder, home / GATE)
        guard = Guard(opened.gate, ledger, settings.knowledge.drift_weeks)
        guard.standings()  # an alarm at the start, where there is one to give
        knowledge = PatientKnowledge(opened, guard)
        stack.callback(knowledge.close)
        answerer = Answerer(knowledge, corpus, corpus, open_author(settings.writing))
        engine = Engine(ledger, _workflow_url(settings), settings.desk)
        stack.callback(engine.close)
        postmen: dict[Channel, Postman] = {}
        files = _files(settings, ledger)
        slack = postman_from(settings.slack, ledger, files)
        if slack is not None:
            postmen[Channel.SLACK] = slack
        consultants = _consultants(settings) if slack is not None else None
        streamer = streamer_from(settings.slack, ledger)
        streaming = Streaming(ledger, {Channel.SLACK: streamer} if streamer is not None else {})
        engine.launch(
            Consulting(ledger, answerer, lambda: consultants, streaming),
            Posting(ledger, postmen),
            Asides(ledger, answerer, knowledge.search, lambda: consultants),
        )
        desk = Desk(ledger, engine, consultants)
        desk.heal()
        keeping_up = KeepingUp(knowledge.refresh)
        stack.callback(keeping_up.close)
        articles = ArticleDesk(ledger, engine, keeping_up.soon, knowledge.search)
        articles.ask_owners(datetime.now(UTC))
        others = (desk.consents.look, desk.bulletins.look, articles.ask_owners, desk.leaving.look, files.holding.look)
        desk.rounds.begin(*others, desk.knock)
        stack.callback(desk.rounds.close)
        reader = stack.enter_context(IsolatedReader())
        yield House(settings, ledger, knowledge, answerer, Intake(ledger, reader.read), desk, articles, files)


def _embedder(settings: KnowledgeSettings) -> Embedder:
    """The model of the settings; the starter corpus brings its vectors along (docs/decisions/0003)."""
    embedder = open_embedder(settings.embedding_model, settings.embedding_threads)
    return KnownVectors(embedder, read_known(VECTORS, embedder.name))


def _files(settings: Settings, ledger: Ledger) -> Files:
    """Raises WrongSetting where the key to what is held is wrong or missing."""
    slack = settings.slack
    seal = seal_from(slack.slack_key.get_secret_value(), slack.home, ledger)
    holding = Holding(ledger, seal, slack.largest_file, settings.desk.files_days)
    holding.renew()
    return Files(holding, slack_files_from(slack, ledger))


def _consultants(settings: Settings) -> Place | None:
    """Raises WrongSetting where there are several workspaces, and it is not said in which."""
    place = settings.desk.consultant_place
    if place is not None and not place.team and settings.slack.is_installed_by_oauth:
        raise WrongSetting(NO_CONSULTANTS_TEAM)
    return place


def _workflow_url(settings: Settings) -> str:
    """DBOS keeps its own tables: beside the log in PostgreSQL, in a file of their own with SQLite."""
    url = settings.records.url
    if url.startswith("sqlite"):
        return f"sqlite:///{(settings.records.home / WORKFLOWS).absolute()}"
    return url
