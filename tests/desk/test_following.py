"""What stands follows what was changed: in its lane, in order; where nothing came to stand, nothing is changed."""

from datetime import UTC, datetime
from typing import cast

import pytest

from consultation.aside import Aside, AsideKind
from consultation.case import CaseId
from consultation.errors import PostRefused
from consultation.inquiry import MessageKey
from desk.casework import Done, Refused
from records.ledger import Session
from records.pages import Pages
from records.postbook import DROPPED, PostBook
from records.replies import ReplyBook
from tests.desk.bench import CARDS, Bench, until


def replied(bench: Bench, room: str) -> tuple[CaseId, str]:
    """A case that its owner has replied to; the reply's turn."""
    case = bench.case(bench.ask("担当者に聞きたい", room))
    bench.desk.cases.claim(case, bench.consultants[0])
    assert isinstance(bench.desk.cases.reply(case, bench.consultants[0], "最初の文", f"r:{room}"), Done)
    [reply] = bench.ledger.read(lambda session: ReplyBook(session).in_case(case))
    return case, reply.turn.id


def update(bench: Bench, purpose: str, turn_id: str) -> str:
    """The state of the one update of that purpose."""

    def view(session: Session) -> str:
        posts = PostBook(session)
        [reply] = [ReplyBook(session).get(turn_id)]
        at = reply.turn.revised_at or reply.turn.at
        found = posts.find(f"{purpose}:{turn_id}:v{round(at.timestamp() * 1_000_000)}")
        return found.state if found is not None else ""

    return bench.ledger.read(view)


def test_a_correction_is_an_update_behind_the_reply(bench: Bench, room: str) -> None:
    _, turn_id = replied(bench, room)

    assert isinstance(bench.desk.replies.revise(turn_id, bench.consultants[0], "直した文"), Done)

    posts = bench.settled(4, room)
    assert [post["purpose"] for post in posts] == ["outcome", "claimed", "reply", "reply_state"]
    assert posts[-1]["text"] == "直した文"


def test_where_the_reply_never_came_to_stand_its_update_is_dropped(bench: Bench, room: str) -> None:
    case = bench.case(bench.ask("担当者に聞きたい", room))
    bench.desk.cases.claim(case, bench.consultants[0])
    bench.settled(2, room)
    bench.channels.fault(room, PostRefused("is_archived"))
    bench.desk.cases.reply(case, bench.consultants[0], "最初の文", f"r:{room}")
    [reply] = bench.ledger.read(lambda session: ReplyBook(session).in_case(case))

    assert isinstance(bench.desk.replies.revise(reply.turn.id, bench.consultants[0], "直した文"), Done)

    until(lambda: update(bench, "reply_state", reply.turn.id) == DROPPED)
    assert bench.channels.purposes(room) == ["outcome", "claimed"]


def test_who_neither_sent_it_nor_owns_the_case_changes_nothing(bench: Bench, room: str) -> None:
    case, turn_id = replied(bench, room)
    bench.settled(3, room)
    other = bench.consultants[1]

    assert isinstance(bench.desk.replies.recall(turn_id, other), Refused)
    assert isinstance(bench.desk.replies.revise(turn_id, None, "横から"), Refused)
    bench.desk.cases.take_over(case, other)
    assert isinstance(bench.desk.replies.recall(turn_id, other), Done)

    assert isinstance(bench.desk.replies.revise(turn_id, bench.consultants[0], "遅い"), Refused)
    assert bench.settled(5, room)[-1]["purpose"] == "reply_state"


@pytest.mark.parametrize("is_open", [True, False])
def test_an_edit_of_what_the_machine_answered_counts_only_while_somebody_is_on_it(
    bench: Bench, room: str, is_open: bool
) -> None:
    key = MessageKey(f"answered:{room}")
    asked = bench.ask("費用は", room, key)
    assert bench.desk.wait(asked, 40).outcome
    second = bench.ask("効果は", room, thread=f"thread of {key}")
    bench.desk.wait(second, 40)  # decided first: a question that is still considered goes to who is on the case then
    case = cast("Done", bench.desk.cases.request_person(second, "T1:U1"))
    if not is_open:
        bench.desk.cases.claim(case.case.id, bench.consultants[0])
        bench.desk.cases.resolve(case.case.id, bench.consultants[0])

    assert bench.desk.amend(key, "費用と期間は", (), datetime.now(UTC)) is is_open

    row = bench.ledger.read(lambda session: Pages(session).inquiry(asked))
    noted = [post for post in bench.channels.posts(CARDS.room) if post["inquiry"] == asked]
    if is_open:
        noted = until(lambda: [post for post in bench.channels.posts(CARDS.room) if post["inquiry"] == asked])
    assert (row.text, [post["question"] for post in noted]) == (
        ("費用と期間は", ["費用と期間は"]) if is_open else ("費用は", [])
    )


def test_an_aside_is_answered_under_the_card_only(bench: Bench, room: str) -> None:
    case_id = bench.case(bench.ask("担当者に聞きたい", room))
    case = bench.ledger.read(lambda session: Pages(session).case(case_id))
    asked = Aside(AsideKind.DRAFT, "費用も")

    first = bench.desk.ask_aside(f"a:{room}", case, bench.consultants[1], asked, is_posted=True)
    again = bench.desk.ask_aside(f"a:{room}", case, bench.consultants[1], asked, is_posted=True)

    assert first == again
    assert bench.desk.wait_aside(first, 40).decided_at is not None
    until(lambda: [post for post in bench.channels.posts(CARDS.room) if post["delivery"].endswith(f":{first}")])
    bench.settled(1, room)
    assert bench.channels.purposes(room) == ["outcome"]
    assert bench.channels.purposes(CARDS.room).count("aside") == 1
    assert bench.answerer.seen[-1].text == "担当者に聞きたい\n費用も"
