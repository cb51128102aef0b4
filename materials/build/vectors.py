"""`python -m materials.build.vectors`: the vectors of the built files, computed once and shipped with them.

Only what changed since the last time is computed; what no passage needs any more is dropped.
"""

import tempfile
from pathlib import Path

from ingest.sync import Intake, Wish
from knowledge.embedding import NANO_E5, SentenceTransformersEmbedder, Vectors
from knowledge.known import KnownVectors, digest, read_known, write_known
from knowledge.snapshot import indexed_text, sentence_text
from materials import FILES, VECTORS
from records.corpus import LibraryCorpus
from records.ledger import Ledger
from records.migrate import migrate

BATCH = 256
THREADS = 2


def texts_of(files: Path) -> list[str]:
    """Every text of the corpus that gets a vector, each once: passages and sentences as the desk indexes them."""
    with tempfile.TemporaryDirectory() as folder:
        ledger = Ledger(f"sqlite:///{folder}/library.db")
        migrate(ledger.engine)
        for _ in Intake(ledger).bring_in([files], Wish()):
            pass
        passages = LibraryCorpus(ledger).coming().passages
        ledger.close()
    texts = [indexed_text(passage) for passage in passages]
    texts += [sentence_text(passage, sentence) for passage in passages for sentence in passage.sentences]
    return list(dict.fromkeys(texts))


def main() -> None:
    texts = texts_of(FILES)
    embedder = KnownVectors(SentenceTransformersEmbedder(NANO_E5, THREADS), read_known(VECTORS, NANO_E5))
    known: dict[bytes, Vectors] = {}
    for start in range(0, len(texts), BATCH):
        batch = texts[start : start + BATCH]
        known |= dict(zip(map(digest, batch), embedder.passages(batch), strict=True))
        print(f"{len(known)}/{len(texts)}", flush=True)
    write_known(VECTORS, NANO_E5, known)


if __name__ == "__main__":
    main()
