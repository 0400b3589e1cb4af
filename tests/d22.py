"""D2.2 as ingestion understands it, without encoding anything: made once for all tests."""

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from tests.conftest import ROOT

if TYPE_CHECKING:
    from icarus_ingest.understand import Understood

# How many tools each focus area and category has (contract, last section).
CELLS = Counter(
    {
        ("juvenile_delinquency", "diagnostic"): 1,
        ("juvenile_delinquency", "activity"): 12,
        ("radicalisation", "diagnostic"): 11,
        ("radicalisation", "activity"): 37,
        ("radicalisation", "evaluation"): 3,
        ("organised_crime", "diagnostic"): 10,
        ("organised_crime", "activity"): 7,
        ("organised_crime", "evaluation"): 2,
        ("public_spaces", "diagnostic"): 14,
        ("public_spaces", "activity"): 10,
    }
)


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
