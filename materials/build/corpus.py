"""The whole corpus in memory: every file with its bytes, the catalogue, and the page that lists it."""

from collections.abc import Callable, Sequence
from pathlib import Path

from materials.build import cards, font
from materials.build.catalogue import KINDS, Entry, SourceError, as_csv
from materials.build.docx_file import docx_from
from materials.build.pdf_file import document_pdf_from, slides_pdf_from
from materials.build.pptx_file import pptx_from
from materials.build.source import Source, source_from
from materials.build.text_files import csv_from, html_from, markdown_from, vtt_from
from materials.build.xlsx_file import xlsx_from

Writer = Callable[[Source], bytes]
WRITERS: dict[str, Writer] = {
    ".pptx": pptx_from,
    ".docx": docx_from,
    ".xlsx": xlsx_from,
    ".csv": csv_from,
    ".html": html_from,
    ".md": markdown_from,
    ".vtt": vtt_from,
}
KIND_NAMES = dict(zip(KINDS, ("研修資料", "優良事例", "eラーニング", "事業資料", "よくある質問", "様式"), strict=True))
CASE_TABLES = {"outline": cards.outline_of, "costs": cards.costs_of}


def sources_in(folder: Path) -> list[Source]:
    """All sources below the folder, by file name; raises SourceError on the first bad one."""
    sources = [source_from(path) for path in sorted(folder.rglob("*.md"))]
    stories = [source for source in sources if "card" in source.meta]
    return [_completed(source, stories) for source in sources]


def files_from(sources: Sequence[Source]) -> dict[str, bytes]:
    """File name, as in the catalogue, to content."""
    pdf = [source for source in sources if source.entry.file.endswith(".pdf")]
    font.register("".join(source.entry.title + source.body for source in pdf) + "・※")
    return {source.entry.file: _writer(source)(source) for source in sources}


def catalogue_from(sources: Sequence[Source]) -> bytes:
    """The catalogue of the sources."""
    return as_csv(source.entry for source in sources)


def page_from(sources: Sequence[Source]) -> bytes:
    """The list of the corpus for docs/, one table per kind."""
    lines = ["# Materials: the starter corpus", "", "Built by `python -m materials.build`; do not edit by hand.", ""]
    for kind, name in KIND_NAMES.items():
        entries = sorted((s.entry for s in sources if s.entry.kind == kind), key=lambda entry: entry.file)
        lines += [f"## {name} ({kind}, {len(entries)})", "", "| file | title | as of | valid until | source |"]
        lines += ["|---|---|---|---|---|", *(_row(entry) for entry in entries), ""]
    return "\n".join(lines).encode()


def _row(entry: Entry) -> str:
    cells = (f"`{entry.file}`", entry.title, entry.as_of, entry.valid_until or "—", entry.source_kind)
    return f"| {' | '.join(cells)} |"


def _completed(source: Source, stories: Sequence[Source]) -> Source:
    if "card" in source.meta:
        return cards.with_facts(source)
    if table := source.meta.get("cases"):
        return CASE_TABLES[str(table)](stories, source.entry)
    return source


def _writer(source: Source) -> Writer:
    suffix = Path(source.entry.file).suffix
    if suffix == ".pdf":
        return slides_pdf_from if source.meta.get("layout") == "slides" else document_pdf_from
    if suffix not in WRITERS:
        raise SourceError(f"{source.entry.file}: no writer for {suffix}")
    return WRITERS[suffix]
