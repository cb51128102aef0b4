"""What an asker thinks of a case after its end (評価): one of three faces, and a line of words."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

LONGEST = 500
"""Characters of the words."""


class Score(IntEnum):
    """Three: more are not told apart in one press."""

    POOR = 1
    FAIR = 2
    GOOD = 3


@dataclass(frozen=True, slots=True)
class Rating:
    """One person's last word on one case; the words are masked."""

    id: str
    by: str
    score: Score
    words: str
    at: datetime

    @property
    def is_complaint(self) -> bool:
        """Whether the lead hears of it: the lowest, and the asker says why."""
        return self.score is Score.POOR and bool(self.words)
