"""Bringing the log's tables up to date: Alembic, from the first day."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

SCRIPTS = Path(__file__).parent / "migrations"


def migrate(engine: Engine) -> None:
    """Upgrade the database to the newest revision."""
    with engine.begin() as connection:
        command.upgrade(configuration(connection), "head")


def configuration(connection: object) -> Config:
    """Alembic's configuration on an open connection."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    return config
