"""What the case card tells beside the case: whose body it is, why the desk was not sure enough, and what was before."""

from collections.abc import Callable

from slack_sdk.models.blocks import Block, SectionBlock

from bot import wording
from bot.blocks.elements import link, small_print
from bot.blocks.text import FIELD, fitted, mrkdwn
from consultation.calendar import shown_date, tokyo_date
from consultation.case import CaseId
from desk.background import profile, state, sureness
from records.overview import Background, ConsultationLine
from records.rows import CaseRow

NAME, WORDS = 100, 60

Address = Callable[[CaseId], str | None]


def background_blocks(case: CaseRow, background: Background | None, address: Address) -> list[Block]:
    """Three blocks, each far below a section's length; none where nothing was looked up."""
    if background is None:
        return []
    facts = "　".join(fitted(fact, NAME) for fact in profile(case.consultation.municipality, background))
    earlier = [_earlier(one, address) for one in background.earlier] or [wording.NO_EARLIER]
    return [
        SectionBlock(text=mrkdwn(f"*{wording.PROFILE}*\n{facts}")),
        SectionBlock(text=mrkdwn("\n".join([f"*{wording.EARLIER}*", *earlier]))),
        small_print(_why(case)),
    ]


def _earlier(one: ConsultationLine, address: Address) -> str:
    """A consultant's web desk shows cases; what never was one has no address."""
    url = address(one.case_id) if one.case_id else None
    number = link(url, one.number) if url else one.number
    said = fitted(" ".join(one.text.split()), WORDS)
    return f"• {number}　{shown_date(tokyo_date(one.opened_at))}　{state(one)}　{said}"


def _why(case: CaseRow) -> str:
    """The reason, and how sure the desk was."""
    why = wording.WHY_HANDED.format(reason=fitted(wording.REASONS[case.reason], FIELD))
    return f"{why}　{sureness(case.inquiry)}"
