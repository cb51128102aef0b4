"""The pace of a room: Slack takes about one post a second and channel, and a short burst after a rest.

docs.slack.dev/apis/web-api/rate-limits
"""

from dataclasses import dataclass

from consultation.errors import PostDelayed

GAP_S = 1.0
BURST = 3
REST = 3  # after so many gaps without a post a burst is taken again


@dataclass(slots=True)
class Pace:
    """One room's, on a clock that only goes forward."""

    gap_s: float = GAP_S
    last: float = float("-inf")
    credit: int = 0

    def step(self, now: float) -> None:
        """A post is about to go out. Raises PostDelayed where it is too early."""
        since = now - self.last
        if since >= REST * self.gap_s:
            self.credit = BURST - 1  # beside this one
        elif since < self.gap_s:
            if not self.credit:
                raise PostDelayed(self.gap_s - since)
            self.credit -= 1
        self.last = now

    def slow_down(self) -> None:
        """Slack took no burst: one by one, until the room has rested."""
        self.credit = 0
