"""D2.2 as ingestion understands it, without encoding anything: made once for all tests."""

from functools import cache
from typing import TYPE_CHECKING

from tests.conftest import ROOT

if TYPE_CHECKING:
    from icarus_ingest.understand import Understood


@cache
def understood() -> "Understood":
    """Pages, passages and tool cards of the repository's corpus; no vectors."""
    from icarus.embedding import BUILT_IN, EmbeddingModel
    from icarus_ingest.corpus import find_sources
    from icarus_ingest.reading import read
    from icarus_ingest.understand import understand

    [source] = find_sources([ROOT / "corpus"])
    model = EmbeddingModel.load(BUILT_IN)
    return understand(read(source), model.count_pieces, model.max_pieces)
