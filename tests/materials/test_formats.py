"""The built files hold what their formats promise."""

import io
import re
import zipfile
from collections.abc import Sequence

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from pptx import Presentation
from pypdf import PdfReader

from materials.build.fixed import ZIP_MOMENT, without_clock
from materials.build.source import Source
from tests.materials.conftest import MATERIALS

FILES = MATERIALS / "files"
DECKS = sorted(FILES.rglob("*.pptx"))
PDFS = sorted(FILES.rglob("*.pdf"))


@pytest.mark.parametrize("path", DECKS, ids=lambda path: path.stem)
def test_nothing_hangs_over_a_slide(path: object) -> None:
    deck = Presentation(str(path))

    for number, slide in enumerate(deck.slides, 1):
        assert all(shape.top + shape.height <= deck.slide_height for shape in slide.shapes), number


@pytest.mark.parametrize("path", PDFS, ids=lambda path: path.stem)
def test_a_pdf_gives_its_text_back(path: object, sources: Sequence[Source]) -> None:
    source = next(s for s in sources if str(path).endswith(s.entry.file))
    text = re.sub(r"\s", "", "".join(page.extract_text() for page in PdfReader(str(path)).pages))

    assert all(re.sub(r"\s", "", section.title) in text for section in source.sections)
    assert not re.search(r"[\u2f00-\u2fd5]", text)  # Kangxi radicals look like kanji and are not found


@pytest.mark.parametrize("name", ["a08-network", "a11-budget"])
def test_each_slide_of_an_exported_deck_is_one_page(name: str, sources: Sequence[Source]) -> None:
    source = next(s for s in sources if s.entry.file == f"workshop/{name}.pdf")

    assert len(PdfReader(FILES / source.entry.file).pages) == 1 + len(source.sections)


@pytest.mark.parametrize(("file", "sheet"), [("cost-sheet", "計算例"), ("inventory-sheet", "記入例")])
def test_the_stored_values_are_what_the_formulas_give(file: str, sheet: str) -> None:
    path = FILES / "form" / f"{file}.xlsx"
    formulas, values = load_workbook(path)[sheet], load_workbook(path, data_only=True)[sheet]
    cells = [cell for row in formulas.iter_rows() for cell in row if str(cell.value).startswith("=")]

    assert cells
    for cell in cells:
        assert computed(str(cell.value), values) == pytest.approx(values[cell.coordinate].value, abs=0.01)


def computed(formula: str, values: Worksheet) -> float:
    names = {"IF": lambda test, yes, no: yes if test else no, "ROUND": round}
    cells = {name: values[name].value for name in re.findall(r"[A-Z]\d+", formula)}
    return float(eval(formula.removeprefix("="), {"__builtins__": {}}, names | cells))  # noqa: S307 - our own formulas


def test_a_zip_without_the_clock_is_the_same_at_any_hour() -> None:
    def archive(year: int) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as new:
            new.writestr(zipfile.ZipInfo("a.xml", (year, 1, 1, 0, 0, 0)), "<a/>")
        return out.getvalue()

    first, second = without_clock(archive(2001)), without_clock(archive(2020))

    assert first == second
    assert zipfile.ZipFile(io.BytesIO(first)).infolist()[0].date_time == ZIP_MOMENT


def test_the_bureau_table_is_written_as_japanese_excel_writes_it() -> None:
    text = (FILES / "programme" / "bureaus.csv").read_bytes().decode("cp932")

    assert "関東総合通信局,茨城県・栃木県・群馬県・埼玉県・千葉県・東京都・神奈川県・山梨県,343" in text
    assert len(text.splitlines()) == 12
    assert sum(int(line.split(",")[3]) for line in text.splitlines()[1:]) == 1741
