"""`madoguchi run`: the whole desk in one process: durable flow, web, and Slack when tokens are set."""

import secrets
import signal
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import structlog
import typer

from consultation.errors import BadInput
from ingest.sync import Fate, Wish
from madoguchi.house import House, open_house
from madoguchi.ownership import Door, opened_door
from madoguchi.reach import operations
from madoguchi.settings import Settings
from madoguchi.starting import has_accounts
from review.app import web_app
from review.exposure import check_exposure
from review.parts import WebParts
from review.serve import Server
from review.settings import is_loopback

log = structlog.get_logger()

LOOPBACK = "127.0.0.1"


def run_desk(settings: Settings, host: str | None, port: int | None, materials: Path | None) -> None:
    """Open everything, say where, and serve until told to stop."""
    stop = threading.Event()
    for told in (signal.SIGTERM, signal.SIGINT):
        signal.signal(told, lambda *_: stop.set())
    with open_house(settings) as house, ExitStack() as stack:
        following = Following(house, materials)
        address = stack.enter_context(_web(house, following, host, port))
        slack = stack.enter_context(_slack(house))
        typer.echo(f"窓口を開きました: {address}")
        typer.echo(
            "Slackにも接続しています。" if slack else "Slackのトークンがないため、ウェブ画面だけで動いています。"
        )
        following.start()
        stop.wait()
        typer.echo("窓口を閉じます。")


class Following:
    """Brings the starter materials in and lets the vectors follow, beside the desk; says how far it is."""

    def __init__(self, house: House, materials: Path | None) -> None:
        self._house = house
        self._materials = materials
        self._reading = materials is not None
        self._fault: str | None = None

    def start(self) -> None:
        threading.Thread(target=self._follow, name="following", daemon=True).start()

    def sentence(self) -> str | None:
        """What a user should know of the index now; None when all is well."""
        if self._fault is not None:
            return f"検索用の索引に問題があります（{self._fault}）。言葉の一致だけで探しています。"
        if self._reading:
            return "資料を取り込んでいます。まだ見つからない資料があります。"
        state = self._house.knowledge.state()
        if state.pending:
            done = f"{state.vectors}/{state.passages}"
            return f"検索用の索引を準備しています（{done}）。できた分から使い、残りは言葉の一致だけで探しています。"
        return None

    def _follow(self) -> None:
        try:
            if self._materials is not None:
                for report in self._house.intake.bring_in([self._materials], Wish()):
                    if report.fate is Fate.FAILED:
                        log.warning("material_failed", path=report.path, reason=report.reason)
                self._reading = False
            state = self._house.knowledge.refresh()
            typer.echo(f"資料の準備ができました（{state.vectors}件、モデル {state.model}）。")
        except Exception as fault:
            self._reading = False
            self._fault = fault.reason if isinstance(fault, BadInput) else "索引を準備できませんでした"
            log.error("following_failed", fault=type(fault).__name__, exc_info=not isinstance(fault, BadInput))


@contextmanager
def _web(house: House, following: Following, host: str | None, port: int | None) -> Iterator[str]:
    review = house.settings.review
    bound = host or review.host
    check_exposure(bound, has_accounts(house.ledger))
    token = secrets.token_urlsafe(32)
    parts = WebParts(
        ledger=house.ledger,
        desk=house.desk,
        settings=review,
        index_state=following.sentence,
        operations=operations(house, lambda: server.address),
        control_token=token,
        demo=review.demo and is_loopback(bound),
        gate_state=house.knowledge.guard.sentence,
        articles=house.articles,
        files=house.files,
    )
    app = web_app(parts)
    server = Server(app, bound, review.port if port is None else port)
    # Commands come over loopback only: a desk that listens elsewhere takes them at a port of its own.
    door = server if is_loopback(bound) else Server(app, LOOPBACK, 0)
    with _serving(server), _serving(door), opened_door(house.settings.records.home, Door(door.address, token)):
        yield server.address


@contextmanager
def _serving(server: Server) -> Iterator[None]:
    if server.is_serving:
        yield
        return
    server.start()
    try:
        yield
    finally:
        server.stop()


@contextmanager
def _slack(house: House) -> Iterator[bool]:
    settings = house.settings.slack
    if not settings.is_used:
        yield False
        return
    from bot.door import SlackDoor  # half a second, which who uses no Slack need not wait

    door = SlackDoor(settings, house.desk, house.ledger)
    door.start()
    try:
        yield True
    finally:
        door.stop()
