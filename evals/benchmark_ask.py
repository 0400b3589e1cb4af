"""How long a warm question takes, against the encoding of it by sentence-transformers in the same run.

    python evals/benchmark_ask.py [--cases FILE] [--rounds N]

The first round warms what is remembered of passages and tools; each question of the later rounds is asked anew.
Run it on a quiet machine; the ratio is what to quote.
"""

import argparse
import statistics
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from rich.console import Console

from icarus.assistant import Assistant
from icarus.embedding import EmbeddingModel
from icarus.index import Index
from icarus.settings import get_settings
from icarus_evals.cases import load_cases
from icarus_evals.measure import timed

CASES = Path(__file__).parent / "cases" / "dev.jsonl"


def measured(assistant: Assistant, turns: Sequence[str]) -> tuple[float, float]:
    """Seconds of encoding, and of everything else, for one question asked anew."""
    encoding: list[float] = []
    assistant.model.on_encoded = encoding.append
    assistant.forget()
    whole = timed(partial(assistant.ask, turns))
    return sum(encoding), whole - sum(encoding)


def main() -> None:
    """Print the medians and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=Path, default=CASES)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    settings = get_settings()
    model = EmbeddingModel.load(settings.embedding_model, settings.query_threads, settings.index)
    stock = EmbeddingModel.load(settings.embedding_model, settings.query_threads)
    assistant = Assistant(Index.open(settings.index, settings.embedding_model, settings.chroma), model, settings)
    questions = [case.turns for case in load_cases(arguments.cases) if len(case.turns) == 1]
    asked = [measured(assistant, turns) for _ in range(1 + arguments.rounds) for turns in questions]
    yardstick = [
        timed(partial(stock.encode_query, turns[-1])) for _ in range(1 + arguments.rounds) for turns in questions
    ]
    warm = [one for one in asked[len(questions) :] if one[0]]
    encoding, rest = (statistics.median(part) * 1e3 for part in zip(*warm, strict=True))
    whole = statistics.median(sum(one) for one in warm) * 1e3
    bare = statistics.median(yardstick[len(questions) :]) * 1e3
    console = Console()
    console.print(f"{len(warm)} warm questions (medians): {whole:.1f} ms, encoding {encoding:.1f}, the rest {rest:.1f}")
    console.print(f"sentence-transformers encodes one in {bare:.1f} ms; a whole answer / that: {whole / bare:.2f}")


if __name__ == "__main__":
    main()
