"""A golden file's reading as a reviewer can read it: what each piece is, where it stands, under what, its words."""

from pathlib import Path

from ingest.blocks import Block
from ingest.readers import read

FILES = Path(__file__).parent / "files"
EXPECTED = ".expected.txt"


def goldens() -> list[Path]:
    """The files made by office programs."""
    return sorted(path for path in FILES.iterdir() if not path.name.endswith(EXPECTED))


def told(path: Path) -> str:
    reading = read(path)
    lines = [f"# {reading.title or '（題名なし）'}", *(f"! {remark}" for remark in reading.remarks)]
    return "\n".join([*lines, *map(_piece, reading.blocks), ""])


def _piece(block: Block) -> str:
    above = " > ".join(block.heading)
    return f"\n[{block.kind}] {block.locator}" + (f" | {above}" if above else "") + f"\n{block.text}"
