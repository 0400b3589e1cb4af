"""A stand-in for the embedding model where a test is about files and not about meaning."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from icarus.embedding import EmbeddingModel
from icarus.exported import Progress


class SmallModel(EmbeddingModel):
    """Gives each text a fixed direction of its own, and remembers what it was asked to encode."""

    def __init__(self) -> None:
        self.name, self.fingerprint, self.dimension, self.max_pieces = "small", "f" * 64, 16, 256
        self.encoded: list[str] = []

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> list[list[float]]:
        self.encoded += texts
        if progress:
            progress(len(texts), len(texts))
        return [_direction(text) for text in texts]

    def make_export(self, root: Path) -> None:
        """There is nothing to export."""

    def encode_query(self, text: str) -> list[float]:
        return _direction(text)

    def count_pieces(self, text: str) -> int:
        return len(text.split()) + 2


def _direction(text: str) -> list[float]:
    raw = [byte - 127.5 for byte in hashlib.sha256(text.encode()).digest()[:16]]
    length = sum(x * x for x in raw) ** 0.5
    return [x / length for x in raw]
