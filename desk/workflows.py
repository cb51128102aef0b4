"""The durable workflows: a question to its outcome, a delivery to its post (an aside's: desk/aside_workflow.py).

Each is short. Who has to wait ends, and is enqueued anew with a delay: no thread is held, and a stop waits for nobody.
Inputs and step outputs are ids, never texts. Change the steps of a waiting workflow only through DBOS.patch.
"""

from collections.abc import Callable
from typing import Any, Literal

import structlog
from dbos import DBOS, SetEnqueueOptions, SetWorkflowID, SQLAlchemyDatasource, error

from consultation.inquiry import InquiryId
from consultation.outcome import Finding
from desk.consulting import Consulting
from desk.posting import Posting
from desk.shift import Shift
from records.book import Recorded

log = structlog.get_logger()

QUESTIONS, POSTS = "questions", "posts"
ATTEMPTS = 300  # with LONGEST_WAIT_S between them: about five hours of Slack, or the log, being away
LONGEST_WAIT_S = 60.0
GROWTH = 1.5

Workflow = Callable[[str, str], None]
"""Given a question's id and its body, or a delivery's id and its lane."""


def subject_of(workflow_id: str) -> str:
    """The question or delivery that a workflow carries, whichever attempt it is."""
    return workflow_id.removeprefix("post:").partition("#")[0].partition("~")[0]


def consult_workflow(
    consulting: Consulting, datasource: SQLAlchemyDatasource, shift: Shift, deliver: Workflow
) -> Workflow:
    """The workflow of a question. Considering is a pure read, done again after a crash; only the record counts."""
    # Row locks order the writers of one consultation; SQLite knows one writer and no other level.
    is_sqlite = datasource.engine.dialect.name == "sqlite"
    level: Literal["SERIALIZABLE", "READ COMMITTED"] = "SERIALIZABLE" if is_sqlite else "READ COMMITTED"

    @datasource.transaction(name="record", isolation_level=level)
    def record(inquiry_id: str, seen: str, finding: Finding) -> list[Any]:
        recorded, planned = consulting.record(datasource.sql_session(), InquiryId(inquiry_id), seen, finding)
        return [recorded.value, [[row.id, row.place.lane] for row in planned]]

    def settled(inquiry_id: str) -> None:
        recorded = Recorded.AMENDED.value
        while recorded == Recorded.AMENDED:  # edited while it was considered: consider it as it reads now
            shift.check()
            seen, finding = consulting.finding(InquiryId(inquiry_id))
            recorded, planned = record(inquiry_id, seen, finding)
        for delivery_id, lane in planned:
            enqueue(POSTS, deliver, f"post:{delivery_id}", delivery_id, lane)

    @DBOS.workflow(name="consult")
    def consult(inquiry_id: str, body: str, attempt: int = 1) -> None:
        with shift.at_work(own_id()):
            try:
                settled(inquiry_id)
            except error.DBOSException:
                raise
            except Exception as fault:  # noqa: BLE001  a workflow's border: the question must not be stranded
                told("consult_failed", attempt, fault, inquiry=inquiry_id)
                if attempt < ATTEMPTS:
                    again(QUESTIONS, consult, body, 1.0, inquiry_id, attempt)

    return consult


def deliver_workflow(posting: Posting, shift: Shift) -> Workflow:
    """The workflow of a delivery."""

    @DBOS.step(name="post")
    def post(delivery_id: str) -> float | None:
        return posting.settle_up_to(delivery_id)

    @DBOS.step(name="give_up")
    def give_up(delivery_id: str) -> None:
        posting.give_up(delivery_id)

    @DBOS.workflow(name="deliver")
    def deliver(delivery_id: str, lane: str, attempt: int = 1) -> None:
        with shift.at_work(own_id()):
            wait_s = post(delivery_id)
            if wait_s is None:
                return
            if attempt < ATTEMPTS:
                again(POSTS, deliver, lane, wait_s, delivery_id, attempt)
            else:
                give_up(delivery_id)

    return deliver


def enqueue(queue: str, workflow: Workflow, workflow_id: str, subject: str, partition: str) -> None:
    """Enqueue a workflow once: the same id again changes nothing."""
    with SetWorkflowID(workflow_id), SetEnqueueOptions(queue_partition_key=partition):
        DBOS.enqueue_workflow(queue, workflow, subject, partition)


def again(
    queue: str, workflow: Callable[[str, str, int], None], partition: str, wait_s: float, subject: str, attempt: int
) -> None:
    """Enqueue the next attempt of this workflow, delayed."""
    first = own_id().partition("~")[0]
    delay_s = min(max(wait_s, 0.1 * GROWTH**attempt), LONGEST_WAIT_S)
    with (
        SetWorkflowID(f"{first}~{attempt + 1}"),
        SetEnqueueOptions(queue_partition_key=partition, delay_seconds=delay_s),
    ):
        DBOS.enqueue_workflow(queue, workflow, subject, partition, attempt + 1)


def own_id() -> str:
    """Of the workflow at work."""
    return DBOS.workflow_id or ""


def told(event: str, attempt: int, fault: Exception, **about: str) -> None:
    """Log a fault with its trace once, and its repetitions in a line."""
    if attempt == 1:
        log.error(event, **about, exc_info=fault)
    else:
        log.warning(event, **about, attempt=attempt, error=type(fault).__name__)
