"""An answer as the page shows it: its sections, its references, and its sources with the quoted words marked."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from consultation.outcome import Citation
from consultation.passage import Passage

HEADING = re.compile(r"\s*【(結論|根拠|留意点|次にすること|参考)】\s*(.*)")
REFERENCE = re.compile(r"\[(\d{1,2})\]|［(\d{1,2})］")
AROUND = 60  # characters of a passage that are shown before and after what is quoted


@dataclass(frozen=True, slots=True)
class Word:
    """A piece of a line; `reference` is the number of a source it points to."""

    text: str
    reference: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of an answer; the heading is empty where the text has none."""

    heading: str
    lines: tuple[tuple[Word, ...], ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a passage, quoted or not."""

    text: str
    is_quoted: bool


@dataclass(frozen=True, slots=True)
class Source:
    """A cited passage: its numbers in the answer, and the passage as it was when cited (None: no longer kept)."""

    numbers: tuple[int, ...]
    citation: Citation
    passage: Passage | None
    quotes: tuple[str, ...]

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """The whole passage; without it, the quotes alone."""
        if self.passage is None:
            return tuple(Stretch(quote, True) for quote in self.quotes)
        return marked(self.passage.text, self.quotes)

    @property
    def excerpt(self) -> tuple[Stretch, ...]:
        """What is quoted, with a little around it."""
        return tuple(_shortened(self.stretches))


def sections(text: str, references: int) -> tuple[Section, ...]:
    """The answer cut at its headings; `[n]` up to `references` become references."""
    found: list[tuple[str, list[tuple[Word, ...]]]] = [("", [])]
    for line in text.splitlines():
        heading = HEADING.fullmatch(line)
        if heading:
            found.append((heading[1], []))
        rest = (heading[2] if heading else line).strip()
        if rest:
            found[-1][1].append(_words(rest, references))
    return tuple(Section(heading, tuple(lines)) for heading, lines in found if heading or lines)


def sources(cited: Sequence[tuple[Citation, Passage | None]]) -> tuple[Source, ...]:
    """The sources beside an answer: citations of one passage stand together."""
    groups: dict[tuple[str, int], list[tuple[int, Citation, Passage | None]]] = {}
    for number, (citation, passage) in enumerate(cited, start=1):
        groups.setdefault((citation.passage_id, citation.document_version), []).append((number, citation, passage))
    return tuple(
        Source(
            tuple(number for number, _, _ in group),
            group[0][1],
            group[0][2],
            tuple(dict.fromkeys(citation.quote for _, citation, _ in group)),
        )
        for group in groups.values()
    )


def marked(text: str, quotes: Iterable[str]) -> tuple[Stretch, ...]:
    """The text cut into quoted and other stretches; nothing is lost, whatever the quotes."""
    is_quoted = [False] * len(text)
    for quote in quotes:
        at = text.find(quote) if quote else -1
        if at >= 0:
            is_quoted[at : at + len(quote)] = [True] * len(quote)
    stretches: list[Stretch] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or is_quoted[end] != is_quoted[start]:
            stretches.append(Stretch(text[start:end], is_quoted[start]))
            start = end
    return tuple(stretches)


def _shortened(stretches: Sequence[Stretch]) -> Iterable[Stretch]:
    last = len(stretches) - 1
    for index, stretch in enumerate(stretches):
        text = stretch.text
        head = 0 if index == 0 else AROUND
        tail = 0 if index == last else AROUND
        if stretch.is_quoted or len(text) <= head + tail + AROUND:
            yield stretch
        else:
            yield Stretch(f"{text[:head]}…{text[len(text) - tail :]}", False)


def _words(line: str, references: int) -> tuple[Word, ...]:
    words: list[Word] = []
    at = 0
    for found in REFERENCE.finditer(line):
        number = int(found[1] or found[2])
        if 1 <= number <= references:
            words += [Word(line[at : found.start()])] if at < found.start() else []
            words.append(Word(found[0], number))
            at = found.end()
    return (*words, Word(line[at:])) if at < len(line) else tuple(words)
