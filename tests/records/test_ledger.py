"""The ledger: one writer at a time, waits that end, and words that do not leak through errors or leave in the file."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from consultation.errors import Unavailable, WrongSetting
from consultation.inquiry import MessageKey
from records.book import Book
from records.ledger import Ledger, Session
from records.migrate import migrate
from records.pages import Pages
from records.registry import Registry
from records.turns import BUSY_TIMEOUT_MS
from tests.records import stock
from tests.records.databases import sqlite_database
from tests.records.locking import locked
from tests.records.stock import CHIBA, NOW, SAITAMA, enter, inquiry

CANARY = "カナリア7391"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return Path(sqlite_database(tmp_path).removeprefix("sqlite:///"))


@pytest.fixture
def on_file(file: Path) -> Iterator[Ledger]:
    ledger = Ledger(f"sqlite:///{file}")
    stock.register(ledger, SAITAMA)
    yield ledger
    ledger.close()


def test_a_failed_deed_leaves_nothing(ledger: Ledger) -> None:
    def deed(session: Session) -> None:
        Registry(session).add_municipality(SAITAMA, NOW)
        Registry(session).add_municipality(CHIBA, NOW)
        raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError):
        ledger.write(deed)

    assert ledger.read(lambda session: Registry(session).municipalities()) == []


def test_a_lost_race_is_run_again(ledger: Ledger) -> None:
    """Eight threads begin the same series, consultation and turn at once; each loses to those before it."""
    stock.register(ledger, SAITAMA)

    entered = stock.at_once([lambda key=f"k{n}": enter(ledger, inquiry(key, thread="1.1")) for n in range(8)])

    assert {one.number for one in entered} == {"R08-KANTO-0001"}


def test_a_rule_that_is_broken_for_good_is_told(ledger: Ledger) -> None:
    with pytest.raises(IntegrityError):
        ledger.write(lambda session: Registry(session).join_channel("T1", "C1", SAITAMA.code))


def test_an_error_of_the_database_does_not_tell_words(ledger: Ledger) -> None:
    with pytest.raises(IntegrityError) as told:
        ledger.write(lambda session: Registry(session).join_channel("T1", CANARY, SAITAMA.code))

    assert CANARY not in str(told.value)


def test_a_locked_database_ends_the_write_soon(ledger: Ledger) -> None:
    stock.register(ledger, SAITAMA)
    with locked(ledger.url, 4.0):
        began = time.monotonic()
        with pytest.raises(Unavailable):
            enter(ledger, inquiry("k1"))
        took_s = time.monotonic() - began

    assert took_s < BUSY_TIMEOUT_MS / 1000 + 0.8
    assert ledger.read(lambda session: Pages(session).inquiry_of(MessageKey("k1"))) is None
    assert enter(ledger, inquiry("k1")).is_new


def test_writers_of_one_process_take_turns(ledger: Ledger) -> None:
    """None is passed over until its time is up, as SQLite's own waiting lets happen."""
    turns: list[float] = []

    def write() -> None:
        def deed(session: Session) -> None:
            Registry(session).municipalities()
            time.sleep(0.02)
            turns.append(time.monotonic())

        for _ in range(3):
            ledger.write(deed)

    stock.at_once([write] * 20)

    assert len(turns) == 60


def test_a_writer_that_fails_gives_its_turn_back(ledger: Ledger) -> None:
    def deed(session: Session) -> None:
        Registry(session).join_channel("T1", "C1", SAITAMA.code)

    for _ in range(2):
        with pytest.raises(IntegrityError):
            ledger.write(deed)

    stock.register(ledger, SAITAMA)
    ledger.write(deed)


def test_reading_goes_on_beside_a_writer(on_file: Ledger) -> None:
    with locked(on_file.url, 30.0):
        began = time.monotonic()
        assert on_file.read(lambda session: Registry(session).municipalities()) == [SAITAMA]

    assert time.monotonic() - began < 20


def test_reading_does_not_keep_writers_out(on_file: Ledger) -> None:
    def view(session: Session) -> bool:
        Registry(session).municipalities()
        other = sqlite3.connect(on_file.url.removeprefix("sqlite:///"), timeout=0.2)
        other.execute("BEGIN IMMEDIATE")  # raises where a lock stands against it
        other.rollback()
        other.close()
        return True

    assert on_file.read(view)


def test_too_many_at_once_are_told_so_soon(on_file: Ledger) -> None:
    release = threading.Event()

    def occupy() -> None:
        on_file.read(lambda session: session.execute(text("SELECT 1")) and release.wait(10))

    threads = [threading.Thread(target=occupy) for _ in range(30)]
    for thread in threads:
        thread.start()
    time.sleep(0.5)
    began = time.monotonic()
    with pytest.raises(Unavailable):
        on_file.read(lambda session: Registry(session).municipalities())
    took_s = time.monotonic() - began
    release.set()
    for thread in threads:
        thread.join()

    assert took_s < BUSY_TIMEOUT_MS / 1000 + 0.8


def test_withdrawn_words_are_gone_from_the_file(on_file: Ledger, file: Path) -> None:
    enter(on_file, inquiry("k1", CANARY * 50))
    assert CANARY.encode() in file.read_bytes()

    on_file.write(lambda session: Book(session).withdraw(MessageKey("k1"), NOW))

    assert CANARY.encode() not in file.read_bytes()


def test_the_file_keeps_the_rollback_journal(on_file: Ledger) -> None:
    assert on_file.read(lambda session: session.scalar(text("PRAGMA journal_mode"))) == "delete"


def test_a_database_that_cannot_be_opened_is_told_as_a_wrong_setting(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("これはデータベースではありません。" * 100)
    for url in (
        f"sqlite:///{tmp_path / 'gone' / 'log.db'}",
        f"sqlite:///{tmp_path / 'text.db'}",
        "postgresql+psycopg://madoguchi:secret@127.0.0.1:1/madoguchi",
    ):
        ledger = Ledger(url)
        with pytest.raises(WrongSetting, match="MADOGUCHI_DATABASE_URL") as told:
            migrate(ledger.engine)
        ledger.close()

        assert "secret" not in told.value.reason
        assert "\n" not in told.value.reason
