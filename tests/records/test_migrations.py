"""The migrations: they lead from nothing to the models and back, once, and leave other tables alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError

import records.tables  # noqa: F401  fills the metadata
from consultation.case import CaseDeed, CaseState
from consultation.outcome import Reason
from records.base import Base, Moment, Words
from records.book import CONSULTANT, Book
from records.casebook import CaseBook
from records.ledger import Ledger, Session
from records.migrate import configuration, migrate, remaking
from records.pages import Pages
from records.postbook import PostBook
from records.registry import Registry
from records.replies import ReplyBook
from tests.records import stock

STRANGERS = ("dbos_migrations", "workflow_status", "transaction_completion")


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database without any table."""
    url = f"sqlite:///{tmp_path / 'new.db'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres").new()
    ledger = Ledger(url)
    yield ledger.engine
    ledger.close()


def tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names())


def differences(connection: Connection) -> list[object]:
    def same(_context: object, _column: object, _theirs: object, _shown: object, ours: object) -> bool | None:
        return False if isinstance(ours, Moment | Words) else None  # they are kept as DateTime and String

    options = {"compare_type": same, "include_name": lambda name, kind, _: kind != "table" or name not in STRANGERS}
    context = MigrationContext.configure(connection, opts=options)
    return compare_metadata(context, Base.metadata)


def test_upgrading_from_nothing_makes_the_models(engine: Engine) -> None:
    migrate(engine)

    assert tables(engine) == {*Base.metadata.tables, "alembic_version"}
    with engine.connect() as connection:
        assert differences(connection) == []


def test_downgrading_leaves_nothing(engine: Engine) -> None:
    migrate(engine)
    with engine.begin() as connection:
        command.downgrade(configuration(connection), "base")

    assert tables(engine) == {"alembic_version"}
    migrate(engine)
    assert tables(engine) == {*Base.metadata.tables, "alembic_version"}


def test_a_database_that_is_up_to_date_is_not_touched(engine: Engine) -> None:
    migrate(engine)
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO counter (series, last) VALUES ('R08-KANTO', 7)"))

    migrate(engine)

    with engine.connect() as connection:
        assert connection.scalar(text("SELECT last FROM counter")) == 7


def test_the_workflow_engines_tables_are_left_alone(engine: Engine) -> None:
    with engine.begin() as connection:
        for name in STRANGERS:
            connection.execute(text(f"CREATE TABLE {name} (id INTEGER)"))
            connection.execute(text(f"INSERT INTO {name} VALUES (1)"))  # noqa: S608
    migrate(engine)
    with engine.begin() as connection:
        command.check(configuration(connection))  # raises where a new revision would change anything
        command.downgrade(configuration(connection), "base")

    with engine.connect() as connection:
        assert [connection.scalar(text(f"SELECT id FROM {name}")) for name in STRANGERS] == [1, 1, 1]  # noqa: S608


def test_revisions_are_one_line(engine: Engine) -> None:
    with engine.connect() as connection:
        script = ScriptDirectory.from_config(configuration(connection))

    assert len(script.get_heads()) == 1
    assert all(len(revision.nextrev) <= 1 for revision in script.walk_revisions())


def test_an_interrupted_upgrade_leaves_nothing(engine: Engine) -> None:
    """Both databases make tables in transactions: a kill half way is as if it never began."""
    with engine.connect() as connection, connection.begin() as transaction:
        command.upgrade(configuration(connection), "head")
        transaction.rollback()

    assert tables(engine) == set()


def test_of_what_was_resolved_before_it_could_be_asked_nobody_is_asked(engine: Engine) -> None:
    migrate(engine)
    ledger = Ledger(engine.url.render_as_string(hide_password=False))
    stock.register(ledger, stock.SAITAMA)
    asked = stock.enter(ledger, stock.inquiry()).inquiry_id
    case, _ = ledger.write(lambda s: CaseBook(s).open_for(asked, Reason.URGENT, "desk", stock.NOW))
    one = ledger.write(lambda s: Registry(s).add_consultant("担当", None, (), (), stock.NOW))
    for deed in (CaseDeed.CLAIM, CaseDeed.RESOLVE):
        ledger.write(lambda s, deed=deed: CaseBook(s).move(case, deed, one.id, stock.NOW))

    with remaking(engine) as connection:
        command.downgrade(configuration(connection), "0009")
    migrate(engine)

    assert ledger.read(lambda session: Pages(session).case(case)).state is CaseState.CLOSED
    with pytest.raises(DBAPIError), engine.begin() as connection:  # references are watched again
        connection.execute(text("UPDATE case_event SET case_id = 'none'"))
    ledger.close()


def test_what_was_sent_before_is_known_by_its_case(engine: Engine) -> None:
    """So that its owner may correct it; who sent it was kept by name only."""
    migrate(engine)
    ledger = Ledger(engine.url.render_as_string(hide_password=False))
    stock.register(ledger, stock.SAITAMA)
    asked = stock.enter(ledger, stock.inquiry())
    case, _ = ledger.write(lambda s: CaseBook(s).open_for(asked.inquiry_id, Reason.URGENT, "desk", stock.NOW))

    def send(session: Session) -> str | None:
        turn_id = Book(session).say(asked.consultation_id, "r1", CONSULTANT, "担当", "回答", stock.NOW)
        for purpose in ("reply", "sent"):
            PostBook(session).plan(purpose, stock.inquiry().place, stock.NOW, case_id=case, turn_id=turn_id)
        return turn_id

    turn_id = ledger.write(send)
    with remaking(engine) as connection:
        command.downgrade(configuration(connection), "0010")
    migrate(engine)

    [reply] = ledger.read(lambda session: ReplyBook(session).in_case(case))
    assert (reply.turn.id, reply.turn.text, reply.sender) == (turn_id, "回答", None)
    ledger.close()
