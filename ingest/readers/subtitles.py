"""Subtitles (WebVTT, SubRip): cues joined to sentences, each standing at the time when it begins to be spoken."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from ingest import wording
from ingest.blocks import Reading
from ingest.encodings import text_from
from ingest.readers.draft import Draft
from ingest.readers.letters import joined, tidy

_TIMING = re.compile(r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,]\d{1,3}\s*-->")
_TAG = re.compile(r"</?[a-zA-Z0-9][^<>\n]*>|\{\\[^{}\n]*\}")  # <v 講師>, <00:00:01.000>, {\an8}
_ENDED = re.compile(r"[。！？!?]$")
_LONGEST_PAUSE_S = 20  # a cue so much later begins anew, whatever the one before ended with
_LONGEST = 400  # characters: speech without a full stop is cut there


@dataclass(frozen=True, slots=True)
class _Cue:
    start_s: int
    text: str


def read(path: Path) -> Reading:
    draft = Draft()
    held: list[_Cue] = []
    for cue in _cues(text_from(path.read_bytes())):
        if held and _is_over(held, cue):
            _add(held, draft)
            held = []
        held.append(cue)
    _add(held, draft)
    return draft.reading()


def _cues(text: str) -> Iterator[_Cue]:
    """What is spoken, in order; notes, styles and numbers of cues have no timing line before them."""
    for part in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        lines = part.strip("\n").split("\n")
        at = next((at for at, line in enumerate(lines) if _TIMING.match(line.strip())), None)
        if at is None:
            continue
        timing = _TIMING.match(lines[at].strip())
        spoken = joined([tidy(unescape(_TAG.sub("", line))) for line in lines[at + 1 :]])
        if timing is not None and spoken:
            hours, minutes, seconds = (int(part or 0) for part in timing.groups())
            yield _Cue(3600 * hours + 60 * minutes + seconds, spoken)


def _is_over(held: list[_Cue], cue: _Cue) -> bool:
    said = sum(len(one.text) for one in held)
    late = cue.start_s - held[-1].start_s > _LONGEST_PAUSE_S
    return late or said > _LONGEST or _ENDED.search(held[-1].text) is not None


def _add(held: list[_Cue], draft: Draft) -> None:
    if held:
        draft.add(joined([cue.text for cue in held]), locator=wording.moment(held[0].start_s))
