"""Slack installations: tables in the shape that slack_sdk's stores expect; what is secret in them was sealed by bot.

slack_sdk reads and writes them by itself, with zoneless moments and columns of its own; ours are of any length, since a
sealed token outgrows its String(200).
"""

from datetime import datetime

from sqlalchemy import DateTime, Index
from sqlalchemy.orm import Mapped, mapped_column

from records.base import Base


class _Installed:
    """What both tables have."""

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    client_id: Mapped[str]
    app_id: Mapped[str]
    enterprise_id: Mapped[str | None]
    enterprise_name: Mapped[str | None]
    team_id: Mapped[str | None]
    team_name: Mapped[str | None]
    bot_token: Mapped[str | None] = mapped_column(comment="sealed")
    bot_id: Mapped[str | None]
    bot_user_id: Mapped[str | None]
    bot_scopes: Mapped[str | None]
    bot_refresh_token: Mapped[str | None] = mapped_column(comment="sealed")
    bot_token_expires_at: Mapped[datetime | None] = mapped_column(DateTime)
    is_enterprise_install: Mapped[bool]
    installed_at: Mapped[datetime] = mapped_column(DateTime)


class SlackBotTable(_Installed, Base):
    __tablename__ = "slack_bots"
    __table_args__ = (Index("slack_bots_idx", "client_id", "team_id", "installed_at"),)


class SlackInstallationTable(_Installed, Base):
    __tablename__ = "slack_installations"
    __table_args__ = (Index("slack_installations_idx", "client_id", "team_id", "installed_at"),)

    enterprise_url: Mapped[str | None]
    user_id: Mapped[str] = mapped_column(comment="who installed it")
    user_token: Mapped[str | None] = mapped_column(comment="sealed")
    user_scopes: Mapped[str | None]
    user_refresh_token: Mapped[str | None] = mapped_column(comment="sealed")
    user_token_expires_at: Mapped[datetime | None] = mapped_column(DateTime)
    incoming_webhook_url: Mapped[str | None] = mapped_column(comment="sealed")
    incoming_webhook_channel: Mapped[str | None]
    incoming_webhook_channel_id: Mapped[str | None]
    incoming_webhook_configuration_url: Mapped[str | None]
    token_type: Mapped[str | None]


class SlackStateTable(Base):
    __tablename__ = "slack_oauth_states"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    state: Mapped[str] = mapped_column(index=True)
    expire_at: Mapped[datetime] = mapped_column(DateTime)
