"""Where the log's database is."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class RecordsSettings(BaseSettings):
    """Settings of the records."""

    model_config = SettingsConfigDict(env_prefix="MADOGUCHI_", frozen=True, extra="ignore")

    home: Path = Field(Path("var"), description="すべての状態（データベース、索引、鎖錠）を置くフォルダ。")
    database_url: str = Field(
        "", description="相談記録のデータベース。空なら MADOGUCHI_HOME の SQLite。postgresql://… も使えます。"
    )

    @property
    def url(self) -> str:
        """The database's URL with our driver; SQLite's file lies in home."""
        if not self.database_url:
            return f"sqlite:///{(self.home / 'madoguchi.db').absolute()}"
        for scheme in ("postgresql://", "postgres://"):
            if self.database_url.startswith(scheme):
                return "postgresql+psycopg://" + self.database_url.removeprefix(scheme)
        return self.database_url
