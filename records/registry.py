"""Who belongs where: municipalities, their channels and members, consultants. Given a session."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultation.case import Consultant, ConsultantId
from consultation.errors import BadInput, NotFound
from consultation.municipality import Municipality, MunicipalityCode
from records.base import new_id
from records.tables import ConsultantTable, MunicipalityTable, SlackChannelTable, SlackMemberTable


class Registry:
    """The register inside one unit of work."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add_municipality(self, body: Municipality, at: datetime) -> bool:
        """Register a body, correct its name, or have one that left back with its channels; True where it is new."""
        row = self._session.get(MunicipalityTable, body.code)
        if row is not None:
            row.name, row.prefecture, row.left_at = body.name, body.prefecture, None
            return False
        self._session.add(MunicipalityTable(code=body.code, name=body.name, prefecture=body.prefecture, created_at=at))
        self._session.flush()
        return True

    def ask_consent(self, code: MunicipalityCode, *, asks: bool) -> None:
        """Say whether an unsure hand-over of theirs is asked about first. Raises NotFound."""
        self.municipality(code)
        self._session.get_one(MunicipalityTable, code).asks_consent = asks

    def asks_consent(self, code: MunicipalityCode) -> bool:
        row = self._session.get(MunicipalityTable, code)
        return row is not None and row.asks_consent

    def join_channel(self, team: str, channel: str, code: MunicipalityCode) -> None:
        """Say whose channel it is. A channel belongs to one body: another one's is refused, never taken over."""
        row = self._session.get(SlackChannelTable, (team, channel))
        if row is not None and row.municipality_code != code:
            raise BadInput(f"Slackチャンネル {channel} は別の団体（{row.municipality_code}）に登録されています。")
        if row is None:
            self._session.add(SlackChannelTable(team=team, channel=channel, municipality_code=code))
            self._session.flush()

    def join_member(self, team: str, user: str, code: MunicipalityCode) -> None:
        """Say whose member a Slack user is (direct messages)."""
        row = self._session.get(SlackMemberTable, (team, user))
        if row is not None and row.municipality_code != code:
            raise BadInput(f"Slackユーザー {user} は別の団体（{row.municipality_code}）に登録されています。")
        if row is None:
            self._session.add(SlackMemberTable(team=team, user=user, municipality_code=code))
            self._session.flush()

    def municipality(self, code: MunicipalityCode) -> Municipality:
        row = self._session.get(MunicipalityTable, code)
        if row is None:
            raise NotFound(f"団体コード「{code}」は登録されていません。")
        return _body(row)

    def municipalities(self) -> list[Municipality]:
        return [_body(row) for row in self._session.scalars(select(MunicipalityTable).order_by(MunicipalityTable.code))]

    def channels(self) -> list[tuple[str, str, MunicipalityCode]]:
        """Every registered (team, channel) with its body."""
        rows = self._session.scalars(select(SlackChannelTable))
        return [(row.team, row.channel, MunicipalityCode(row.municipality_code)) for row in rows]

    def teams_of(self, channel: str) -> list[str]:
        """The workspaces in which a channel is registered: a shared one has one id in all that see it."""
        query = select(SlackChannelTable.team).where(SlackChannelTable.channel == channel)
        return sorted(self._session.scalars(query))

    def leave(self, code: MunicipalityCode, at: datetime) -> Municipality:
        """Serve a body no longer. Its rows stay, its log and its channels too. Raises NotFound."""
        body = self.municipality(code)
        row = self._session.get_one(MunicipalityTable, code)
        row.left_at = row.left_at or at
        self._session.flush()
        return body

    def has_left(self, code: MunicipalityCode) -> bool:
        row = self._session.get(MunicipalityTable, code)
        return row is not None and row.left_at is not None

    def body_at(self, team: str, channel: str, user: str) -> MunicipalityCode | None:
        """The body that a Slack message belongs to and that is served; else none."""
        found = self.whose(team, channel, user)
        return None if found is None or self.has_left(found) else found

    def whose(self, team: str, channel: str, user: str) -> MunicipalityCode | None:
        """The body, served or not: by its channel, else by its registered author; else none."""
        place = self._session.get(SlackChannelTable, (team, channel))
        if place is not None:
            return MunicipalityCode(place.municipality_code)
        member = self._session.get(SlackMemberTable, (team, user))
        return MunicipalityCode(member.municipality_code) if member else None

    def add_consultant(
        self, name: str, slack_user: str | None, topics: tuple[str, ...], areas: tuple[str, ...], at: datetime
    ) -> Consultant:
        """Register a consultant; the same Slack user again corrects the entry, and who left is back."""
        row = None
        if slack_user:
            row = self._session.scalar(select(ConsultantTable).where(ConsultantTable.slack_user == slack_user))
        if row is None:
            row = ConsultantTable(id=new_id(), slack_user=slack_user, created_at=at, name=name, topics=[], areas=[])
            self._session.add(row)
        row.name, row.topics, row.areas, row.left_at = name, list(topics), list(areas), None
        self._session.flush()
        return consultant_from(row)

    def dismiss(self, slack_user: str, at: datetime) -> Consultant | None:
        """Ask a consultant no longer; None where there is none by that name."""
        found = self.consultant_in_slack(slack_user)
        if found is not None:
            self._session.get_one(ConsultantTable, found.id).left_at = at
            self._session.flush()
        return found

    def consultants(self) -> list[Consultant]:
        """Those who are asked."""
        return [one for one in self.everybody() if not one.has_left]

    def everybody(self) -> list[Consultant]:
        """Those who left as well: their names stand in the log."""
        rows = self._session.scalars(select(ConsultantTable).order_by(ConsultantTable.created_at))
        return [consultant_from(row) for row in rows]

    def consultant_in_slack(self, slack_user: str) -> Consultant | None:
        """Who a Slack user is, as long as they are asked."""
        found = self.ever_in_slack(slack_user)
        return None if found is None or found.has_left else found

    def ever_in_slack(self, slack_user: str) -> Consultant | None:
        """Who a Slack user is, or was before they left."""
        row = self._session.scalar(select(ConsultantTable).where(ConsultantTable.slack_user == slack_user))
        return consultant_from(row) if row is not None else None

    def serving(self, consultant_id: str) -> Consultant | None:
        """By id, as long as they are asked."""
        found = self.consultant(consultant_id)
        return None if found is None or found.has_left else found

    def consultant(self, consultant_id: str) -> Consultant | None:
        """By id, whether or not they left."""
        row = self._session.get(ConsultantTable, consultant_id)
        return consultant_from(row) if row else None


def consultant_from(row: ConsultantTable) -> Consultant:
    return Consultant(
        ConsultantId(row.id),
        row.name,
        row.slack_user,
        tuple(row.topics),
        tuple(row.areas),
        row.team_id,
        ConsultantId(row.deputy_id) if row.deputy_id else None,
        row.is_lead,
        row.most_open,
        row.most_a_day,
        row.left_at is not None,
    )


def _body(row: MunicipalityTable) -> Municipality:
    return Municipality(MunicipalityCode(row.code), row.name, row.prefecture)
