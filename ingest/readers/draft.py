"""A reading while it is made: remembers the headings above, skips what is empty, keeps headings with nothing below."""

from dataclasses import dataclass

from ingest import wording
from ingest.blocks import Block, BlockKind, Reading
from ingest.readers.letters import tidy, unwrapped


@dataclass(frozen=True, slots=True)
class _Heading:
    level: int
    text: str
    locator: str


class Draft:
    """Collects blocks in reading order."""

    def __init__(self) -> None:
        self.title: str | None = None
        self._blocks: list[Block] = []
        self._remarks: list[str] = []
        self._above: list[_Heading] = []
        self._bare = False  # the innermost heading has nothing below it yet
        self._tables = 0

    @property
    def place(self) -> str:
        """Where we are, for materials whose only landmarks are headings."""
        return wording.under(self._above[-1].text if self._above else "")

    def head(self, text: str, level: int, locator: str | None = None) -> None:
        """Go under a heading; it closes all headings of its level and below."""
        text = unwrapped(tidy(text))
        if not text:
            return
        self._keep_bare(level)
        self._above = [above for above in self._above if above.level < level]
        self._above.append(_Heading(level, text, locator or wording.under(text)))
        self._bare = True
        self._tables = 0

    def leave(self) -> None:
        """Leave all headings, as at the end of a slide or a sheet."""
        self._keep_bare(0)
        self._above = []
        self._tables = 0

    def add(self, text: str, kind: BlockKind = BlockKind.PROSE, locator: str | None = None) -> None:
        """One paragraph, item, row or note; empty ones are nothing."""
        text = tidy(text)
        if text:
            self._blocks.append(Block(text, locator or self.place, self._path(), kind))
            self._bare = False

    def next_table(self) -> int:
        """The number of the next table under this heading."""
        self._tables += 1
        return self._tables

    def remark(self, sentence: str) -> None:
        self._remarks.append(sentence)

    def reading(self) -> Reading:
        self._keep_bare(0)
        return Reading(tidy(self.title or "") or None, tuple(self._blocks), tuple(self._remarks))

    def _keep_bare(self, level: int) -> None:
        """A heading that is left with nothing below it says all it has to say by itself."""
        if self._bare and self._above[-1].level >= level:
            bare = self._above.pop()
            self.add(bare.text, locator=bare.locator)
        self._bare = False

    def _path(self) -> tuple[str, ...]:
        return tuple(heading.text for heading in self._above)
