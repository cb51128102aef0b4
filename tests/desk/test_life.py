"""A case's whole life by any hands in any order: doubled, at once, with a moved clock, restarts and a Slack that fails.

The real log, deeds, rounds, posting and writing; only Slack's end is a file, and no engine runs.
"""

from collections import Counter, defaultdict
from contextlib import ExitStack
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot.links import Links
from bot.writing import written
from consultation.calendar import TOKYO
from consultation.case import CaseDeed, CaseEvent, CaseId, CaseState, Consultant, after
from consultation.errors import PostRefused, PostUnknown
from consultation.inquiry import Channel, InquiryId
from consultation.watch import NOTICES
from desk.casework import Casework, Done
from desk.consulting import Consulting
from desk.leaving import Leaving
from desk.letters import TO_CONSULTANTS, Letter, Purpose
from desk.posting import Posting
from desk.rounds import Rounds
from records.casebook import CaseBook
from records.ledger import Ledger
from records.pages import Pages
from records.postbook import DROPPED, POSTED, PostBook
from records.registry import Registry
from records.rows import CaseRow, ConsultationFile, DeliveryRow
from tests.desk.bench import CARDS, Channels, Scripted, people
from tests.records import stock
from tests.records.databases import sqlite_database
from tests.records.stock import NOW, SAITAMA

ASKER, INSIDE = "T1:U1", "内密の事情"
MORNING = datetime(2026, 12, 1, 10, 0, tzinfo=TOKYO)
ROOMS = 2
WHICH, WHO = st.integers(0, 9), st.integers(0, 1)


class Slack(Channels):
    """What stands there in the very words that the bot would write."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.said: dict[str, list[str]] = defaultdict(list)

    def _stand(self, letter: Letter) -> str:
        writing = written(letter, (), Links(""))
        self.said[letter.delivery.place.room].append(f"{writing.text}{[block.to_dict() for block in writing.blocks]}")
        return super()._stand(letter)


class Life(RuleBasedStateMachine):
    """The model is the rule of consultation.case, replayed over each history."""

    @initialize()
    def begin(self) -> None:
        self.stack = ExitStack()
        folder = Path(self.stack.enter_context(TemporaryDirectory()))
        self.url = sqlite_database(folder)
        self.slack = Slack(folder / "posts.jsonl")
        self.ledger = Ledger(self.url)
        stock.register(self.ledger, SAITAMA)
        self.people = people(self.ledger)
        self.asked: list[str] = []
        self.cases: list[CaseId] = []
        self.seen: dict[CaseId, tuple[CaseEvent, ...]] = {}
        self.planned: list[DeliveryRow] = []
        self.open()

    def open(self) -> None:
        """The parts anew, over the same file."""
        dispatch = self.planned.extend
        self.consulting = Consulting(self.ledger, Scripted(), lambda: CARDS)
        self.casework = Casework(self.ledger, dispatch, CARDS)
        self.rounds = Rounds(self.ledger, dispatch, CARDS)
        self.leaving = Leaving(self.ledger, dispatch, CARDS)
        self.posting = Posting(self.ledger, {Channel.SLACK: self.slack}, ticks=count(step=10).__next__)

    @rule()
    def restart(self) -> None:
        self.ledger.close()
        self.ledger = Ledger(self.url)
        self.open()

    # the asker

    @precondition(lambda self: len(self.cases) < ROOMS)
    @rule()
    def ask(self) -> None:
        number = len(self.cases)
        self.cases.append(self.case_of(self.heard(f"q{number}", "担当者に聞きたい", number)))

    @precondition(lambda self: self.cases)
    @rule(which=WHICH, words=st.sampled_from(["まだ困っています", "ありがとうございました"]))
    def write_on(self, which: int, words: str) -> None:
        """In the thread of a case; heard twice, as Slack does it, it is one."""
        number, key = which % len(self.cases), f"w{len(self.asked)}"
        self.asked.append(key)
        first = self.heard(key, words, number)
        turns = self.file(number).turns
        assert self.heard(key, words, number) == first
        assert self.file(number).turns == turns

    @precondition(lambda self: self.cases)
    @rule(which=WHICH, how=st.sampled_from(["withdraw", "confirm", "reopen"]), by=st.sampled_from([ASKER, "T1:U9"]))
    def asker_says(self, which: int, how: str, by: str) -> None:
        case = self.row(which)
        done = isinstance(getattr(self.casework, how)(case.id, by), Done)
        assert done == (by == ASKER and after(case.state, CaseDeed(how)) is not None)

    # consultants

    @precondition(lambda self: self.cases)
    @rule(which=WHICH)
    def claim_at_once(self, which: int) -> None:
        case, there = self.row(which), self.there()
        if not there:
            return
        deeds = stock.at_once([lambda one=one: self.casework.claim(case.id, one) for one in there])
        won = [one.id for one, deed in zip(there, deeds, strict=True) if isinstance(deed, Done)]
        owner = self.row(which).owner
        if case.state is CaseState.WAITING:
            assert len(won) == 1
        assert won == [one.id for one in there if owner is not None and one.id == owner.id]

    @precondition(lambda self: self.cases)
    @rule(which=WHICH, who=WHO, how=st.sampled_from(["decline", "hand_on", "take_over", "resolve"]))
    def consultant_does(self, which: int, who: int, how: str) -> None:
        case = self.row(which)
        one = self.hand(case, who)
        other = next(each for each in self.people if one is None or each.id != one.id)
        more = {"decline": (INSIDE,), "hand_on": (other.id, INSIDE)}.get(how, ())
        deed = getattr(self.casework, how)(case.id, one, *more)
        assert one is not None or not isinstance(deed, Done)

    @precondition(lambda self: self.cases)
    @rule(which=WHICH, who=WHO, number=st.integers(0, 3))
    def reply_twice(self, which: int, who: int, number: int) -> None:
        """A doubled submission is one turn, whatever came between."""
        case, key = self.row(which), f"reply:{which % len(self.cases)}:{number}"
        for _ in range(2):
            self.casework.reply(case.id, self.hand(case, who), f"お答え{number}", key)
        said = Counter(turn.text for turn in self.file(which).turns)
        assert said[f"お答え{number}"] <= 1

    @rule(who=WHO)
    def leave(self, who: int) -> None:
        user = self.people[who].slack_user or ""
        self.ledger.write(lambda session: Registry(session).dismiss(user, NOW))

    @rule()
    def all_are_back(self) -> None:
        people(self.ledger)

    @precondition(lambda self: self.cases)
    @rule(which=WHICH)
    def give_away(self, which: int) -> None:
        """Whose turn it is says inside why not, and the other one takes it."""
        case = self.row(which)
        one = self.hand(case, 0)
        if case.state is CaseState.WAITING:
            self.casework.decline(case.id, one, INSIDE)
        else:
            self.casework.hand_on(case.id, one, next(each.id for each in self.people if each != one), INSIDE)
        self.casework.claim(case.id, self.hand(self.row(which), 0))

    # the clock and Slack

    @rule(days=st.integers(-3, 30), hours=st.integers(0, 14))
    def look(self, days: int, hours: int) -> None:
        """Whatever the clock says, forward or back: the same look again tells nothing."""
        now = MORNING + timedelta(days=days, hours=hours)
        self.leaving.look(now)
        self.rounds.look(now)
        assert (self.leaving.look(now), self.rounds.look(now)) == (0, 0)

    @rule(kind=st.sampled_from(["lost", "late", "closed"]))
    def post(self, kind: str) -> None:
        """Whatever is posted next into each room fails so."""
        fault = PostRefused("is_archived") if kind == "closed" else PostUnknown("time-out")
        for room in (CARDS.room, *(f"room{number}" for number in range(ROOMS))):
            self.slack.fault(room, fault, applied=kind == "late")
        self.settle()

    @invariant()
    def each_history_is_lawful(self) -> None:
        for number in range(len(getattr(self, "cases", ()))):
            case = self.row(number)
            before = self.seen.get(case.id, ())
            assert case.history[: len(before)] == before, "what happened stays as it was"
            self.seen[case.id] = case.history
            assert case.state == _replayed(case.history)
            assert (case.owner is None) == (case.state is CaseState.WAITING) or case.state is CaseState.WITHDRAWN
            _once_each(case.history)

    @invariant()
    def everything_stands_in_its_place_once_and_in_order(self) -> None:
        posts = self.slack.posts() if hasattr(self, "slack") else []
        ids = [post["delivery"] for post in posts]
        assert len(ids) == len(set(ids))
        for post in posts:
            assert (post["room"] == CARDS.room) == (Purpose(post["purpose"]) in TO_CONSULTANTS)
        for room in {post["room"] for post in posts} - {CARDS.room}:
            assert not any(INSIDE in said or "下書き" in said for said in self.slack.said[room])

    def teardown(self) -> None:
        if not hasattr(self, "stack"):
            return
        self.slack.clear()
        self.ledger.write(lambda session: PostBook(session).retry())
        self.settle()
        self.everything_stands_in_its_place_once_and_in_order()
        states = {row.id: self.ledger.read(lambda s, row=row: PostBook(s).get(row.id)).state for row in self.planned}
        assert set(states.values()) <= {POSTED, DROPPED}, "nothing is lost"
        withdrawn = {case for case, told in self.seen.items() if any(one.deed is CaseDeed.WITHDRAW for one in told)}
        dropped = [row for row in self.planned if states[row.id] == DROPPED and row.purpose != Purpose.UNDELIVERED]
        assert all(row.purpose in TO_CONSULTANTS and row.case_id in withdrawn for row in dropped), "nor dropped"
        self.ledger.close()
        self.stack.close()

    # what the rules are made of

    def heard(self, key: str, words: str, number: int) -> InquiryId:
        """A message of the asker's, entered and considered as the workflow does it."""
        asked = stock.inquiry(key, words, room=f"room{number}", thread=f"thread{number}")
        entered = stock.enter(self.ledger, asked).inquiry_id
        seen, finding = self.consulting.finding(entered)
        _, planned = self.ledger.write(lambda session: self.consulting.record(session, entered, seen, finding))
        self.planned.extend(planned)
        return entered

    def settle(self) -> None:
        """Post what is planned, as the workflows and the knocking do it, until every room is done or closed."""
        unsettled = self.ledger.read(lambda session: PostBook(session).unsettled())
        for last in {row.place.lane: row for row in unsettled}.values():
            before = [post["delivery"] for post in self.slack.posts(last.place.room)]
            due = [row.id for row in unsettled if row.place.lane == last.place.lane]
            waits = 0
            while self.posting.settle_up_to(last.id) is not None:
                waits += 1
                assert waits < 60
            stood = [post["delivery"] for post in self.slack.posts(last.place.room)][len(before) :]
            assert stood == [one for one in due if one in stood], "in order"

    def case_of(self, inquiry: InquiryId) -> CaseId:
        found = self.ledger.read(lambda session: CaseBook(session).of_inquiry(inquiry))
        assert found is not None
        return found

    def row(self, which: int) -> CaseRow:
        case_id = self.cases[which % len(self.cases)]
        return self.ledger.read(lambda session: Pages(session).case(case_id))

    def file(self, which: int) -> ConsultationFile:
        return stock.file_of(self.ledger, self.row(which).consultation.id)

    def there(self) -> list[Consultant]:
        return self.ledger.read(lambda session: Registry(session).consultants())

    def hand(self, case: CaseRow, who: int) -> Consultant | None:
        """Whose turn it is (0), or the other one (1); nobody, where they left."""
        holder = case.owner or case.turned_to or self.people[0]
        wanted = next(one for one in self.people if (one.id == holder.id) == (who == 0))
        return self.ledger.read(lambda session: Registry(session).serving(wanted.id))


def _replayed(history: tuple[CaseEvent, ...]) -> CaseState:
    """Where a history leads; a step that the rule does not allow fails."""
    assert history[0].deed is CaseDeed.OPEN
    state = CaseState.WAITING
    for event in history[1:]:
        moved = after(state, event.deed)
        assert moved is not None, (state, event.deed)
        state = moved
    return state


def _once_each(history: tuple[CaseEvent, ...]) -> None:
    """Each notice once from an opening, or a first reply, on, never a lesser after a graver; one more question."""
    told: list[CaseDeed] = []
    asked, is_answered = 0, False
    for event in history:
        if event.deed is CaseDeed.REOPEN:
            told, is_answered = [], False
        if event.deed is CaseDeed.REPLY and not is_answered:
            told, is_answered = [], True
        if event.deed in NOTICES:
            assert not told or list(NOTICES).index(event.deed) > list(NOTICES).index(told[-1])
            told.append(event.deed)
        asked = {CaseDeed.RESOLVE: 0, CaseDeed.ASK: asked + 1}.get(event.deed, asked)
        assert asked <= 1


def test_no_life_of_a_case_breaks_its_rules() -> None:
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=15,
            stateful_step_count=20,
            deadline=None,
            database=None,
            phases=[Phase.generate],  # what fails is told at once: to shrink it takes minutes
            suppress_health_check=list(HealthCheck),
        ),
    )
