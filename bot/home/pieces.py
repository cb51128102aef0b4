"""What the Homes are built of: headings, lists that say what they leave off, and their buttons."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, ButtonElement, DividerBlock, SectionBlock
from slack_sdk.models.views import View

from bot.blocks.elements import HomeAction, link, small_print
from bot.blocks.text import SECTION, escaped, mrkdwn, plain
from bot.home import wording

MOST_BLOCKS = 100  # docs.slack.dev/reference/views: of a Home
BUTTON = 75


def home_view(blocks: Sequence[Block]) -> View:
    """A Home; the lists are cut before, this only keeps a slip from losing the whole page."""
    return View(type="home", blocks=list(blocks)[:MOST_BLOCKS])


def heading(text: str) -> list[Block]:
    return [DividerBlock(), SectionBlock(text=mrkdwn(f"*{escaped(text)}*"))]


def line(text: str, accessory: ButtonElement | None = None) -> SectionBlock:
    """A section of ready mrkdwn."""
    return SectionBlock(text=mrkdwn(text), accessory=accessory)


def lines(texts: Sequence[str]) -> list[Block]:
    """Many short lines of ready mrkdwn in as few sections as they need."""
    pieces: list[str] = []
    for text in texts:
        if pieces and len(pieces[-1]) + len(text) < SECTION:
            pieces[-1] += f"\n{text}"
        else:
            pieces.append(text)
    return [line(piece) for piece in pieces]


def more(count: int, url: str | None) -> list[Block]:
    """That so many are left off, and where they are; nothing where none is."""
    if count <= 0:
        return []
    left = wording.MORE.format(count=count)
    return [small_print(f"{left}　{link(url, wording.OPEN_ALL)}" if url else left)]


def button(action: HomeAction, text: str, value: str = "", style: str | None = None) -> ButtonElement:
    return ButtonElement(action_id=action.value, text=plain(text, BUTTON), value=value or None, style=style)


def joined(*parts: str | None) -> str:
    """The parts that there are, on one line."""
    return "　".join(filter(None, parts))
