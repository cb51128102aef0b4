"""The starter corpus: its files as built, and the vectors that come along with them."""

from pathlib import Path

FILES = Path(__file__).parent / "files"
VECTORS = Path(__file__).parent / "vectors.npz"
