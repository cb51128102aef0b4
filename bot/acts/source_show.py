"""「引用箇所を見る」: the quoted passage, re-read from the log under the tenant of the one who asks."""

from slack_sdk.models.views import View

from bot import wording
from bot.blocks.modals import source_view
from bot.clicks import Click, pair
from bot.inside import Inside
from bot.sources import sources_of
from consultation.errors import NotFound
from consultation.inquiry import InquiryId
from records.pages import Pages
from records.rows import InquiryRow


def show(inside: Inside, click: Click) -> View:
    """Raises NotFound where the source is none of theirs."""
    inquiry_id, rank = pair(click.value)
    inquiry = _inquiry(inside, click, inquiry_id)
    body = inside.ledger.read(lambda session: Pages(session).consultation(inquiry.consultation_id)).municipality.code
    sources = inside.ledger.read(sources_of(inquiry, body))
    found = next((source for source in sources if str(source.rank) == rank), None)
    if found is None or found.passage is None:
        raise NotFound(wording.NO_SOURCE)
    return source_view(found.passage, found.citation.quote)


def _inquiry(inside: Inside, click: Click, inquiry_id: str) -> InquiryRow:
    """Consultants see every body's, everybody else their own."""
    if inside.consultant(click) is not None:
        return inside.ledger.read(lambda session: Pages(session).inquiry(InquiryId(inquiry_id)))
    return inside.inquiry(click, inquiry_id)
