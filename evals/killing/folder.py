"""A folder of materials that changes between runs: added, changed, moved, removed, all by one seed."""

import random
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from materials import FILES

CARDS = 24
OFFICE = ("workshop/a09-procurement.pptx", "workshop/a03-inventory.docx", "form/inventory-sheet.xlsx")


@dataclass(slots=True)
class ChangingFolder:
    """Copies of the starter corpus. Cards named in `asked` are changed and moved, but never removed."""

    root: Path
    chance: random.Random
    asked: Sequence[str]
    _edition: int = 0
    _spare: list[Path] = field(default_factory=list)

    def fill(self) -> None:
        """The files to begin with; as many cards again are kept for later."""
        cards = sorted((FILES / "best-practice").glob("*.md"))
        begun = [card for card in cards if card.name in self.asked]
        others = [card for card in cards if card not in begun]
        self.chance.shuffle(others)
        begun += others[: CARDS - len(begun)]
        self._spare = [card for card in others if card not in begun]
        self.root.mkdir(parents=True)
        for source in (*begun, *(FILES / name for name in OFFICE)):
            shutil.copy(source, self.root / source.name)

    def change(self) -> str:
        """Two new files, four changed ones, two moves, one removal, and each asked card changed. What was done."""
        for card in self.asked:
            self._edit(next(self.root.rglob(card)))
        for path in self._some(4):
            self._edit(path)
        for path in self._some(2):
            self._move(path)
        for path in self._some(1):
            path.unlink()
            self._spare.append(FILES / "best-practice" / path.name)
        for _ in range(min(2, len(self._spare))):
            self._add(self._spare.pop(0))
        return f"edition {self._edition}"

    def _some(self, count: int) -> list[Path]:
        cards = sorted(path for path in self.root.rglob("*.md") if path.name not in self.asked)
        return self.chance.sample(cards, count)

    def _add(self, source: Path) -> None:
        target = self.root / source.name
        shutil.copy(source, target)
        self._edit(target)

    def _edit(self, path: Path) -> None:
        """Another title, so that every passage is embedded anew, and another sentence."""
        self._edition += 1
        title, _, rest = path.read_text().partition("\n")
        heading = title.partition("（改訂")[0]
        body = rest.partition("\n## 改訂\n")[0]
        path.write_text(
            f"{heading}（改訂{self._edition}）\n{body}\n## 改訂\nこの事例票は、改訂{self._edition}で見直しました。\n"
        )

    def _move(self, path: Path) -> None:
        target = self.root / f"移動{self.chance.randrange(4)}" / path.name
        target.parent.mkdir(exist_ok=True)
        if not target.exists():
            path.rename(target)
