"""`python -m materials.build.vectors`: the vectors of the built files, computed once and shipped with them.

Only what changed since the last time is computed; what no passage needs any more is dropped.
"""

import tempfile
from pathlib import Path

from ingest.readers import read
from ingest.sync import Intake, Wish
from knowledge.embedding.embedder import Vector
from knowledge.embedding.nano import NanoEmbedder
from knowledge.known import KnownVectors, key_of, read_known, write_known
from knowledge.snapshot import embedded_texts
from materials import FILES, VECTORS
from records.corpus import LibraryCorpus
from records.ledger import Ledger
from records.migrate import migrate

BATCH = 256
THREADS = 2


def texts_of(files: Path) -> list[str]:
    """Every text that the desk embeds of the corpus, each once."""
    with tempfile.TemporaryDirectory() as folder:
        ledger = Ledger(f"sqlite:///{folder}/library.db")
        migrate(ledger.engine)
        for _ in Intake(ledger, read).bring_in([files], Wish()):
            pass
        passages = LibraryCorpus(ledger).coming().passages
        ledger.close()
    return list(dict.fromkeys(text for passage in passages for text in embedded_texts(passage)))


def main() -> None:
    texts, model = texts_of(FILES), NanoEmbedder(THREADS)
    embedder = KnownVectors(model, read_known(VECTORS, model.name))
    known: dict[bytes, Vector] = {}
    for start in range(0, len(texts), BATCH):
        batch = texts[start : start + BATCH]
        known |= dict(zip(map(key_of, batch), embedder.passages(batch), strict=True))
        print(f"{len(known)}/{len(texts)}", flush=True)
    write_known(VECTORS, model.name, known)


if __name__ == "__main__":
    main()
