"""What consultants sent: by whom and in which case, corrected or taken back, each wording kept. Given a session."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultation.case import CaseId, ConsultantId
from consultation.errors import NotFound
from records.pages import Pages
from records.rows import TurnRow
from records.tables import EarlierWordingTable, ReplyTable, TurnTable

RECALLED = "担当者がこの回答を取り消しました"


@dataclass(frozen=True, slots=True)
class ReplyRow:
    """A reply with the case it was sent in; `sender` None: only the name was kept."""

    turn: TurnRow
    case_id: CaseId
    sender: ConsultantId | None


class ReplyBook:
    """The replies inside one unit of work."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def sent(self, turn_id: str, case_id: CaseId, by: ConsultantId) -> None:
        """Note by whom, and in which case, a turn was sent."""
        self._session.add(ReplyTable(turn_id=turn_id, case_id=case_id, consultant_id=by))
        self._session.flush()

    def get(self, turn_id: str) -> ReplyRow:
        """Raises NotFound: no reply."""
        row = self._session.get(ReplyTable, turn_id)
        if row is None:
            raise NotFound("この回答は見つかりません。")
        return self._read(row)

    def of_key(self, key: str) -> ReplyRow | None:
        """The reply that was sent under this identity, if one was."""
        row = self._session.scalar(select(ReplyTable).join(TurnTable).where(TurnTable.key == key))
        return self._read(row) if row else None

    def in_case(self, case_id: CaseId) -> list[ReplyRow]:
        query = select(ReplyTable).join(TurnTable).where(ReplyTable.case_id == case_id).order_by(TurnTable.ordinal)
        return [self._read(row) for row in self._session.scalars(query)]

    def revise(self, turn_id: str, text: str, by: str, at: datetime) -> bool:
        """Give it other words. False: they are the same, or it was taken back, or corrected since `at`."""
        row = self._turn(turn_id)
        is_stale = row.revised_at is not None and at < row.revised_at
        if is_stale or row.withdrawn_at is not None or row.text == text:
            return False
        self._change(row, text, by, at)
        row.revised_at = at
        return True

    def recall(self, turn_id: str, by: str, at: datetime) -> bool:
        """Take it back: its words go from sight and stay in the history. False: it was taken back before."""
        row = self._turn(turn_id)
        if row.withdrawn_at is not None:
            return False
        self._change(row, RECALLED, by, at)
        row.withdrawn_at = at
        return True

    def _turn(self, turn_id: str) -> TurnTable:
        return self._session.get_one(TurnTable, turn_id, with_for_update=True, populate_existing=True)

    def _change(self, row: TurnTable, text: str, by: str, at: datetime) -> None:
        self._session.add(EarlierWordingTable(turn_id=row.id, text=row.text, until=at, by=by))
        row.text = text
        self._session.flush()

    def _read(self, row: ReplyTable) -> ReplyRow:
        turn = Pages(self._session).turn(row.turn_id)
        return ReplyRow(turn, CaseId(row.case_id), ConsultantId(row.consultant_id) if row.consultant_id else None)
