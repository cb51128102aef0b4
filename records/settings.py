"""Where the log's database is."""

from pathlib import Path

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

DRIVERS = frozenset({"sqlite", "postgresql+psycopg"})
SCHEMES = ("postgresql://", "postgres://")


class RecordsSettings(BaseSettings):
    """Settings of the records."""

    model_config = SettingsConfigDict(env_prefix="MADOGUCHI_", frozen=True, extra="ignore")

    home: Path = Field(Path("var"), description="すべての状態（データベース、索引、鎖錠）を置くフォルダ。")
    database_url: str = Field(
        "", description="相談記録のデータベース。空なら MADOGUCHI_HOME の SQLite。postgresql://… も使えます。"
    )

    @field_validator("database_url")
    @classmethod
    def _of_a_known_database(cls, value: str) -> str:
        if value and _driver(_with_our_driver(value)) not in DRIVERS:
            raise ValueError(
                "postgresql://利用者:パスワード@ホスト:ポート/名前 か sqlite:///ファイルのパス の形にしてください"
            )
        return value

    @property
    def url(self) -> str:
        """The database's URL with our driver; SQLite's file lies in home."""
        if not self.database_url:
            return f"sqlite:///{(self.home / 'madoguchi.db').absolute()}"
        return _with_our_driver(self.database_url)


def _with_our_driver(url: str) -> str:
    for scheme in SCHEMES:
        if url.startswith(scheme):
            return "postgresql+psycopg://" + url.removeprefix(scheme)
    return url


def _driver(url: str) -> str:
    """The driver's name; empty where the URL cannot be read."""
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        return make_url(url).drivername
    except (ArgumentError, ValueError):  # ValueError: a port that is no number
        return ""
