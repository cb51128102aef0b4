"""What staff may wish beside a new question, as in Slack's form: a topic, a day, a person instead of the machine."""

from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel

from consultation.inquiry import Wish
from consultation.topic import Topic
from desk import wording as desk_wording
from review import wording


class Asked(BaseModel):
    """The form of a new consultation, as it was sent; what is empty is not wished."""

    text: str = ""
    nonce: str = ""
    topic: str = ""
    by: str = ""
    person: str = ""

    @property
    def has_wish(self) -> bool:
        """Whether the part of the form that is folded away was used."""
        return bool(self.topic or self.by or self.person)


class AskedOn(BaseModel):
    """The form of a further question."""

    text: str = ""
    nonce: str = ""


@dataclass(frozen=True, slots=True)
class Misfilled:
    """The field that cannot be taken, and why."""

    field: str
    sentence: str


def wish_from(asked: Asked, today: date) -> Wish | Misfilled:
    """The wish, held to the same rule as in Slack. `today` is the day in Japan."""
    if asked.topic and asked.topic not in set(Topic):
        return Misfilled("topic", desk_wording.NO_SUCH_TOPIC)
    try:
        by = date.fromisoformat(asked.by) if asked.by else None
    except ValueError:
        return Misfilled("by", wording.BAD_DATE)
    wish = Wish(is_for_person=bool(asked.person), topic=asked.topic or None, by=by)
    return Misfilled("by", desk_wording.PAST_DAY) if wish.is_past(today) else wish
