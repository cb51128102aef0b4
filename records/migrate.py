"""Bringing the log's tables up to date: Alembic, from the first day."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from consultation.errors import WrongSetting

SCRIPTS = Path(__file__).parent / "migrations"


def migrate(engine: Engine) -> None:
    """Upgrade the database to the newest revision. Raises WrongSetting when it cannot be opened."""
    _knock(engine)
    with engine.begin() as connection:
        command.upgrade(configuration(connection), "head")


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
