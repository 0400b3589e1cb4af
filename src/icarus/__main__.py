"""`python -m icarus`, and the `icarus` script: with a word of advice where the installation is broken."""

import gc
import sys

_ALLOCATED = 50_000  # objects before rubbish is looked for; at Python's 700 a tenth of a start goes into looking


def main() -> None:
    """Run the command line; without its own libraries only `doctor` still runs."""
    gc.set_threshold(_ALLOCATED)
    try:
        from icarus.cli import main as run
    except ModuleNotFoundError as error:
        sys.exit(_without(error))
    run()


def _without(error: ModuleNotFoundError) -> int:
    from icarus import doctor

    if sys.argv[1:2] == ["doctor"]:
        return doctor.main()
    sys.stderr.write(f"A part of Icarus is not installed ({error.name}): `icarus doctor` says what is missing.\n")
    return 1


if __name__ == "__main__":
    main()
