"""Which code builds an index."""

import hashlib
from functools import cache
from pathlib import Path

LIBRARY = frozenset(
    {
        "records.py",
        "taxonomy.py",
        "text.py",
        "store.py",
        "generation.py",
        "index.py",
        "lexical.py",
        "register.py",
        "remarks.py",
        "embedding.py",
        "exported.py",
        "nodes.py",
        "places.py",
        "data/places.toml",
        "wording.py",
        "languages/lexicon.py",
    }
)
"""What of the library `icarus` decides what stands in an index."""


@cache
def code_hash() -> str:
    """The sum of the code that builds, so that a changed program rebuilds, and machines that build together agree."""
    import icarus

    own, library = Path(__file__).parent, Path(icarus.__file__).parent
    files = [*sorted(own.glob("*.py")), *sorted(own.glob("*.toml")), *(library / name for name in sorted(LIBRARY))]
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()
