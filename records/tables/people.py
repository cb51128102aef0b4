"""Who belongs where: municipalities, their Slack channels and members, consultants."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from records.base import Base


class MunicipalityTable(Base):
    __tablename__ = "municipality"

    code: Mapped[str] = mapped_column(
        String(6), primary_key=True, comment="全国地方公共団体コード with its check digit"
    )
    name: Mapped[str]
    prefecture: Mapped[str]
    created_at: Mapped[datetime]


class SlackChannelTable(Base):
    __tablename__ = "slack_channel"

    team: Mapped[str] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True, comment="Slack's id; names change")
    municipality_code: Mapped[str] = mapped_column(ForeignKey("municipality.code"), index=True)


class SlackMemberTable(Base):
    __tablename__ = "slack_member"

    team: Mapped[str] = mapped_column(primary_key=True)
    user: Mapped[str] = mapped_column(primary_key=True)
    municipality_code: Mapped[str] = mapped_column(ForeignKey("municipality.code"), index=True)


class ConsultantTable(Base):
    __tablename__ = "consultant"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    slack_user: Mapped[str | None] = mapped_column(unique=True)
    topics: Mapped[list[str]] = mapped_column(comment="topic codes T01–T12; empty: all")
    areas: Mapped[list[str]] = mapped_column(comment="bureau areas; empty: all")
    created_at: Mapped[datetime]
