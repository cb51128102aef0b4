"""What the register's commands do, on the log alone: municipalities, their members, consultants, invitations."""

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from consultation.errors import BadInput
from consultation.municipality import BUREAUS, Area, Municipality, municipality, municipality_code
from records.ledger import Ledger, Session
from records.registry import Registry

Said = dict[str, object]
COLUMNS = {
    "code": ("code", "団体コード"),
    "name": ("name", "団体名"),
    "prefecture": ("prefecture", "都道府県", "都道府県名"),
}


def add_municipality(ledger: Ledger, said: Mapping[str, object]) -> Iterator[Said]:
    """Arguments: code, name, prefecture; slack_team, slack_channel, slack_user, asks_consent, or none of these."""
    body = municipality(str(said["code"]), str(said["name"]), str(said["prefecture"]))
    team, channel, user = (str(said.get(key) or "") for key in ("slack_team", "slack_channel", "slack_user"))
    if (channel or user) and not team:
        raise BadInput("--slack-channel と --slack-user には --slack-team が必要です。")

    def deed(session: Session) -> bool:
        registry = Registry(session)
        is_new = registry.add_municipality(body, datetime.now(UTC))
        if channel:
            registry.join_channel(team, channel, body.code)
        if user:
            registry.join_member(team, user, body.code)
        if said.get("asks_consent") is not None:
            registry.ask_consent(body.code, asks=bool(said["asks_consent"]))
        return is_new

    is_new = ledger.write(deed)
    asks = ledger.read(lambda session: Registry(session).asks_consent(body.code))
    yield {"result": {**_shown(body), "is_new": is_new, "asks_consent": asks}}


def list_municipalities(ledger: Ledger, _said: Mapping[str, object]) -> Iterator[Said]:
    bodies, channels = ledger.read(lambda session: (Registry(session).municipalities(), Registry(session).channels()))
    asking = ledger.read(lambda session: {one.code for one in bodies if Registry(session).asks_consent(one.code)})
    places: dict[str, list[str]] = {}
    for team, channel, code in channels:
        places.setdefault(code, []).append(f"{team}/{channel}")
    left = ledger.read(lambda session: {body.code for body in bodies if Registry(session).has_left(body.code)})
    facts = (
        {"slack": places.get(body.code, []), "asks_consent": body.code in asking, "left": body.code in left}
        for body in bodies
    )
    yield {"result": [_shown(body) | fact for body, fact in zip(bodies, facts, strict=True)]}


def import_municipalities(ledger: Ledger, said: Mapping[str, object]) -> Iterator[Said]:
    """Arguments: text (the CSV's content). All rows are right, or none is taken."""
    bodies = _bodies(str(said["text"]))

    def deed(session: Session) -> int:
        registry, now = Registry(session), datetime.now(UTC)
        served = [body for body in bodies if not registry.has_left(body.code)]  # a list brings nobody back
        return sum(registry.add_municipality(body, now) for body in served)

    added = ledger.write(deed)
    yield {"result": {"rows": len(bodies), "added": added}}


def add_consultant(ledger: Ledger, said: Mapping[str, object]) -> Iterator[Said]:
    """Arguments: slack_user, name, topics, areas (the last two between commas)."""
    topics, areas = _parts(said.get("topics")), _parts(said.get("areas"))
    _check_topics(topics)
    _check_areas(areas)
    name, user = str(said["name"]).strip(), str(said["slack_user"]).strip()
    if not name or not user:
        raise BadInput("コンサルタントの名前とSlackユーザーIDをご指定ください。")
    found = ledger.write(lambda session: Registry(session).add_consultant(name, user, topics, areas, datetime.now(UTC)))
    yield {"result": {"id": found.id, "name": found.name, "slack_user": found.slack_user}}


def list_consultants(ledger: Ledger, _said: Mapping[str, object]) -> Iterator[Said]:
    found = ledger.read(lambda session: Registry(session).consultants())
    yield {
        "result": [
            {
                "id": one.id,
                "name": one.name,
                "slack_user": one.slack_user,
                "topics": list(one.topics),
                "areas": list(one.areas),
            }
            for one in found
        ]
    }


def _bodies(text: str) -> list[Municipality]:
    reader = csv.DictReader(io.StringIO(text))
    columns = {
        field: next((name for name in names if name in (reader.fieldnames or ())), None)
        for field, names in COLUMNS.items()
    }
    missing = [names[-1] for field, names in COLUMNS.items() if columns[field] is None]
    if missing:
        raise BadInput(f"CSVの見出しに「{'」「'.join(missing)}」がありません（団体コード、団体名、都道府県）。")
    bodies = []
    for line, row in enumerate(reader, start=2):
        try:
            bodies.append(municipality(*(str(row[columns[field] or ""] or "").strip() for field in COLUMNS)))
        except BadInput as no:
            raise BadInput(f"{line}行目: {no.reason}") from no
    if not bodies:
        raise BadInput("CSVに団体の行がありません。")
    return bodies


def _check_topics(topics: tuple[str, ...]) -> None:
    known = {f"T{number:02d}" for number in range(1, 13)}
    if wrong := [topic for topic in topics if topic not in known]:
        raise BadInput(f"分類「{'、'.join(wrong)}」はありません。T01〜T12 でご指定ください。")


def _check_areas(areas: tuple[str, ...]) -> None:
    if wrong := [area for area in areas if area not in set(Area)]:
        raise BadInput(f"地域「{'、'.join(wrong)}」はありません。{'、'.join(Area)} のいずれかです。")


def _parts(value: object) -> tuple[str, ...]:
    return tuple(part.strip() for part in str(value or "").split(",") if part.strip())


def _shown(body: Municipality) -> dict[str, str]:
    return {
        "code": municipality_code(body.code),
        "name": body.name,
        "prefecture": body.prefecture,
        "area": body.area.value,
        "bureau": BUREAUS[body.area],
    }
