"""A library of its own, a folder, and what brings the one into the other."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.readers import read
from ingest.sync import Intake
from records.ledger import Ledger
from tests.records import stock
from tests.records.databases import sqlite_log
from tests.records.stock import CHIBA, SAITAMA


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    ledger = sqlite_log(tmp_path)
    stock.register(ledger, SAITAMA, CHIBA)
    yield ledger
    ledger.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "materials"
    folder.mkdir()
    return folder


@pytest.fixture
def intake(ledger: Ledger) -> Intake:
    return Intake(ledger, read)
