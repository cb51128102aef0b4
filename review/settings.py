"""Settings of the web."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

LOOPBACK_NAMES = frozenset({"localhost"})


class ReviewSettings(BaseSettings):
    """Settings of the web desk."""

    model_config = SettingsConfigDict(env_prefix="MADOGUCHI_", frozen=True, extra="ignore")

    host: str = Field(
        "127.0.0.1",
        min_length=1,
        description="Web画面が待ち受けるアドレス。アカウントが1件もない間は、このパソコンの中（127.0.0.1）に限ります。",
    )
    port: int = Field(
        8080, ge=0, le=65535, description="Web画面が待ち受けるポート番号。0なら空いている番号を使います。"
    )
    public_url: str = Field(
        "", description="利用者から見たWeb画面のURL（例: https://madoguchi.example.jp）。空ならこのパソコンの中だけ。"
    )
    demo: bool = Field(True, description="このパソコンの中からに限り、登録なしで各役割を試せるようにするか。")
    session_hours: int = Field(12, ge=1, le=168, description="サインインが続く時間（時間）。")
    invitation_days: int = Field(7, ge=1, le=30, description="招待リンクの有効期間（日）。")

    @field_validator("public_url")
    @classmethod
    def _web_address(cls, value: str) -> str:
        if value and (urlsplit(value).scheme not in {"http", "https"} or not urlsplit(value).hostname):
            raise ValueError("http:// または https:// で始まるURLにしてください")
        return value.rstrip("/")

    @property
    def is_public(self) -> bool:
        """Whether the web is reached under a name that is not this machine's own."""
        return bool(self.public_url) and not is_loopback(urlsplit(self.public_url).hostname or "")


def is_loopback(host: str) -> bool:
    """Whether a host name or address (without port) means this machine."""
    name = host.strip("[]").rstrip(".").lower()
    if name in LOOPBACK_NAMES:
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False
