"""Files that LibreOffice made are read as written beside them; `python -m tests.ingest.goldens` writes that anew."""

from pathlib import Path

import pytest

from tests.ingest.goldens.told import EXPECTED, goldens, told


@pytest.mark.parametrize("golden", goldens(), ids=lambda path: path.name)
def test_a_file_of_a_real_office_program_is_read_as_expected(golden: Path) -> None:
    assert told(golden) == golden.with_name(golden.name + EXPECTED).read_text(encoding="utf-8")
