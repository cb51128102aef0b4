"""A team of consultants: when it is there, and how soon it answers."""

from dataclasses import dataclass, field

from consultation.opening import OpeningHours
from consultation.watch import Targets


@dataclass(frozen=True, slots=True)
class Team:
    id: str
    name: str
    hours: OpeningHours = field(default_factory=OpeningHours)
    targets: Targets = field(default_factory=Targets)


EVERYBODY = Team("", "窓口")
"""Who takes care of a municipality that has no team of its own."""
