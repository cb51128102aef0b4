"""Folders brought in whole, and what the library holds then."""

from pathlib import Path

from consultation.passage import Passage
from ingest.sync import Fate, FileReport, Intake, Wish
from records.corpus import LibraryCorpus
from records.ledger import Ledger
from tests.records import stock


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"# 見出し\n\n{text}\n")
    return path


def bring(intake: Intake, *paths: Path, wish: Wish | None = None) -> dict[str, Fate]:
    """The fate of each file by its name."""
    return {Path(report.path).name: report.fate for report in reports(intake, *paths, wish=wish)}


def reports(intake: Intake, *paths: Path, wish: Wish | None = None) -> list[FileReport]:
    """A whole run: what was brought in goes live, as it does once it is embedded."""
    found = list(intake.bring_in(paths, wish or Wish()))
    go_live(intake._ledger)
    return found


def reasons(intake: Intake, *paths: Path, wish: Wish | None = None) -> dict[str, str]:
    found = reports(intake, *paths, wish=wish)
    return {Path(report.path).name: report.reason for report in found if report.fate is Fate.FAILED}


def live(ledger: Ledger) -> list[Passage]:
    return stock.live(ledger)


def texts(ledger: Ledger) -> list[str]:
    return sorted(passage.text for passage in live(ledger))


def ids(ledger: Ledger) -> set[tuple[str, str]]:
    return {(passage.document_id, passage.id) for passage in live(ledger)}


def go_live(ledger: Ledger) -> None:
    """As the knowledge does once everything is embedded."""
    assert LibraryCorpus(ledger).coming().publish()
