"""The durable workflow of an aside: looked up without a transaction, recorded in one with its post."""

from typing import Any, Literal

from dbos import DBOS, SQLAlchemyDatasource, error

from consultation.aside import AsideId
from desk.asides import Asides, Said
from desk.shift import Shift
from desk.workflows import ATTEMPTS, POSTS, QUESTIONS, Workflow, again, enqueue, own_id, told


def aside_workflow(asides: Asides, datasource: SQLAlchemyDatasource, shift: Shift, deliver: Workflow) -> Workflow:
    """As a question's: looking up is done again after a crash, and only the record counts."""
    is_sqlite = datasource.engine.dialect.name == "sqlite"
    level: Literal["SERIALIZABLE", "READ COMMITTED"] = "SERIALIZABLE" if is_sqlite else "READ COMMITTED"

    @datasource.transaction(name="record_aside", isolation_level=level)
    def record(aside_id: str, said: Said) -> list[Any]:
        planned = asides.record(datasource.sql_session(), AsideId(aside_id), said)
        return [[row.id, row.place.lane] for row in planned]

    @DBOS.workflow(name="aside")
    def look_up(aside_id: str, body: str, attempt: int = 1) -> None:
        with shift.at_work(own_id()):
            try:
                for delivery_id, lane in record(aside_id, asides.said(AsideId(aside_id))):
                    enqueue(POSTS, deliver, f"post:{delivery_id}", delivery_id, lane)
            except error.DBOSException:
                raise
            except Exception as fault:  # noqa: BLE001  a workflow's border: who asked must not be stranded
                told("aside_failed", attempt, fault, aside=aside_id)
                if attempt < ATTEMPTS:
                    again(QUESTIONS, look_up, body, 1.0, aside_id, attempt)

    return look_up
