"""Settings of the Slack side. Bolt's own SLACK_CLIENT_ID and SLACK_CLIENT_SECRET are none of them, on purpose."""

from enum import StrEnum
from pathlib import Path
from typing import Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from consultation.attachment import MB
from consultation.errors import WrongSetting


class SlackMode(StrEnum):
    SOCKET = "socket"
    HTTP = "http"


class SlackSettings(BaseSettings):
    """Settings of Slack; without a bot token (one workspace) or a client (several) the desk runs without Slack."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore")

    slack_bot_token: SecretStr = Field(
        SecretStr(""), description="SlackのBot User OAuth Token（xoxb-）。空ならSlackなしで動きます。"
    )
    slack_app_token: SecretStr = Field(
        SecretStr(""), description="SlackのApp-Level Token（xapp-、connections:write）。ソケットモードに要ります。"
    )
    slack_signing_secret: SecretStr = Field(
        SecretStr(""), description="SlackのSigning Secret。HTTPで受けるときに要ります。"
    )
    slack_api_url: str = Field(
        "https://slack.com/api/", pattern=r"^https?://", description="SlackのWeb APIの基底URL。ふだんは変えません。"
    )
    slack_mode: SlackMode = Field(
        SlackMode.SOCKET,
        validation_alias="MADOGUCHI_SLACK_MODE",
        description="Slackからの受け取り方。socket（外に口を開けない）か http。",
    )
    slack_client_id: str = Field(
        "",
        validation_alias="MADOGUCHI_SLACK_CLIENT_ID",
        description="SlackアプリのClient ID。複数のワークスペースに入れて使うとき（http）だけ設定します。",
    )
    slack_client_secret: SecretStr = Field(
        SecretStr(""),
        validation_alias="MADOGUCHI_SLACK_CLIENT_SECRET",
        description="SlackアプリのClient Secret。Client IDと一緒に設定します。",
    )
    slack_key: SecretStr = Field(
        SecretStr(""),
        validation_alias="MADOGUCHI_SLACK_KEY",
        description="預かったSlackのトークンと、ウェブ画面で送られたファイルを暗号化する鍵。カンマで区切ると、先頭の鍵に替えます。"
        "空なら MADOGUCHI_HOME の slack.key に作ります。",
    )
    home: Path = Field(
        Path("var"),
        validation_alias="MADOGUCHI_HOME",
        description="すべての状態（データベース、索引、鎖錠）を置くフォルダ。",
    )
    slack_host: str = Field(
        "127.0.0.1",
        min_length=1,
        validation_alias="MADOGUCHI_SLACK_HOST",
        description="httpのとき、Slackからの要求を待つアドレス。",
    )
    slack_port: int = Field(
        3000,
        ge=1,
        le=65535,
        validation_alias="MADOGUCHI_SLACK_PORT",
        description="httpのとき、Slackからの要求を待つポート（ウェブ画面とは別のもの）。",
    )
    slack_stream: bool = Field(
        True,
        validation_alias="MADOGUCHI_SLACK_STREAM",
        description="言語モデルが書く回答を、書きながらSlackに見せるか。言語モデルを使わないときは関係ありません。",
    )
    file_mb: int = Field(
        20,
        ge=1,
        le=100,
        validation_alias="MADOGUCHI_FILE_MB",
        description="自治体と担当コンサルタントの間で送れるファイルの大きさの上限（1件、MB）。",
    )
    public_url: str = Field(
        "",
        pattern=r"^(https?://[^\s<>|]+)?$",
        validation_alias="MADOGUCHI_PUBLIC_URL",
        description="利用者のブラウザから見えるウェブ画面のURL。設定したときだけ、Slackの投稿にリンクが付きます。",
    )

    @property
    def largest_file(self) -> int:
        """In bytes."""
        return self.file_mb * MB

    @property
    def is_used(self) -> bool:
        return bool(self.slack_bot_token.get_secret_value()) or self.is_installed_by_oauth

    @property
    def is_installed_by_oauth(self) -> bool:
        """Whether the app is installed in workspaces by its own pages, instead of by one token."""
        return bool(self.slack_client_id)

    @model_validator(mode="after")
    def _has_what_oauth_needs(self) -> Self:
        if bool(self.slack_client_id) != bool(self.slack_client_secret.get_secret_value()):
            raise WrongSetting("MADOGUCHI_SLACK_CLIENT_ID と MADOGUCHI_SLACK_CLIENT_SECRET は両方設定してください。")
        if self.is_installed_by_oauth and self.slack_bot_token.get_secret_value():
            raise WrongSetting("SLACK_BOT_TOKEN と MADOGUCHI_SLACK_CLIENT_ID は、どちらか一方だけ設定してください。")
        if self.is_installed_by_oauth and self.slack_mode is not SlackMode.HTTP:
            raise WrongSetting("複数のワークスペースで使うには、MADOGUCHI_SLACK_MODE=http としてHTTPで受けてください。")
        return self

    @model_validator(mode="after")
    def _has_what_its_mode_needs(self) -> Self:
        if self.is_used and self.slack_mode is SlackMode.SOCKET and not self.slack_app_token.get_secret_value():
            raise WrongSetting(
                "ソケットモードには SLACK_APP_TOKEN（xapp- で始まるもの）が要ります。"
                "HTTPで受けるときは MADOGUCHI_SLACK_MODE=http としてください。"
            )
        if self.is_used and self.slack_mode is SlackMode.HTTP and not self.slack_signing_secret.get_secret_value():
            raise WrongSetting("HTTPで受けるには SLACK_SIGNING_SECRET が要ります。")
        return self
