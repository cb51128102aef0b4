"""What makes office files repeatable: one moment for all of them, and zips without the clock in them."""

import io
import zipfile
from datetime import datetime

MOMENT = datetime(2026, 11, 1)  # noqa: DTZ001 - office properties are naive; the corpus' own edition date
ZIP_MOMENT = (2026, 11, 1, 0, 0, 0)
AUTHOR = "支援実施事業者（架空）"


def without_clock(archive: bytes) -> bytes:
    """The same zip with fixed dates and order of entries kept."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, ZIP_MOMENT)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            new.writestr(info, old.read(name))
    return out.getvalue()
