"""Export an embedding model for onnxruntime: `python -m icarus.exporting MODEL FOLDER`, run once for each model.

With `--graph` the weights are left out, as of the graph of the built-in model that ships (see `shipped_graph`).

torch's exporter follows the whole sentence-transformers model (transformer, pooling, normalisation) on a text, so that
what comes out of an export is the vector itself. The vectors of the probes come from sentence-transformers.
"""

import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from icarus.embedding import EmbeddingModel
from icarus.errors import ModelError
from icarus.exported import DESCRIPTION, MODEL, Description, ExportedEncoder, Probe, whole_or_nothing
from icarus.shipped_graph import strip

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

OPSET = 17
# Short ones first: capitals, accents, other scripts, spaces at the ends; and longer than the model reads.
_PROBES = (
    "Safety",
    "  Jóvenes, Sécurité, Straße, ΑΘΗΝΑ; 'EU-funded' (H2020) – 45.7 % of 1,200 people…  ",
    "Which tools help against burglary in the suburbs of Bordeaux?",
    "The project trains young people as guardians of the harbour. " * 40,
)


def main(name: str, folder: Path, *, graph_alone: bool = False) -> None:
    """Export a model into a folder, which is there only when it is whole and gives the model's own vectors.

    Raises:
        ModelError: the model cannot be loaded, or what is exported gives other vectors.
    """
    model = EmbeddingModel.load(name)
    with whole_or_nothing(folder) as building:
        _export(model, building)
        ExportedEncoder(building, model.tokenizer_file).check()
        if graph_alone:
            strip(building / MODEL, model.folder / "model.safetensors")


def _export(model: EmbeddingModel, folder: Path) -> None:
    embedding = model.llama_index_model
    encoder: SentenceTransformer = embedding._model
    fed = {k: v for k, v in encoder.preprocess(list(_PROBES[:2])).items() if hasattr(v, "shape")}
    _trace(encoder, fed, folder / MODEL)
    prompts = encoder.prompts
    described = {
        "inputs": list(fed),
        "max_pieces": model.max_pieces,
        "padding": encoder.tokenizer.pad_token,
        "query_prompt": prompts.get("query") or "",
        "passage_prompt": prompts.get("text") or "",
        "probes": [Probe(text=text, vector=embedding.get_text_embedding(text)) for text in _PROBES],
    }
    description = Description.model_validate(described)
    (folder / DESCRIPTION).write_text(description.model_dump_json(), encoding="utf-8")


def _trace(encoder: "SentenceTransformer", fed: dict[str, Any], path: Path) -> None:
    import torch

    class Whole(torch.nn.Module):
        """The model from word pieces to vector, as torch's exporter wants to call it."""

        def __init__(self) -> None:
            super().__init__()
            self.encoder = encoder

        def forward(self, *values: torch.Tensor) -> torch.Tensor:
            vector: torch.Tensor = self.encoder(dict(zip(fed, values, strict=True)))["sentence_embedding"]
            return vector

    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")  # about sizes that the trace might hold fast: the probes show that it does not
        torch.onnx.export(
            Whole().eval(),
            tuple(fed.values()),
            str(path),
            input_names=list(fed),
            output_names=["vector"],
            dynamic_axes={name: {0: "texts", 1: "pieces"} for name in fed},
            opset_version=OPSET,
            dynamo=False,  # the newer exporter wants one more package, and gives the same graph
        )


if __name__ == "__main__":
    try:
        main(sys.argv[1], Path(sys.argv[2]), graph_alone="--graph" in sys.argv[3:])
    except (ModelError, OSError, RuntimeError) as error:
        sys.exit(str(error).strip().splitlines()[0])
