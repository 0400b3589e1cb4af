"""An index of one sentence, published in a moment without a model: for tests of what stands around the answer."""

from icarus.records import Document
from icarus.settings import Settings
from icarus_ingest.publish import Build, publish
from icarus_ingest.text_file import read_text
from icarus_ingest.understand import understand
from icarus_ingest.vectors import Vectors
from tests.ingest.small_model import SmallModel

ASKED = "In which year did the Calm Street project begin?"


def publish_small(settings: Settings, generation: str, began: int) -> None:
    """Publish a generation that says when Calm Street began."""
    path = settings.index.parent / "report.txt"
    path.write_text(f"1. Streets\n\nThe Calm Street project began in the year {began}.", encoding="utf-8")
    model = SmallModel()
    raw = read_text(path, Document(id="report", title="A report", source=path.name))
    publish(
        settings.index, Build(generation, [understand(raw, model.count_pieces, model.max_pieces)], Vectors(model), "{}")
    )
