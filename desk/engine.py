"""DBOS, launched, fed and closed: durable workflows on SQLite or PostgreSQL. What they do: desk/workflows.py."""

import threading
import time
import uuid
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor, wait

import structlog
from dbos import DBOS, DBOSConfig, DBOSPortableJSONSerializer, SQLAlchemyDatasource, WorkflowStatus

from consultation.aside import AsideId
from consultation.errors import Unavailable
from consultation.inquiry import InquiryId
from consultation.municipality import MunicipalityCode
from desk.aside_workflow import aside_workflow
from desk.asides import Asides
from desk.consulting import Consulting
from desk.posting import Posting
from desk.settings import DeskSettings
from desk.shift import Shift
from desk.workflows import POSTS, QUESTIONS, Workflow, consult_workflow, deliver_workflow, enqueue, subject_of
from records.ledger import Ledger
from records.rows import DeliveryRow

log = structlog.get_logger()

APPLICATION_VERSION = "1"  # set by ourselves: DBOS's own hash of the source would strand what waits after a change
POLL_S = 0.1
STARTERS = 4
CLOSE_WITHIN_S = 5.0
STARTS_PER_S = 10  # of a lane; the pace of its posts is desk.pace's
WAITING = ["ENQUEUED", "DELAYED", "PENDING"]


class Engine:
    """Runs the workflows. One engine a process: DBOS is a singleton."""

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
        self._dbos = DBOS(config=config)
        self._datasource = SQLAlchemyDatasource.create(
            ledger.url, engine=ledger.engine, serializer=DBOSPortableJSONSerializer()
        )
        self._shift = Shift()
        # A locked database makes DBOS block, not fail: starts wait in threads, and their callers only so long.
        self._starters = ThreadPoolExecutor(STARTERS, thread_name_prefix="starter")
        self._is_launched = False

    def launch(self, consulting: Consulting, posting: Posting, asides: Asides) -> None:
        """Start working; what a crash left in the middle goes on."""
        self._deliver = deliver_workflow(posting, self._shift)
        self._consult = consult_workflow(consulting, self._datasource, self._shift, self._deliver)
        self._aside = aside_workflow(asides, self._datasource, self._shift, self._deliver)
        posting.follow = self._follow
        DBOS.launch()
        self._is_launched = True
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
            partition_limiter={"limit": STARTS_PER_S, "period": 1.0},
            polling_interval_sec=POLL_S,
            on_conflict="always_update",
        )

    def start(self, inquiry_id: InquiryId, body: MunicipalityCode, within_s: float) -> None:
        """Have a question considered, once: its id is the workflow's. Raises Unavailable when that takes longer."""
        self._started(self._submit(QUESTIONS, self._consult, inquiry_id, inquiry_id, body), within_s)

    def start_aside(self, aside_id: AsideId, body: MunicipalityCode, within_s: float) -> None:
        """Have an aside looked up, once. Raises Unavailable as `start` does."""
        self._started(self._submit(QUESTIONS, self._aside, aside_id, aside_id, body), within_s)

    def _started(self, started: Future[None], within_s: float) -> None:
        try:
            started.result(within_s)
        except TimeoutError:
            started.cancel()  # the message comes again, or the next launch starts it
            raise Unavailable("the workflows' database does not take writes now") from None

    def dispatch(self, planned: Iterable[DeliveryRow], within_s: float) -> None:
        """Have deliveries posted, each once. They are planned: a start that takes longer goes on by itself."""
        started = [self._submit(POSTS, self._deliver, f"post:{row.id}", row.id, row.place.lane) for row in planned]
        if wait(started, within_s).not_done:
            log.warning("dispatch_late", deliveries=len(started))

    def _follow(self, planned: Iterable[DeliveryRow]) -> None:
        """Have posted what was planned while posting; nobody waits for the start."""
        for row in planned:
            self._submit(POSTS, self._deliver, f"post:{row.id}", row.id, row.place.lane)

    def revive(
        self,
        questions: Iterable[tuple[InquiryId, MunicipalityCode]],
        planned: Iterable[DeliveryRow],
        asides: Iterable[tuple[AsideId, MunicipalityCode]],
    ) -> int:
        """Give a new workflow to what no workflow carries any more (never started, or ended in vain). How many."""
        carried = {subject_of(one.workflow_id) for one in _waiting()}
        stranded = [(QUESTIONS, self._consult, str(found), str(found), str(body)) for found, body in questions]
        stranded += [(QUESTIONS, self._aside, str(found), str(found), str(body)) for found, body in asides]
        stranded += [(POSTS, self._deliver, f"post:{row.id}", row.id, row.place.lane) for row in planned]
        revived = [one for one in stranded if one[3] not in carried]
        for queue, workflow, workflow_id, subject, partition in revived:
            ended = DBOS.get_workflow_status(workflow_id) is not None
            enqueue(queue, workflow, f"{workflow_id}#{uuid.uuid4().hex}" if ended else workflow_id, subject, partition)
        return len(revived)

    def close(self) -> None:
        """Stop: what is in the middle of a step finishes it; the rest is taken up at the next launch."""
        deadline = time.monotonic() + CLOSE_WITHIN_S
        self._shift.end()
        if self._is_launched:
            self._stop_claiming(deadline)
            self._drain(deadline)
        self._starters.shutdown(wait=False, cancel_futures=True)
        DBOS.destroy(destroy_registry=True)

    def _submit(self, queue: str, workflow: Workflow, workflow_id: str, subject: str, partition: str) -> Future[None]:
        return self._starters.submit(enqueue, queue, workflow, workflow_id, subject, partition)

    def _stop_claiming(self, deadline: float) -> None:
        # DBOS.destroy takes the executor away under queue threads that still claim: they would log errors.
        for stop in self._dbos.background_thread_stop_events:
            stop.set()
        for thread in threading.enumerate():
            if thread.name.startswith("queue-worker-"):
                thread.join(max(0.0, deadline - time.monotonic()))

    def _drain(self, deadline: float) -> None:
        """Until every workflow has its outcome written, or was turned away."""
        if not self._shift.wait(deadline):
            log.warning("closed_at_work")
        while time.monotonic() < deadline and self._unwritten() - self._shift.turned_away:
            time.sleep(0.02)

    def _unwritten(self) -> set[str]:
        mine = DBOS.list_workflows(
            status="PENDING", executor_id=self._settings.executor_id, load_input=False, load_output=False
        )
        return {one.workflow_id for one in mine}


def _waiting() -> list[WorkflowStatus]:
    return DBOS.list_workflows(status=WAITING, load_input=False, load_output=False)
