"""What the commands on the programme's dates do, on the log alone."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime

from consultation.calendar import tokyo_date
from consultation.errors import BadInput
from consultation.municipality import municipality_code
from records.ledger import Ledger
from records.programme import Programme, ProgrammeDate

Said = dict[str, object]
LONGEST_TITLE = 200


def keep(ledger: Ledger, said: Mapping[str, object]) -> Iterator[Said]:
    """Arguments: day (ISO), title, code (empty: for all). The same once more is the same date."""
    title, named = str(said["title"]).strip(), str(said.get("code") or "")
    if not title or len(title) > LONGEST_TITLE:
        raise BadInput(f"予定の名前は1〜{LONGEST_TITLE}文字でご指定ください。")
    day, code = _day(said["day"]), municipality_code(named) if named else None
    yield {"result": _shown(ledger.write(lambda session: Programme(session).keep(day, title, code)))}


def every(ledger: Ledger, _said: Mapping[str, object]) -> Iterator[Said]:
    """All that is kept; what is past is marked, and shown to nobody else."""
    today = tokyo_date(datetime.now(UTC))
    found = ledger.read(lambda session: Programme(session).every())
    yield {"result": [{**_shown(one), "is_past": one.day < today} for one in found]}


def drop(ledger: Ledger, said: Mapping[str, object]) -> Iterator[Said]:
    """Arguments: number."""
    number = int(str(said["number"]))
    yield {"result": _shown(ledger.write(lambda session: Programme(session).drop(number)))}


def _shown(one: ProgrammeDate) -> Said:
    return {"number": one.number, "day": one.day.isoformat(), "title": one.title, "code": one.code}


def _day(said: object) -> date:
    try:
        return date.fromisoformat(str(said).strip())
    except ValueError:
        raise BadInput(f"日付「{said}」は「2026-12-28」の形でご指定ください。") from None
