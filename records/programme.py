"""The programme's dates as they are kept by the operator. Given a session."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from consultation.errors import NotFound
from consultation.municipality import MunicipalityCode
from records.tables import MunicipalityTable, ProgrammeDateTable


@dataclass(frozen=True, slots=True)
class ProgrammeDate:
    """A day and what is on it; `code` None: for all."""

    number: int
    day: date
    title: str
    code: MunicipalityCode | None


class Programme:
    """The dates inside one unit of work."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def keep(self, day: date, title: str, code: MunicipalityCode | None) -> ProgrammeDate:
        """Note a date. The same day, title and body again is the same date. Raises NotFound for an unknown body."""
        if code is not None and self._session.get(MunicipalityTable, code) is None:
            raise NotFound(f"団体コード「{code}」は登録されていません。")
        same = (
            ProgrammeDateTable.day == day,
            ProgrammeDateTable.title == title,
            ProgrammeDateTable.municipality_code.is_not_distinct_from(code),
        )
        row = self._session.scalar(select(ProgrammeDateTable).where(*same))
        if row is None:
            row = ProgrammeDateTable(day=day, title=title, municipality_code=code)
            self._session.add(row)
            self._session.flush()
        return _date(row)

    def drop(self, number: int) -> ProgrammeDate:
        """Raises NotFound."""
        row = self._session.get(ProgrammeDateTable, number)
        if row is None:
            raise NotFound(f"予定 {number} は登録されていません。")
        self._session.delete(row)
        return _date(row)

    def ahead(self, on: date, body: MunicipalityCode, limit: int) -> list[ProgrammeDate]:
        """What a body has before it from a day on, that day included, the soonest first."""
        table = ProgrammeDateTable
        theirs = or_(table.municipality_code.is_(None), table.municipality_code == body)
        query = select(table).where(theirs, table.day >= on).order_by(table.day, table.number)
        return [_date(row) for row in self._session.scalars(query.limit(limit))]

    def every(self) -> list[ProgrammeDate]:
        """All that is kept, by day, past ones included."""
        query = select(ProgrammeDateTable).order_by(ProgrammeDateTable.day, ProgrammeDateTable.number)
        return [_date(row) for row in self._session.scalars(query)]


def _date(row: ProgrammeDateTable) -> ProgrammeDate:
    code = MunicipalityCode(row.municipality_code) if row.municipality_code else None
    return ProgrammeDate(row.number, row.day, row.title, code)
