"""Posting, without the engine: in order, once, and no fault of one letter stops the others."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from consultation.attachment import Attached
from consultation.case import CaseDeed, CaseId
from consultation.errors import PostDelayed, PostRefused, PostUnknown
from consultation.inquiry import Channel, InquiryId, MessageKey, Place
from consultation.outcome import Reason
from desk import carrying
from desk.letters import Purpose
from desk.posting import FAULTS, POSTS_PER_LANE, UNKNOWN_WAIT_S, Posting
from records.book import Book
from records.casebook import CaseBook
from records.health import health_of
from records.ledger import Ledger
from records.postbook import DROPPED, FAILED, POSTED, WAITING, PostBook
from tests.desk.bench import CARDS, Channels
from tests.records import stock
from tests.records.stock import NOW, SAITAMA

HERE = Place(Channel.SLACK, "T1", "C1", "1.1")
ELSEWHERE = Place(Channel.SLACK, "T1", "C2", "1.1")


@pytest.fixture
def ledger(url: str) -> Iterator[Ledger]:
    ledger = Ledger(url)
    stock.register(ledger, SAITAMA)
    yield ledger
    ledger.close()


@pytest.fixture
def channels(tmp_path: Path) -> Channels:
    return Channels(tmp_path / "posts.jsonl")


@pytest.fixture
def posting(ledger: Ledger, channels: Channels) -> Posting:
    return Posting(ledger, {Channel.SLACK: channels})


def planned(ledger: Ledger, key: str, place: Place = HERE) -> str:
    """A question that is decided, with its outcome to be posted."""
    asked = stock.enter(ledger, stock.inquiry(key)).inquiry_id
    stock.record(ledger, asked, stock.answer(key))
    plan = Purpose.OUTCOME, place, NOW
    return ledger.write(lambda session: PostBook(session).plan(*plan, inquiry_id=asked)).id


def carded(ledger: Ledger, key: str) -> list[str]:
    """A case with its card and the card's next state, to be posted."""
    asked = stock.enter(ledger, stock.inquiry(key)).inquiry_id
    case, _ = ledger.write(lambda session: CaseBook(session).open_for(asked, Reason.URGENT, "desk", NOW))
    purposes = (Purpose.CARD, Purpose.CARD_STATE)
    return [ledger.write(lambda s, p=p: PostBook(s).plan(p, CARDS, NOW, case_id=case)).id for p in purposes]


def states(ledger: Ledger, *ids: str) -> list[str]:
    return [ledger.read(lambda session, one=one: PostBook(session).get(one)).state for one in ids]


def texts(channels: Channels) -> list[str]:
    return [post["text"] for post in channels.posts()]


def test_the_last_of_a_lane_posts_those_before_it_first(ledger: Ledger, channels: Channels, posting: Posting) -> None:
    ids = [planned(ledger, f"k{n}") for n in range(3)]
    planned(ledger, "later")

    assert posting.settle_up_to(ids[-1]) is None

    assert texts(channels) == ["k0", "k1", "k2"]
    assert posting.settle_up_to(ids[0]) is None
    assert len(channels.tries) == 3


def test_a_long_lane_is_posted_in_bursts(ledger: Ledger, channels: Channels) -> None:
    ids = [planned(ledger, f"k{n}") for n in range(POSTS_PER_LANE + 1)]
    posting = Posting(ledger, {Channel.SLACK: channels}, ticks=count(step=10).__next__)

    assert posting.settle_up_to(ids[-1]) == UNKNOWN_WAIT_S
    assert len(texts(channels)) == POSTS_PER_LANE
    assert posting.settle_up_to(ids[-1]) is None
    assert texts(channels) == [f"k{n}" for n in range(POSTS_PER_LANE + 1)]


@pytest.mark.parametrize("applied", [True, False])
def test_a_post_of_unknown_result_is_looked_up_before_a_repeat(
    ledger: Ledger, channels: Channels, posting: Posting, applied: bool
) -> None:
    first = planned(ledger, "k1")
    channels.fault("C1", PostUnknown("time-out"), applied=applied)

    assert posting.settle_up_to(first) == UNKNOWN_WAIT_S
    assert posting.settle_up_to(first) is None

    assert texts(channels) == ["k1"]
    assert channels.looks == [first]
    assert len(channels.tries) == (1 if applied else 2)
    assert states(ledger, first) == [POSTED]


def test_a_lane_that_is_told_to_wait_is_left_alone(ledger: Ledger, channels: Channels, posting: Posting) -> None:
    first, second = planned(ledger, "k1"), planned(ledger, "k2")
    elsewhere = planned(ledger, "other", ELSEWHERE)
    channels.fault("C1", PostDelayed(30.0))

    assert posting.settle_up_to(first) == 30.0
    waits = posting.settle_up_to(second)

    assert waits is not None
    assert 25 < waits <= 31  # and its turn after the first
    assert len(channels.tries) == 1
    assert posting.settle_up_to(elsewhere) is None
    assert states(ledger, second, elsewhere) == [WAITING, POSTED]


def test_what_is_refused_fails_and_is_told(ledger: Ledger, channels: Channels, posting: Posting) -> None:
    first, second = planned(ledger, "k1"), planned(ledger, "k2")
    channels.fault("C1", PostRefused("channel_not_found"))

    assert posting.settle_up_to(second) is None

    assert states(ledger, first, second) == [FAILED, POSTED]
    assert health_of(ledger).failed == 1
    assert ledger.read(lambda session: PostBook(session).failed()) == [(first, "channel_not_found")]


def test_an_unforeseen_fault_is_tried_again_and_then_failed(ledger: Ledger, channels: Channels) -> None:
    posting = Posting(ledger, {Channel.SLACK: channels}, ticks=count(step=10).__next__)
    first, second = planned(ledger, "k1"), planned(ledger, "k2")
    channels.fault("C1", KeyError("a bug"), times=FAULTS)

    waits = [posting.settle_up_to(second) for _ in range(FAULTS)]

    assert all(waits[:-1])
    assert waits[-1] is None
    assert states(ledger, first, second) == [FAILED, POSTED]
    assert texts(channels) == ["k2"]


def test_a_fault_that_passes_leaves_no_trace(ledger: Ledger, channels: Channels, posting: Posting) -> None:
    first = planned(ledger, "k1")
    channels.fault("C1", KeyError("a bug"))

    assert posting.settle_up_to(first)
    assert posting.settle_up_to(first) is None

    assert texts(channels) == ["k1"]


def test_where_nobody_can_post_the_delivery_waits_for_another_launch(ledger: Ledger, channels: Channels) -> None:
    first = planned(ledger, "k1")

    assert Posting(ledger, {}).settle_up_to(first) is None
    assert states(ledger, first) == [WAITING]

    assert Posting(ledger, {Channel.SLACK: channels}).settle_up_to(first) is None
    assert texts(channels) == ["k1"]


def test_after_a_burst_a_lane_keeps_its_pace_and_who_waits_comes_back_for_its_turn(
    ledger: Ledger, channels: Channels
) -> None:
    now = [100.0]
    posting = Posting(ledger, {Channel.SLACK: channels}, ticks=lambda: now[0])
    ids = [planned(ledger, f"k{n}") for n in range(8)]

    assert posting.settle_up_to(ids[2]) is None
    waits = [posting.settle_up_to(one) for one in ids[3:]]
    assert waits == [1.0, 2.0, 3.0, 4.0, 5.0]
    assert len(channels.tries) == 3
    for done in range(3, 8):
        now[0] += 1.0
        assert posting.settle_up_to(ids[done]) is None
        assert texts(channels) == [f"k{n}" for n in range(done + 1)]


def test_what_slack_limits_is_posted_one_by_one_until_the_room_has_rested(ledger: Ledger, channels: Channels) -> None:
    now = [100.0]
    posting = Posting(ledger, {Channel.SLACK: channels}, ticks=lambda: now[0])
    ids = [planned(ledger, f"k{n}") for n in range(3)]
    channels.fault("C1", PostDelayed(1.0))

    assert posting.settle_up_to(ids[0]) == 1.0
    now[0] += 1.0
    assert posting.settle_up_to(ids[2]) == 2.0
    assert texts(channels) == ["k0"]


def test_the_outcome_of_a_withdrawn_question_is_dropped(ledger: Ledger, channels: Channels, posting: Posting) -> None:
    first = planned(ledger, "k1")
    withdraw(ledger, "k1")

    assert posting.settle_up_to(first) is None

    assert (texts(channels), states(ledger, first)) == ([], [DROPPED])


def test_an_outcome_that_may_stand_is_looked_for_before_it_is_dropped(
    ledger: Ledger, channels: Channels, posting: Posting
) -> None:
    first = planned(ledger, "k1")
    channels.fault("C1", PostUnknown("time-out"), applied=True)
    posting.settle_up_to(first)
    withdraw(ledger, "k1")

    assert posting.settle_up_to(first) is None

    assert states(ledger, first) == [POSTED]


def test_the_card_stands_before_what_belongs_to_it(ledger: Ledger, channels: Channels, posting: Posting) -> None:
    card, change = carded(ledger, "k1")
    channels.fault(CARDS.room, PostUnknown("time-out"))

    assert posting.settle_up_to(change) == UNKNOWN_WAIT_S
    assert posting.settle_up_to(change) is None

    assert channels.purposes(CARDS.room) == ["card", "card_state"]
    assert states(ledger, card, change) == [POSTED, POSTED]


@pytest.mark.parametrize("only_the_card", [True, False])
def test_what_belongs_to_a_failed_card_waits_for_its_retry(
    ledger: Ledger, channels: Channels, posting: Posting, *, only_the_card: bool
) -> None:
    with_file = replace(stock.inquiry("k1"), files=(Attached("T1", "F1", "計画.pdf", 10),))
    about = stock.enter(ledger, with_file).inquiry_id
    stock.record(ledger, about, stock.handoff(Reason.URGENT))
    consultation = stock.row_of(ledger, about).consultation_id
    case, _ = ledger.write(lambda session: CaseBook(session).open_for(about, Reason.URGENT, "desk", NOW))
    card = ledger.write(lambda session: PostBook(session).plan(Purpose.CARD, CARDS, NOW, case_id=case)).id
    [file] = ledger.write(lambda session: carrying.to_consultants(session, consultation, case, CARDS, NOW))
    state = ledger.write(lambda session: PostBook(session).plan(Purpose.CARD_STATE, CARDS, NOW, case_id=case)).id
    channels.fault(CARDS.room, PostRefused("msg_too_long"))

    assert posting.settle_up_to(state) is None

    assert states(ledger, card, file.id, state) == [FAILED, FAILED, DROPPED]
    assert channels.posts() == []
    assert ledger.read(lambda session: PostBook(session).failed()) == [(card, "msg_too_long")]
    assert ledger.read(lambda session: PostBook(session).unsettled()) == []  # nobody is told that the file is unfit

    ledger.write(lambda session: PostBook(session).retry(card if only_the_card else None))

    assert posting.settle_up_to(file.id) is None
    assert channels.purposes(CARDS.room) == ["card", "asker_file"]


def test_no_card_is_shown_of_a_case_taken_back_before(ledger: Ledger, channels: Channels, posting: Posting) -> None:
    card, change = carded(ledger, "k1")
    withdraw(ledger, "k1")
    case = CaseId(card.removeprefix("card:"))
    ledger.write(lambda session: CaseBook(session).move(case, CaseDeed.WITHDRAW, "asker", NOW))

    assert posting.settle_up_to(change) is None

    assert states(ledger, card, change) == [DROPPED, DROPPED]


def test_one_lane_is_posted_by_one_at_a_time(ledger: Ledger, channels: Channels, posting: Posting) -> None:
    ids = [planned(ledger, f"k{n}") for n in range(3)]

    stock.at_once([lambda one=one: posting.settle_up_to(one) for one in ids * 3])

    assert texts(channels) == ["k0", "k1", "k2"]


def test_who_gives_up_says_so(ledger: Ledger, posting: Posting) -> None:
    first = planned(ledger, "k1")

    posting.give_up(first)

    assert ledger.read(lambda session: PostBook(session).failed()) == [(first, "given_up")]


def withdraw(ledger: Ledger, key: str) -> list[InquiryId]:
    return ledger.write(lambda session: Book(session).withdraw(MessageKey(key), NOW))
