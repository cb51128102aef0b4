"""Settings of the Slack side. Bolt's own SLACK_CLIENT_ID and SLACK_CLIENT_SECRET are none of them, on purpose."""

from enum import StrEnum
from typing import Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from consultation.attachment import MB
from consultation.errors import WrongSetting


class SlackMode(StrEnum):
    SOCKET = "socket"
    HTTP = "http"


class SlackSettings(BaseSettings):
    """Settings of Slack; without a bot token the desk runs without Slack."""

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
        return bool(self.slack_bot_token.get_secret_value())

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
