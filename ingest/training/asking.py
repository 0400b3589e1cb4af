"""Train the model that tells whether a question is after all entries of a catalogue that meet a condition.

    python ingest/training/asking.py [--check]

Logistic regression over the words of a question and the runs of two and three of them (scikit-learn). `asking.jsonl`
holds the questions, invented for the purpose, with the kind of answer that each is after. The weights go to
`src/icarus/data/asking.json`, which `icarus.asking` reads; `--check` says how good they are on questions left out.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, roc_auc_score
from sklearn.model_selection import cross_val_predict

from icarus.asking import WEIGHTS, tokens

QUESTIONS = Path(__file__).with_suffix(".jsonl")
_SEVERAL = {"list", "count"}
_FOLDS = 10


def main() -> None:
    """Write the weights, or say how good they are."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="only say how good they are on questions left out")
    if parser.parse_args().check:
        sys.stdout.write(f"{checked()}\n")
    else:
        WEIGHTS.write_text(trained(), encoding="utf-8")


def trained() -> str:
    """The weights, as JSON: `bias`, and `runs` of words with the weight of each."""
    words, runs, wanted = _questions()
    model = _model().fit(runs, wanted)
    weights = {run: round(float(weight), 3) for run, weight in zip(words, model.coef_[0], strict=True)}
    kept = {run: weights[run] for run in sorted(weights) if weights[run]}
    return json.dumps({"bias": round(float(model.intercept_[0]), 3), "runs": kept}, ensure_ascii=False, indent=0) + "\n"


def checked() -> str:
    """How well questions are told apart by models that have not seen them."""
    _, runs, wanted = _questions()
    found = cross_val_predict(_model(), runs, wanted, cv=_FOLDS, method="predict_proba")[:, 1]
    area, precision = roc_auc_score(wanted, found), average_precision_score(wanted, found)
    return (
        f"{len(wanted)} questions, {_FOLDS} folds: area under the curve {area:.3f}, average precision {precision:.3f}"
    )


def _questions() -> "tuple[Sequence[str], object, np.ndarray]":
    lines = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    counting = CountVectorizer(analyzer=tokens, binary=True, min_df=2)
    runs = counting.fit_transform([line["q"] for line in lines])
    return list(counting.get_feature_names_out()), runs, np.array([line["kind"] in _SEVERAL for line in lines])


def _model() -> LogisticRegression:
    return LogisticRegression(C=2.0, max_iter=5_000)


if __name__ == "__main__":
    main()
