"""DBOS: durable workflows on SQLite or PostgreSQL. Workflows are short: one per question, one per post.

Inputs and step outputs are ids, never texts. Change the steps of a waiting workflow only through DBOS.patch.
"""

from collections.abc import Callable
from typing import Any

from dbos import (
    DBOS,
    DBOSConfig,
    DBOSPortableJSONSerializer,
    SetEnqueueOptions,
    SetWorkflowID,
    SQLAlchemyDatasource,
)

from consultation.inquiry import InquiryId
from consultation.municipality import MunicipalityCode
from consultation.outcome import Finding
from desk.consulting import Consulting
from desk.posting import Posting
from desk.settings import DeskSettings
from records.book import Recorded
from records.ledger import Ledger

QUESTIONS, POSTS = "questions", "posts"
APPLICATION_VERSION = "1"  # set by ourselves: DBOS's own hash of the source would strand what waits after a change
POLL_S = 0.1
POSTS_PER_LANE = 3  # within as many seconds: Slack takes about one a second and channel, a short burst allowed
AMENDMENTS = 5  # how often a question may be edited while it is considered
POST_ATTEMPTS = 300  # with LONGEST_WAIT_S between them: about five hours of Slack being away
LONGEST_WAIT_S = 60.0


class Engine:
    """Runs the two workflows. One engine a process: DBOS is a singleton."""

    def __init__(self, ledger: Ledger, workflow_url: str, settings: DeskSettings) -> None:
        self._settings = settings
        config: DBOSConfig = {
            "name": "madoguchi",
            "system_database_url": workflow_url,
            "application_version": APPLICATION_VERSION,
            "executor_id": settings.executor_id,
            "serializer": DBOSPortableJSONSerializer(),
            "console_log_level": "WARNING",
            "log_level": "WARNING",
            "enable_otlp": False,
            "notification_listener_polling_interval_sec": POLL_S,
        }
        DBOS(config=config)
        self._datasource = SQLAlchemyDatasource.create(
            ledger.url, engine=ledger.engine, serializer=DBOSPortableJSONSerializer()
        )

    def launch(self, consulting: Consulting, posting: Posting) -> None:
        """Start working; what a crash left in the middle goes on."""
        self._deliver = _deliver_workflow(posting)
        self._consult = _consult_workflow(consulting, self._datasource, self.dispatch)
        DBOS.launch()
        DBOS.register_queue(
            QUESTIONS,
            worker_concurrency=self._settings.questions_at_once,
            partition_concurrency=min(self._settings.questions_at_once_per_body, self._settings.questions_at_once),
            polling_interval_sec=POLL_S,
            on_conflict="always_update",
        )
        DBOS.register_queue(
            POSTS,
            partition_concurrency=1,
            partition_limiter={"limit": POSTS_PER_LANE, "period": float(POSTS_PER_LANE)},
            polling_interval_sec=POLL_S,
            on_conflict="always_update",
        )

    def start(self, inquiry_id: InquiryId, body: MunicipalityCode) -> None:
        """Have a question considered, once: its id is the workflow's."""
        with SetWorkflowID(inquiry_id), SetEnqueueOptions(queue_partition_key=body):
            DBOS.enqueue_workflow(QUESTIONS, self._consult, inquiry_id)

    def dispatch(self, delivery_id: str, lane: str) -> None:
        """Have a delivery posted, once: its id is the workflow's."""
        with SetWorkflowID(f"post:{delivery_id}"), SetEnqueueOptions(queue_partition_key=lane):
            DBOS.enqueue_workflow(POSTS, self._deliver, delivery_id)

    def close(self) -> None:
        """Stop; what runs is taken up at the next launch."""
        DBOS.destroy(destroy_registry=True)


Dispatch = Callable[[str, str], None]


def _consult_workflow(
    consulting: Consulting, datasource: SQLAlchemyDatasource, dispatch: Dispatch
) -> Callable[[str], None]:
    @datasource.transaction(name="record")
    def record(inquiry_id: str, seen: str, finding: Finding) -> list[Any]:
        recorded, planned = consulting.record(datasource.sql_session(), InquiryId(inquiry_id), seen, finding)
        return [recorded.value, [[row.id, row.place.lane] for row in planned]]

    @DBOS.workflow(name="consult")
    def consult(inquiry_id: str) -> None:
        for _ in range(AMENDMENTS):
            # Considering is a pure read: after a crash it is done again, and only the record counts.
            seen, finding = consulting.finding(InquiryId(inquiry_id))
            recorded, planned = record(inquiry_id, seen, finding)
            if recorded != Recorded.AMENDED:
                for delivery_id, lane in planned:
                    dispatch(delivery_id, lane)
                return
        raise RuntimeError(f"inquiry {inquiry_id} was edited faster than it could be considered")

    return consult


def _deliver_workflow(posting: Posting) -> Callable[[str], None]:
    @DBOS.step(name="post")
    def post(delivery_id: str) -> float | None:
        return posting.settle_up_to(delivery_id)

    @DBOS.workflow(name="deliver")
    def deliver(delivery_id: str) -> None:
        for attempt in range(POST_ATTEMPTS):
            wait_s = post(delivery_id)
            if wait_s is None:
                return
            DBOS.sleep(min(max(wait_s, 0.05 * 1.5**attempt), LONGEST_WAIT_S))
        posting.give_up(delivery_id)

    return deliver
