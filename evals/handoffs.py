"""Many hand-overs at once into one consultants' channel, through the real desk and the Slack stand-in with its limit.

Only the considering is a stand-in, which hands everything over. The stand-in is the tests': run it in a checkout.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from consultation.calendar import shown
from consultation.municipality import MunicipalityCode, check_digit, municipality
from consultation.opening import OpeningHours
from desk.pace import GAP_S
from records.ledger import Ledger, Session
from records.pages import Pages
from records.postbook import PostBook
from records.registry import Registry

if TYPE_CHECKING:
    from tests.bot.bench import Bench
    from tests.twins.slack import SlackTwin

BODIES = 10
PATIENCE_S = 900.0
SLACKS_S = (0.1, 60.0, 300.0)  # between its attempts to tell of an event: docs.slack.dev/apis/events-api
FIRST_REPLY = timedelta(hours=8, minutes=45)


@dataclass(frozen=True, slots=True)
class Measured:
    """What came of it; times in seconds."""

    asked: int
    over_s: float
    last_card_s: float
    """From the first question until the last card is visible."""
    cards: int
    in_order: bool
    deadlines_right: int
    notices: tuple[float, ...]
    """From a question until its asker's notice is visible."""
    limited: int
    """Posts that Slack took no time for (429)."""

    def __str__(self) -> str:
        p50, p95 = _p50_p95(self.notices)
        return (
            f"{self.asked} hand-overs within {self.over_s:.0f} s: last card visible after {self.last_card_s:.0f} s "
            f"(at one post a second not before {self.asked - 1} s), {self.limited} posts told to wait; "
            f"{self.cards} cards, {'in order' if self.in_order else 'OUT OF ORDER'}; "
            f"{self.deadlines_right} deadlines right; askers' notices p50 {p50:.1f} s, p95 {p95:.1f} s, "
            f"longest {max(self.notices):.1f} s"
        )


def measure(count: int, within_s: float) -> Measured:
    """Ask, and wait until every card and every notice stands."""
    from tests.bot.bench import TEAM, Bench, a_twin, open_desk, prepared_ledger, slack_settings
    from tests.twins.slack import Retries

    with TemporaryDirectory(prefix="handoffs-") as folder, a_twin(retries=Retries(delays_s=SLACKS_S)) as twin:
        home, settings = Path(folder), slack_settings(twin, "socket")
        with prepared_ledger(home) as ledger:
            rooms = _registered(ledger, twin, TEAM)
            with open_desk(home, ledger, settings, gap_s=GAP_S) as (desk, answerer):
                from bot.door import SlackDoor

                door = SlackDoor(settings, desk, ledger)
                door.start()
                try:
                    return _measured(Bench(twin, ledger, desk, door, answerer, home), rooms, count, within_s)
                finally:
                    door.stop()


def _registered(ledger: Ledger, twin: "SlackTwin", team: str) -> list[tuple[str, str]]:
    """A channel and a member of each body."""
    rooms = []
    for number in range(BODIES):
        five = f"11{500 + number}"
        code = MunicipalityCode(f"{five}{check_digit(five)}")
        room, user = f"C0BODY{number}", f"U0BODY{number}"
        twin.user(user, team, f"担当{number}")
        twin.channel(room, team, [user])

        def deed(session: Session, code: MunicipalityCode = code, room: str = room, number: int = number) -> None:
            Registry(session).add_municipality(municipality(code, f"見本{number}市", "埼玉県"), datetime.now(UTC))
            Registry(session).join_channel(team, room, code)

        ledger.write(deed)
        rooms.append((room, user))
    return rooms


def _measured(bench: "Bench", rooms: Sequence[tuple[str, str]], count: int, within_s: float) -> Measured:
    from tests.bot.bench import CONSULTANTS, cards

    twin = bench.twin
    twin.limit_posts()
    began, asked = time.time(), []
    for number in range(count):
        time.sleep(max(0.0, began + number * within_s / count - time.time()))
        room, user = rooms[number % len(rooms)]
        asked.append((room, twin.say(room, user, f"人を呼んでください。相談{number}です。", mention=True).ts))
    over_s = time.time() - began
    twin.wait(lambda t: len(cards(t)) >= count and all(t.answers(*where) for where in asked), PATIENCE_S)
    found = [message for message in twin.messages(CONSULTANTS) if not message.is_reply and message.bot_id]
    notices = tuple(float(twin.answers(room, ts)[0].ts) - float(ts) for room, ts in asked)
    planned = bench.ledger.read(_planned)
    right = [
        shown(due) in str(message.blocks) and due == OpeningHours().after(opened_at, FIRST_REPLY)
        for message, (_, _, due, opened_at) in zip(found, planned, strict=False)
    ]
    return Measured(
        asked=count,
        over_s=over_s,
        last_card_s=max(float(message.ts) for message in found) - began,
        cards=len(found),
        in_order=[message.ts for message in found] == [ref for _, ref, _, _ in planned],
        deadlines_right=sum(right),
        notices=notices,
        limited=sum(not call.answer for call in twin.calls_of("chat.postMessage")),
    )


def _planned(session: Session) -> list[tuple[int, str, datetime, datetime]]:
    """Every card in the order of its planning: where it stands, its case's deadline, and when that was opened."""
    rows = []
    for case in Pages(session).open_cases():
        card = PostBook(session).posted("card", case.id)
        if card is not None and card.posted_ref is not None and case.watch.due is not None:
            rows.append((card.ordinal, card.posted_ref, case.watch.due, case.opened_at))
    return sorted(rows)


def _p50_p95(times: Sequence[float]) -> tuple[float, float]:
    cuts = quantiles(times, n=20, method="inclusive")
    return cuts[9], cuts[18]
