"""`python -m tests.ingest.goldens` tells each file anew; with `files`, LibreOffice first makes the files anew.

The files come from `sources/` (flat ODF, kept as text). Read the difference before you commit it: it is the review.
"""

import subprocess
import sys
import tempfile

from tests.ingest.goldens.told import EXPECTED, FILES, goldens, told

SOURCES = FILES.parent / "sources"
_CSV_CP932 = "csv:Text - txt - csv (StarCalc):44,34,60,1"  # comma, quotation mark, 60 for Windows-31J, from line 1
_FORMATS = {
    "guide.fodt": ("docx", "pdf", "html"),
    "columns.fodt": ("docx", "pdf"),
    "vertical.fodt": ("docx", "pdf"),
    "hours.fodt": ("docx", "pdf", "html"),
    "deck.fodp": ("pptx", "pdf"),
    "book.fods": ("xlsx", "xls", "html"),
    "list.fods": (_CSV_CP932,),
}


def make_files() -> None:
    """Each source by LibreOffice, headless and with a profile of its own."""
    with tempfile.TemporaryDirectory() as profile:
        for source, formats in _FORMATS.items():
            for form in formats:
                office = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", form]
                subprocess.run([*office, "--outdir", str(FILES), str(SOURCES / source)], check=True)


def main() -> None:
    if sys.argv[1:] == ["files"]:
        make_files()
    for golden in goldens():
        (golden.parent / f"{golden.name}{EXPECTED}").write_text(told(golden), encoding="utf-8")


if __name__ == "__main__":
    main()
