"""The graph of the built-in model as it ships with Icarus: an export without its weights, which the model has.

Filled with them it is an export, made in a second and without torch. `strip` makes such a graph of an export, and notes
with each of its tensors which one of the model's weights goes there.
"""

import json
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from icarus.errors import ModelError
from icarus.exported import DESCRIPTION, MODEL, ExportedEncoder, whole_or_nothing

if TYPE_CHECKING:
    from onnx import ModelProto

_SHIPPED = Path(str(resources.files("icarus"))) / "data" / "encoder"


def assemble(weights: Path, tokenizer: Path, folder: Path) -> None:
    """Make the export of the built-in model in a folder, which is there only when it is whole.

    Args:
        weights: the model's `model.safetensors`.
        tokenizer: its `tokenizer.json`.
        folder: where the export will be.

    Raises:
        ModelError: what comes out does not give the model's own vectors.
        OSError: a file cannot be read or written.
    """
    with whole_or_nothing(folder) as building:
        fill(_SHIPPED / MODEL, weights, building / MODEL)
        (building / DESCRIPTION).write_bytes((_SHIPPED / DESCRIPTION).read_bytes())
        ExportedEncoder(building, tokenizer).check()


def fill(graph: Path, weights: Path, target: Path) -> None:
    """Write a stripped graph with its weights."""
    import onnx
    from safetensors import safe_open

    model = onnx.load_model(graph)
    with safe_open(weights, framework="numpy") as tensors:
        for initializer in model.graph.initializer:
            source = json.loads(initializer.doc_string)
            tensor = tensors.get_tensor(source["tensor"])
            initializer.raw_data = _bytes_of(tensor.T if source["transposed"] else tensor)
            initializer.doc_string = ""
    onnx.save_model(model, target)


def strip(graph: Path, weights: Path) -> None:
    """Take the weights out of an exported graph, and note where each is to be had.

    Raises:
        ModelError: one of them is none of the model's.
    """
    import onnx
    from onnx import numpy_helper
    from safetensors.numpy import load_file

    known: dict[bytes, tuple[str, bool]] = {}
    for name, tensor in load_file(weights).items():
        known.setdefault(_bytes_of(tensor), (name, False))
        if tensor.ndim == 2:
            known.setdefault(_bytes_of(tensor.T), (name, True))
    model: ModelProto = onnx.load_model(graph)
    for initializer in model.graph.initializer:
        content = _bytes_of(numpy_helper.to_array(initializer))
        if content not in known:
            raise ModelError(f"The tensor {initializer.name} of the graph is none of the model's weights.")
        name, transposed = known[content]
        initializer.doc_string = json.dumps({"tensor": name, "transposed": transposed})
        initializer.raw_data = b""
    onnx.save_model(model, graph)


def _bytes_of(tensor: "NDArray[np.generic]") -> bytes:
    return np.ascontiguousarray(tensor).tobytes()
