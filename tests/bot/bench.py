"""A desk in this process, on real SQLite and the real engine, spoken to through the Slack stand-in.

Only the answerer is a stand-in: it answers by what a question begins with.
"""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml

from answering.answerer import NOTHING
from answering.question import Question
from answering.telling import Stopped, Tell
from bot.door import SlackDoor
from bot.links import Links
from bot.post import SlackPostman, postman_from
from bot.settings import SlackSettings
from bot.slack_files import slack_files_from
from bot.stream import streamer_from
from bot.workspace import OneWorkspace
from consultation.inquiry import Channel, Place
from consultation.municipality import MunicipalityCode, municipality
from consultation.outcome import Answer, Citation, Clarification, Finding, Handoff, Outcome, Reason, Refusal
from consultation.passage import MaterialKind, Passage
from desk.asides import Asides
from desk.consulting import Consulting
from desk.desk import Desk
from desk.engine import Engine
from desk.files import Files
from desk.holding import Holding
from desk.posting import Posting
from desk.sealing import seal_from
from desk.settings import DeskSettings
from desk.streaming import Streaming
from knowledge.retrieval import Hit, Retrieval
from records.ledger import Ledger
from records.library import Library, Material, Piece
from records.pages import LogFilter, Pages
from records.registry import Registry
from records.rows import InquiryRow
from tests.records.databases import sqlite_log
from tests.twins.slack import SlackTwin

TEAM = "T1"
QUICK_S = 0.05
BODY, OTHER = MunicipalityCode("112305"), MunicipalityCode("131032")
SHINGU, MINATO = "C0SHINGU", "C0MINATO"
CONSULTANTS = "C0CONSULTANTS"
STAFF, COLLEAGUE, OTHER_STAFF, STRANGER = "U0STAFF", "U0COLLEAGUE", "U0MINATO", "U0STRANGER"
SATO, KATO = "U0SATO", "U0KATO"
CARDS = Place(Channel.SLACK, TEAM, CONSULTANTS, "")
QUOTE = "入所選考にかかる時間は、延べ約1,500時間から数秒に減った。"


@dataclass
class Scripted:
    """Answers by the question's first words; remembers what it was asked."""

    ledger: Ledger
    asked: list[Question] = field(default_factory=list)
    slow_s: float = 0.0
    stopped: bool = False
    """Whether what was being written was no longer wanted."""
    pen: threading.Event = field(default_factory=threading.Event)
    """While it is clear, what is written with 書きながら stops after the first sentence."""

    def consider(self, question: Question, tell: Tell) -> Finding:
        self.asked.append(question)
        time.sleep(self.slow_s)
        if "書きながら" in question.text:
            tell("一つ目の<文>です。")
            self.pen.wait(20)
            try:
                tell("二つ目の文です。")
            except Stopped:
                self.stopped = True
                raise
        return Finding(self._outcome(question), 0.9, {"top": 0.9}, {"policy": "1"}, {"retrieve": 1})

    def _outcome(self, question: Question) -> Outcome:
        match question.text[:2]:
            case "人を":
                return Handoff(
                    Reason.ASKED_FOR_PERSON, "担当者に引き継ぎました。", self._citations(), f"下書き: {QUOTE}"
                )
            case "自信":
                return Handoff(
                    Reason.LOW_CONFIDENCE, "確信がありません。", self._citations(), "下書き", question.asks_consent
                )
            case "短い" if question.chosen is None:
                return Clarification(Reason.TOO_SHORT, "どちらについてですか。", ("費用", "効果", "日程"))
            case "断れ":
                return Refusal(Reason.OUT_OF_SCOPE, "申し訳ございませんが、お答えできません。")
            case "壊れ":
                raise RuntimeError("a bug")
        return Answer(Reason.GROUNDED, f"【結論】{QUOTE}\n質問: {question.text}", self._citations())

    def _citations(self) -> tuple[Citation, ...]:
        return tuple(
            Citation(p.id, p.document_id, p.document_version, p.title, p.locator, quote_of(p), 0.9)
            for p in passages(self.ledger)
        )


def passages(ledger: Ledger) -> list[Passage]:
    return sorted(ledger.read(lambda session: Library(session).live()), key=lambda p: p.locator)


def found_in(ledger: Ledger, words: str, body: MunicipalityCode, on: date) -> Retrieval:
    """A search by single letters, under the tenant's filter."""
    ids = [passage.id for passage in passages(ledger)]
    seen = ledger.read(lambda session: Library(session).visible(ids, body, on)).values()
    letters = set(words)
    shares = [(len(letters & set(f"{p.title}{p.text}")) / max(1, len(letters)), p) for p in seen]
    hits = [Hit(p, share, 0.0, 0.0, share, 0, ()) for share, p in sorted(shares, key=lambda one: -one[0])]
    return replace(NOTHING, hits=tuple(hits))


def quote_of(passage: Passage) -> str:
    return QUOTE if QUOTE in passage.text else passage.sentences[0]


@dataclass
class Bench:
    """The running desk and its surroundings."""

    twin: SlackTwin
    ledger: Ledger
    desk: Desk
    door: SlackDoor
    answerer: Scripted
    home: Path

    def ask(self, text: str, user: str = STAFF, channel: str = SHINGU, thread: str | None = None) -> str:
        """Ask by mention and wait for the ack. The message's ts."""
        sent = self.twin.say(channel, user, text, thread, mention=True)
        assert sent.wait()
        return sent.ts

    def says(self, channel: str, root: str, count: int = 1) -> list[str]:
        """The texts of the bot's first `count` messages in a thread, once they stand."""
        found = self.twin.wait(lambda t: len(t.answers(channel, root)) >= count and t.answers(channel, root))
        return [message.text for message in found]

    def card(self, index: int = 0) -> str:
        """The ts of a case card."""
        return self.twin.wait(lambda t: len(cards(t)) > index and cards(t)[index])

    def button(self, channel: str, ts: str, action: str) -> bool:
        return any(action in str(message.blocks) for message in self.twin.messages(channel) if message.ts == ts)

    def everything_kept(self) -> bytes:
        """All bytes under the home: databases, journals, logs."""
        kept = bytearray()
        for path in sorted(self.home.rglob("*")):
            with suppress(FileNotFoundError):  # a rollback journal goes while we look: what is gone is not kept
                kept += path.read_bytes() if path.is_file() else b""
        return bytes(kept)


def cards(twin: SlackTwin) -> list[str]:
    return [m.ts for m in twin.messages(CONSULTANTS) if not m.is_reply and m.bot_id]


@contextmanager
def running_bench(home: Path, mode: str, **more: object) -> Iterator[Bench]:
    """Twin and desk, up and connected."""
    with a_twin(**more) as twin:
        port = free_port()
        settings = slack_settings(twin, mode, port)
        with prepared_ledger(home) as ledger, open_desk(home, ledger, settings) as (desk, answerer):
            door = SlackDoor(settings, desk, ledger)
            door.start()
            if mode == "http":
                twin.http(f"http://127.0.0.1:{port}/slack/events")
            try:
                yield Bench(twin, ledger, desk, door, answerer, home)
            finally:
                door.stop()


@contextmanager
def prepared_ledger(home: Path) -> Iterator[Ledger]:
    """The log with its tables; who belongs where is registered the first time."""
    ledger = sqlite_log(home, "madoguchi.db")
    try:
        if not ledger.read(lambda session: Registry(session).channels()):
            register(ledger)
        yield ledger
    finally:
        ledger.close()


@contextmanager
def open_desk(
    home: Path, ledger: Ledger, settings: SlackSettings, place: Place = CARDS, gap_s: float = QUICK_S
) -> Iterator[tuple[Desk, Scripted]]:
    """The desk over the real engine, with the scripted answerer; what a crash left goes on.

    Its posts keep a quick pace: the stand-in takes as many as come, unless it is told otherwise.
    """
    answerer = Scripted(ledger)
    engine = Engine(ledger, f"sqlite:///{home / 'workflows.db'}", DeskSettings())
    try:
        postman = postman_from(settings, ledger, files_of(home, ledger, settings))
        assert postman is not None
        streamer = streamer_from(settings, ledger)
        streaming = Streaming(ledger, {Channel.SLACK: streamer} if streamer else {}, between_s=0)
        consulting = Consulting(ledger, answerer, lambda: place, streaming)
        asides = Asides(ledger, answerer, partial(found_in, ledger), lambda: place)
        engine.launch(consulting, Posting(ledger, {Channel.SLACK: postman}, gap_s=gap_s), asides)
        desk = Desk(ledger, engine, place)
        desk.heal()
        yield desk, answerer
    finally:
        engine.close()


def files_of(home: Path, ledger: Ledger, settings: SlackSettings) -> Files:
    """Where files lie: in Slack, and what the web took, under the key of this home."""
    holding = Holding(ledger, seal_from("", home, ledger), settings.largest_file)
    return Files(holding, slack_files_from(settings, ledger))


def a_postman(twin: SlackTwin, ledger: Ledger, links: Links = Links("")) -> SlackPostman:  # noqa: B008  frozen
    """A postman without a desk; of files it has Slack's alone."""
    settings = slack_settings(twin, "socket")
    files = slack_files_from(settings, ledger)
    assert files is not None
    return SlackPostman(OneWorkspace(settings), ledger, links, files)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def slack_settings(twin: SlackTwin, mode: str, port: int = 3000) -> SlackSettings:
    return SlackSettings.model_validate(
        {name.lower(): value for name, value in twin.environ().items()}
        | {"MADOGUCHI_SLACK_MODE": mode, "MADOGUCHI_SLACK_PORT": port}
    )


@contextmanager
def a_twin(**more: object) -> Iterator[SlackTwin]:
    """Two bodies' channels, the consultants' channel, and people."""
    with SlackTwin(manifest_scopes(), manifest_events(), **more) as twin:  # type: ignore[arg-type]
        for user in (STAFF, COLLEAGUE, OTHER_STAFF, STRANGER, SATO, KATO):
            twin.user(user, TEAM, user.removeprefix("U0").title())
        twin.channel(SHINGU, TEAM, [STAFF, COLLEAGUE])
        twin.channel(MINATO, TEAM, [OTHER_STAFF], private=True)
        twin.channel(CONSULTANTS, TEAM, [SATO, KATO, COLLEAGUE], private=True)
        yield twin


def manifest() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((Path(__file__).parents[2] / "manifest.yaml").read_text())
    return found


def manifest_scopes() -> list[str]:
    scopes: list[str] = manifest()["oauth_config"]["scopes"]["bot"]
    return scopes


def manifest_events() -> list[str]:
    events: list[str] = manifest()["settings"]["event_subscriptions"]["bot_events"]
    return events


def register(ledger: Ledger) -> None:
    """Two bodies with a channel each, a member, two consultants, two materials, one of them not for all."""
    now = datetime.now(UTC)

    def deed(session: object) -> None:
        registry = Registry(session)  # type: ignore[arg-type]
        registry.add_municipality(municipality(BODY, "新座市", "埼玉県"), now)
        registry.add_municipality(municipality(OTHER, "港区", "東京都"), now)
        registry.join_channel(TEAM, SHINGU, BODY)
        registry.join_channel(TEAM, MINATO, OTHER)
        registry.join_member(TEAM, STAFF, BODY)
        registry.add_consultant("佐藤", SATO, (), (), now)
        registry.add_consultant("加藤", KATO, (), (), now)
        library = Library(session)  # type: ignore[arg-type]
        text = f"市は保育所の入所選考にAIを試した。{QUOTE}ただし最終の決定は職員が行う。"
        library.publish("a.pdf", "1", _material("保育所AI事例集", None), [_piece("p.12", text)], now)
        library.publish(
            "b.pdf", "1", _material("新座市だけの資料", BODY), [_piece("p.90", "内部の数字は42だった。")], now
        )

    ledger.write(deed)


def _material(title: str, body: MunicipalityCode | None) -> Material:
    seers = frozenset({body}) if body else None
    return Material(title, MaterialKind.BEST_PRACTICE, date(2020, 3, 1), "総務省 事例集", "public", None, None, seers)


def _piece(locator: str, text: str) -> Piece:
    return Piece(locator, ("第1章",), text, tuple(f"{part}。" for part in text.split("。") if part))


def logged(bench: Bench) -> list[InquiryRow]:
    return [line.inquiry for line in bench.ledger.read(lambda session: Pages(session).log(LogFilter()))]


def settle(bench: Bench, wait_s: float = 0.7) -> None:
    """Time for something that must not come."""
    with pytest.raises(TimeoutError):
        bench.twin.wait(lambda _: False, wait_s)
