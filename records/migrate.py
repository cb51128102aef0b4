"""Bringing the log's tables up to date: Alembic, from the first day."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, IntegrityError

from consultation.errors import WrongSetting

SCRIPTS = Path(__file__).parent / "migrations"


def migrate(engine: Engine) -> None:
    """Upgrade the database to the newest revision. Raises WrongSetting when it cannot be opened."""
    _knock(engine)
    with remaking(engine) as connection:
        command.upgrade(configuration(connection), "head")


@contextmanager
def remaking(engine: Engine) -> Iterator[Connection]:
    """A transaction in which SQLite may make a table anew that others refer to; at its end every reference holds."""
    with engine.connect() as connection:
        if engine.dialect.name != "sqlite":
            with connection.begin():
                yield connection
            return
        driver = connection.connection.driver_connection
        if driver is None:
            raise LookupError("a connection without its driver")
        driver.execute("PRAGMA foreign_keys=OFF")  # counts only outside of a transaction
        try:
            with connection.begin():
                yield connection
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
                if broken is not None:
                    raise IntegrityError(f"a row of {broken[0]} refers to nothing", None, LookupError(broken[2]))
        finally:
            driver.execute("PRAGMA foreign_keys=ON")


def _knock(engine: Engine) -> None:
    """A transaction of its own: a fault in the upgrade itself is a bug, and is not to be told as a wrong setting."""
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql("SELECT 1")
    except DBAPIError as error:
        why = str(error.orig).partition("\n")[0]
        raise WrongSetting(
            f"相談記録のデータベースを開けません（{why}）。"
            "MADOGUCHI_HOME と MADOGUCHI_DATABASE_URL の設定と、データベースが動いているかをご確認ください。"
        ) from error


def configuration(connection: object) -> Config:
    """Alembic's configuration on an open connection."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    return config
