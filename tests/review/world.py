"""The web on a real log and a real durable flow; only what is said to a question is written down beforehand."""

import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet
from fastapi import FastAPI
from starlette.testclient import TestClient

from answering.answerer import NOTHING
from answering.question import Question
from answering.telling import Tell
from consultation.municipality import Municipality, check_digit, municipality
from consultation.outcome import Answer, Citation, Clarification, Finding, Handoff, Outcome, Reason, Refusal
from consultation.passage import MaterialKind, Passage
from desk.articles import ArticleDesk
from desk.asides import Asides
from desk.consulting import Consulting
from desk.desk import Desk
from desk.engine import Engine
from desk.files import Files
from desk.holding import Holding
from desk.posting import Posting
from desk.sealing import Seal
from desk.settings import DeskSettings
from records.accounts import Account, Accounts, Profile, Role, demo_login
from records.ledger import Ledger
from records.library import Library, Material, Piece
from records.pages import Pages
from records.registry import Registry
from review.app import web_app
from review.parts import Operation, WebParts
from review.passwords import hashed
from review.settings import ReviewSettings
from tests.records.databases import sqlite_log

HERE = "http://127.0.0.1:8080"
TOKEN = "the-control-token"
LARGEST_FILE = 2 * 1024 * 1024  # two pieces: as good as twenty
PASSWORD = "correct horse battery"
QUOTE = "約50時間かかっていた入所選考が、AIにより数秒で終わりました。"
PASSAGE = (
    f"見本市では、職員が手作業で割り当てていました。{QUOTE}申請書の入力の時間は含みません。<b>太字</b>ではありません。"
)
ANSWER = (
    f"お答えします。\n【結論】\n「{QUOTE}」[1]\n【根拠】\n[1] 優良事例08（効果）　時点：2018年11月12日\n"
    "【留意点】\n・貴団体で同じ効果になるとは限りません。\n【次にすること】\n・出典を開いてご確認ください。"
)
NEAR = f"引き継ぎました。\n【参考】\n確かな答えではありません。\n[1] 優良事例08（効果）\n　「{QUOTE}」"
CHOICES = ("保育の入所選考", "税務の入力")


def body(five: str, name: str) -> Municipality:
    return municipality(f"{five}{check_digit(five)}", name, "埼玉県")


OURS, THEIRS = body("11999", "見本町"), body("11998", "隣町")


@dataclass
class Scripted:
    """Answers by the first words of a question."""

    citation: Citation
    delay_s: float = 0.0
    asked: list[str] = field(default_factory=list)

    def consider(self, question: Question, _tell: Tell) -> Finding:
        self.asked.append(question.text)
        time.sleep(self.delay_s)
        features = {"coverage": 0.8125, "unknown_feature": 1.0}
        outcome = self._outcome(question.text)
        if isinstance(outcome, Handoff):
            outcome = replace(outcome, asks_consent=question.asks_consent)
        return Finding(outcome, 0.87, features, {"gate": "g1", "corpus": "c1"}, {"retrieve": 12, "decide": 1})

    def _outcome(self, text: str) -> Outcome:
        cited = (self.citation,)
        if text.startswith("引継ぎ"):
            return Handoff(Reason.NOT_IN_MATERIALS, "担当コンサルタントに引き継ぎました。", cited, "下書きの文です。")
        if text.startswith("近い"):
            return Handoff(
                Reason.LOW_CONFIDENCE, NEAR, (replace(self.citation, is_reference=True),), "下書きの文です。"
            )
        if text.startswith("どれ") and "（" not in text:
            return Clarification(Reason.AMBIGUOUS, "どちらについてのご質問ですか。", CHOICES)
        if text.startswith("天気"):
            return Refusal(Reason.OUT_OF_SCOPE, "この窓口ではお答えできません。")
        return Answer(Reason.GROUNDED, ANSWER, cited)


@dataclass
class World:
    """The web's parts, and how to look at it as somebody."""

    ledger: Ledger
    desk: Desk
    answerer: Scripted
    articles: ArticleDesk
    files: Files
    operations: dict[str, Operation] = field(default_factory=dict)
    index_state: str | None = None
    gate_state: str | None = None
    people: int = 0

    def parts(self, *, demo: bool = True, **settings: Any) -> WebParts:
        return WebParts(
            self.ledger,
            self.desk,
            ReviewSettings(**settings),
            lambda: self.index_state,
            self.operations,
            TOKEN,
            demo,
            lambda: self.gate_state,
            self.articles,
            self.files,
        )

    def app(self, *, demo: bool = True, **settings: Any) -> FastAPI:
        return web_app(self.parts(demo=demo, **settings))

    def account(self, role: Role, of: Municipality = OURS) -> Account:
        """A new account that can sign in with PASSWORD."""
        self.people += 1
        name, now = f"利用者{self.people}", datetime.now(UTC)

        def deed(session: Any) -> Account:
            consultant = Registry(session).add_consultant(name, None, (), (), now).id
            profile = Profile(
                f"person{self.people}",
                name,
                role,
                of.code if role is Role.STAFF else None,
                consultant if role is Role.CONSULTANT else None,
            )
            accounts = Accounts(session)
            invitation = accounts.invite(profile, now, now + timedelta(days=1))
            return accounts.accept(invitation.token, HASH, now)

        return self.ledger.write(deed)

    def browser(self, app: FastAPI | None = None) -> "Browser":
        return Browser(
            TestClient(app or self.app(), base_url=HERE, client=("127.0.0.1", 50000), follow_redirects=False)
        )

    def signed_in(self, role: Role, of: Municipality = OURS, app: FastAPI | None = None) -> "Browser":
        """Signed in behind the form's back: test_signing goes through it, and a password costs a tenth of a second."""
        browser, now = self.browser(app), datetime.now(UTC)
        account = self.account(role, of)
        token = self.ledger.write(lambda session: Accounts(session).open_session(account.id, now, now + timedelta(1)))
        browser.client.cookies.set("madoguchi-session", token, domain="127.0.0.1")
        browser.get("/sign-in")
        return browser

    def asked(self, browser: "Browser", text: str, *files: tuple[str, bytes]) -> str:
        """Ask, wait for the outcome, and give the conversation's path."""
        browser.get("/")
        answer = browser.post("/ask", text=text, nonce=browser.field("nonce"), files=files)
        path = answer.headers["location"].partition("#")[0]
        self.settled()
        return path

    def settled(self) -> None:
        """Until every question entered so far is decided."""
        deadline = time.monotonic() + 20
        while self.ledger.read(lambda session: Pages(session).unstarted()):
            assert time.monotonic() < deadline, "a question stayed undecided"
            time.sleep(0.02)


HASH = hashed(PASSWORD, PASSWORD)


class Browser:
    """A browser without JavaScript: keeps cookies and the last page, sends its form token."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.page = ""

    def get(self, path: str, **headers: str) -> Any:
        response = self.client.get(path, headers=headers)
        self.page = response.text
        return response

    def post(
        self,
        path: str,
        headers: dict[str, str] | None = None,
        files: Sequence[tuple[str, bytes]] = (),
        **fields: str | list[str],
    ) -> Any:
        chosen = [("files", file) for file in files]
        data = {"csrf": self.field("csrf")} | fields
        response = self.client.post(path, data=data, files=chosen or None, headers=headers)
        if not response.is_redirect:
            self.page = response.text
        return response

    def field(self, name: str) -> str:
        found = re.search(rf'name="{name}" value="([^"]*)"', self.page)
        return found[1] if found else ""

    def sign_in(self, login: str, password: str = PASSWORD, target: str = "/") -> Any:
        self.get("/sign-in")
        response = self.post("/sign-in", login=login, password=password, next=target)
        if response.status_code == 303:
            self.get("/sign-in")  # a page with the new session's token
        return response


@contextmanager
def open_world(home: Path) -> Iterator[World]:
    """A world in a folder. One at a time in a process: the workflow engine is one."""
    ledger = sqlite_log(home)
    answerer = Scripted(_citation(ledger.write(_seed)))
    engine = Engine(ledger, f"sqlite:///{home / 'workflows.db'}", DeskSettings())
    try:
        asides = Asides(ledger, answerer, lambda *_: NOTHING, lambda: None)
        engine.launch(Consulting(ledger, answerer, lambda: None), Posting(ledger, {}), asides)
        articles = ArticleDesk(ledger, engine, lambda: None, lambda *_: NOTHING)
        files = Files(Holding(ledger, Seal([Fernet.generate_key()]), LARGEST_FILE), None)
        yield World(ledger, Desk(ledger, engine, None), answerer, articles, files)
    finally:
        engine.close()
        ledger.close()


def _seed(session: Any) -> Passage:
    now, registry, accounts = datetime.now(UTC), Registry(session), Accounts(session)
    for one in (OURS, THEIRS):
        registry.add_municipality(one, now)
    consultant = registry.add_consultant("見本 太郎", None, (), (), now)
    for role in Role:
        accounts.ensure_demo(
            Profile(
                demo_login(role),
                f"お試し{role}",
                role,
                OURS.code if role is Role.STAFF else None,
                consultant.id if role is Role.CONSULTANT else None,
            ),
            now,
        )
    material = Material("優良事例08", MaterialKind.BEST_PRACTICE, date(2018, 11, 12), "報道", "報道", None, None, None)
    sentences = tuple(found for found in PASSAGE.partition(QUOTE) if found)
    library = Library(session)
    library.publish("bp08.md", "f", material, [Piece("見出し『効果』", ("効果",), PASSAGE, sentences)], now)
    return library.live()[0]


def _citation(passage: Passage) -> Citation:
    return Citation(passage.id, passage.document_id, 1, passage.title, passage.locator, QUOTE, 0.9123)
