"""What the roster's commands do, on the log alone: teams and whom they serve, where consultants stand, absences."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta

from consultation.calendar import tokyo_date
from consultation.case import Consultant
from consultation.errors import BadInput
from consultation.municipality import municipality_code
from consultation.opening import OpeningHours
from consultation.team import Team
from consultation.watch import Targets
from records.ledger import Ledger, Session
from records.registry import Registry
from records.roster import Roster

Said = dict[str, object]
_MINUTE = timedelta(minutes=1)


def keep_team(ledger: Ledger, said: Mapping[str, object]) -> Iterator[Said]:
    """Arguments: name, opens, closes (HH:MM), closed (days between commas), the targets in minutes, asked_after."""
    name = str(said["name"]).strip()
    if not name:
        raise BadInput("チームの名前をご指定ください。")
    hours = OpeningHours(
        _time(said["opens"]), _time(said["closes"]), frozenset(_day(part) for part in _parts(said["closed"]))
    )
    if hours.opens >= hours.closes:
        raise BadInput("対応の終わりの時刻は、始まりより後をご指定ください。")
    targets = Targets(
        reply=_minutes(said["reply_min"]),
        resolution=_minutes(said["resolution_min"]),
        urgent_reply=_minutes(said["urgent_reply_min"]),
        urgent_resolution=_minutes(said["urgent_resolution_min"]),
        asked_after=int(str(said["asked_after"])),
    )
    yield {"result": _shown(ledger.write(lambda session: Roster(session).keep_team(name, hours, targets)))}


def list_teams(ledger: Ledger, _said: Mapping[str, object]) -> Iterator[Said]:
    yield {"result": [_shown(team) for team in ledger.read(lambda session: Roster(session).teams())]}


def entrust(ledger: Ledger, said: Mapping[str, object]) -> Iterator[Said]:
    """Arguments: code, team (its name)."""
    code = municipality_code(str(said["code"]))

    def deed(session: Session) -> None:
        Roster(session).entrust(code, Roster(session).team_called(str(said["team"])))

    ledger.write(deed)
    yield {"result": {"code": code, "team": said["team"]}}


def place(ledger: Ledger, said: Mapping[str, object]) -> Iterator[Said]:
    """Arguments: slack_user, team, deputy (a Slack user), lead, most_open, most_a_day; only the first must be."""

    def deed(session: Session) -> Consultant:
        roster, one = Roster(session), _consultant(session, said["slack_user"])
        team, deputy = said.get("team"), said.get("deputy")
        roster.place(
            one.id,
            team=roster.team_called(str(team)) if team else None,
            deputy_id=_consultant(session, deputy).id if deputy else None,
            is_lead=bool(said.get("lead")),
            most_open=_count(said.get("most_open")),
            most_a_day=_count(said.get("most_a_day")),
        )
        return one

    yield {"result": {"name": ledger.write(deed).name, **{key: said.get(key) for key in ("team", "deputy", "lead")}}}


def be_away(ledger: Ledger, said: Mapping[str, object]) -> Iterator[Said]:
    """Arguments: slack_user, first, last (ISO days; both included)."""
    first, last = _day(said["first"]), _day(said["last"])

    def deed(session: Session) -> Consultant:
        one = _consultant(session, said["slack_user"])
        Roster(session).be_away(one.id, first, last)
        return one

    yield {"result": {"name": ledger.write(deed).name, "first": first.isoformat(), "last": last.isoformat()}}


def be_back(ledger: Ledger, said: Mapping[str, object]) -> Iterator[Said]:
    """Arguments: slack_user. From today on."""
    today = tokyo_date(datetime.now(UTC))

    def deed(session: Session) -> Consultant:
        one = _consultant(session, said["slack_user"])
        Roster(session).be_back(one.id, today)
        return one

    yield {"result": {"name": ledger.write(deed).name}}


def _consultant(session: Session, slack_user: object) -> Consultant:
    found = Registry(session).consultant_in_slack(str(slack_user))
    if found is None:
        raise BadInput(f"Slackユーザー {slack_user} は、担当コンサルタントとして登録されていません。")
    return found


def _shown(team: Team) -> Said:
    targets = team.targets
    return {
        "name": team.name,
        "opens": f"{team.hours.opens:%H:%M}",
        "closes": f"{team.hours.closes:%H:%M}",
        "closed": sorted(day.isoformat() for day in team.hours.closed),
        "reply_min": targets.reply // _MINUTE,
        "resolution_min": targets.resolution // _MINUTE,
        "urgent_reply_min": targets.urgent_reply // _MINUTE,
        "urgent_resolution_min": targets.urgent_resolution // _MINUTE,
        "asked_after": targets.asked_after,
    }


def _time(value: object) -> time:
    try:
        return time.fromisoformat(str(value))
    except ValueError:
        raise BadInput(f"時刻「{value}」は 08:30 のようにご指定ください。") from None


def _day(value: object) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise BadInput(f"日付「{value}」は 2026-12-28 のようにご指定ください。") from None


def _minutes(value: object) -> timedelta:
    return int(str(value)) * _MINUTE


def _count(value: object) -> int | None:
    return None if value is None else int(str(value))


def _parts(value: object) -> list[str]:
    return [part.strip() for part in str(value or "").split(",") if part.strip()]
