"""Which code builds an index."""

import hashlib
from functools import cache
from pathlib import Path


@cache
def code_hash() -> str:
    """The sum of the code that builds, so that a changed program rebuilds, and machines that build together agree."""
    import icarus

    folders = [Path(__file__).parent, Path(icarus.__file__).parent]
    names = {
        "records.py",
        "taxonomy.py",
        "text.py",
        "store.py",
        "index.py",
        "register.py",
        "remarks.py",
        "embedding.py",
        "places.py",
        "data/places.toml",
    }
    files = [*sorted(folders[0].glob("*.py")), *sorted(folders[0].glob("*.toml"))]
    files += [folders[1] / n for n in sorted(names)]
    return hashlib.sha256(b"\0".join(p.read_bytes() for p in files)).hexdigest()
