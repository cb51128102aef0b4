"""Who belongs where: municipalities, their Slack channels and members, consultants."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, false
from sqlalchemy.orm import Mapped, mapped_column

from records.base import Base


class TeamTable(Base):
    """Consultants with the same opening hours and targets."""

    __tablename__ = "team"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    opens: Mapped[str] = mapped_column(comment="HH:MM, Japanese time")
    closes: Mapped[str]
    closed: Mapped[list[str]] = mapped_column(comment="further days on which it is closed, ISO")
    reply_min: Mapped[int] = mapped_column(comment="targets, in minutes of opening time")
    resolution_min: Mapped[int]
    urgent_reply_min: Mapped[int]
    urgent_resolution_min: Mapped[int]
    asked_after_days: Mapped[int] = mapped_column(comment="opening days until it is asked whether a case is solved")


class MunicipalityTable(Base):
    __tablename__ = "municipality"

    code: Mapped[str] = mapped_column(
        String(6), primary_key=True, comment="全国地方公共団体コード with its check digit"
    )
    name: Mapped[str]
    prefecture: Mapped[str]
    created_at: Mapped[datetime]
    team_id: Mapped[str | None] = mapped_column(ForeignKey("team.id"), comment="who takes care of it; none: all")
    asks_consent: Mapped[bool] = mapped_column(
        default=False, server_default=false(), comment="an unsure hand-over is asked about first"
    )
    left_at: Mapped[datetime | None] = mapped_column(comment="since when served no longer")


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
    team_id: Mapped[str | None] = mapped_column(ForeignKey("team.id"))
    deputy_id: Mapped[str | None] = mapped_column(ForeignKey("consultant.id"))
    is_lead: Mapped[bool] = mapped_column(default=False)
    most_open: Mapped[int | None] = mapped_column(comment="open cases at most; none: no limit")
    most_a_day: Mapped[int | None]
    left_at: Mapped[datetime | None] = mapped_column(comment="since when asked no longer")


class AbsenceTable(Base):
    __tablename__ = "absence"

    id: Mapped[str] = mapped_column(primary_key=True)
    consultant_id: Mapped[str] = mapped_column(ForeignKey("consultant.id"), index=True)
    first: Mapped[date]
    last: Mapped[date] = mapped_column(comment="the last day of it")


class ProgrammeDateTable(Base):
    """The programme's dates: briefings, deadlines, workshops."""

    __tablename__ = "programme_date"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    day: Mapped[date] = mapped_column(index=True)
    title: Mapped[str]
    municipality_code: Mapped[str | None] = mapped_column(
        ForeignKey("municipality.code"), comment="whom it is for; none: all"
    )
