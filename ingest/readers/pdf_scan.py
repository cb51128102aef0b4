"""Pages that are pictures, read by Tesseract where it is installed; its line breaks inside a paragraph are undone."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pypdfium2

from ingest.readers.letters import JAPANESE, joined

_PROGRAM = "tesseract"
_DOTS_PER_INCH = 300  # what Tesseract's models are trained for
_POINTS_PER_INCH = 72
_LARGEST_SIDE = 5000  # dots; a poster is read more coarsely
_PAGE_S = 60.0
_BETWEEN_JAPANESE = re.compile(rf"(?<=[{JAPANESE}、。「」（）]) +(?=[{JAPANESE}、。「」（）])")


@dataclass(frozen=True, slots=True)
class Picture:
    """A page that is a picture, with the paragraphs seen on it."""

    page: int
    paragraphs: tuple[str, ...]


@cache
def available() -> bool:
    """Whether Tesseract and its Japanese are here."""
    return shutil.which(_PROGRAM) is not None and "jpn" in _said([_PROGRAM, "--list-langs"]).split()


def paragraphs(path: Path, page: int) -> Iterator[str]:
    """The paragraphs that Tesseract sees on a page, counted from 1."""
    with tempfile.TemporaryDirectory() as folder:
        picture = Path(folder) / "page.png"
        _draw(path, page, picture)
        text = _said([_PROGRAM, str(picture), "stdout", "-l", "jpn", "--psm", "3"])
    for paragraph in re.split(r"\n\s*\n", text):
        lines = [_BETWEEN_JAPANESE.sub("", line.strip()) for line in paragraph.splitlines()]
        if whole := joined([line for line in lines if line]):
            yield whole


def _draw(path: Path, page: int, picture: Path) -> None:
    with pypdfium2.PdfDocument(path) as document:
        sheet = document[page - 1]
        scale = min(_DOTS_PER_INCH / _POINTS_PER_INCH, _LARGEST_SIDE / max(sheet.get_size()))
        sheet.render(scale=scale, grayscale=True).to_pil().save(picture)


def _said(command: list[str]) -> str:
    """What the program says; nothing where it fails or takes too long, as one bad page must not cost the others."""
    environment = os.environ | {"OMP_THREAD_LIMIT": "1"}  # its threads cost more than they bring
    try:
        done = subprocess.run(command, capture_output=True, timeout=_PAGE_S, env=environment, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""
