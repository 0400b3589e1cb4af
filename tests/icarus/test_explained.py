"""`icarus ask --explain`: the stages of an answer in a terminal, and as JSON for programs."""

import json
from collections.abc import Sequence

import pytest
from rich.console import Console

from icarus.explained import show_explanation
from icarus.explanation import Candidate, Explanation, SentenceChoice, ToolCandidate
from icarus.question import Ask, Question
from icarus.records import Filters, FocusArea, Status
from tests.conftest import Run

QUESTION = "What is AGECO?"


def explanation(candidates: Sequence[Candidate] = (), **more: object) -> Explanation:
    question = Question(
        asked="q", standalone="what is [it]?", ask=Ask.FACT, filters=Filters(focus_area=FocusArea.ORGANISED_CRIME)
    )
    given = {"question": question, "tools": (), "sentences": (), "rule": "", "missing": "", "status": Status.ANSWERED}
    return Explanation.model_validate(given | {"candidates": tuple(candidates)} | more)


def candidate(**more: object) -> Candidate:
    given = {
        "passage": "p1", "document": "d", "page": 36, "section": "4.3", "tools": (), "dense_rank": 2,
        "dense_cosine": 0.5, "lexical_rank": None, "lexical_coverage": None, "mean_cosine": 0.4, "covered": 1.0,
        "fused": 2.9,
    }  # fmt: skip
    return Candidate.model_validate(given | more)


def shown(of: Explanation) -> str:
    console = Console(width=120)
    with console.capture() as captured:
        show_explanation(console, of)
    return captured.get()


def test_the_stages_stand_in_their_order() -> None:
    text = shown(
        explanation(
            [candidate()],
            tools=(ToolCandidate(tool="a", name="A [tool]", score=1.5),),
            sentences=(SentenceChoice(text="It helps.", page=36, score=1.2, chosen=True, why="answers"),),
        )
    )
    parts = ("Understood", "what is [it]?", "organised_crime", "Candidates", "A [tool]", "It helps.", "answers")
    places = [text.index(part) for part in (*parts, "Decision: answered")]
    assert places == sorted(places)


def test_a_retriever_that_did_not_bring_a_passage_shows_a_dash() -> None:
    row = next(line for line in shown(explanation([candidate()])).splitlines() if "2.90" in line)
    assert "#2 0.50" in row
    assert "–" in row


def test_chosen_sentences_stand_before_nearer_ones() -> None:
    choices = [
        SentenceChoice(text=text, page=1, score=score, chosen=chosen, why="x")
        for text, score, chosen in (("Left out.", 2.0, False), ("Taken.", 1.0, True))
    ]
    text = shown(explanation(sentences=tuple(choices)))
    assert text.index("Taken.") < text.index("Left out.")


def test_a_refusal_says_its_rule_and_what_is_missing() -> None:
    text = shown(explanation(rule="ranking", missing="which is best", status=Status.NOT_IN_REPORT))
    assert "Decision: not_in_report: rule 'ranking', which is best" in text


def test_the_command_prints_the_stages(run_icarus: Run, index_env: dict[str, str]) -> None:
    done = run_icarus("ask", "--explain", QUESTION, env=index_env)
    assert done.returncode == 0, done.stderr
    for part in ("Understood", "Candidates", "Sentences", "Decision: answered"):
        assert part in done.stdout


def test_the_command_gives_json_that_is_an_explanation(run_icarus: Run, index_env: dict[str, str]) -> None:
    done = run_icarus("ask", "--explain", "--json", QUESTION, env=index_env)
    assert done.returncode == 0, done.stderr
    read = Explanation.model_validate(json.loads(done.stdout))
    assert read.status is Status.ANSWERED
    assert read.question.tools
    assert any(s.chosen for s in read.sentences)


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_no_question_is_one_sentence(run_icarus: Run, index_env: dict[str, str], options: tuple[str, ...]) -> None:
    done = run_icarus("ask", "--explain", *options, " ", env=index_env)
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
