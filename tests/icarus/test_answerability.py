"""Whether the evidence answers this question, and if not, why: the rule that decides, on real questions."""

from typing import TYPE_CHECKING

import pytest

from icarus.answerability import Judge
from icarus.records import Status

if TYPE_CHECKING:
    from icarus.assistant import Assistant


@pytest.mark.parametrize(
    ("question", "rule", "missing"),
    [
        ("Which tool is the most effective?", "ranking", "which is best"),
        ("What does the report say about Amsterdam's red-light district?", "unknown name", "Amsterdam"),
        ("Which city organises exploratory walks with female citizens?", "anonymous", "place"),
        ("What is Calm Street's yearly budget?", "attribute", "cost"),
        ("What is the phone number of Hayat?", "attribute", "telephone"),
        ("How many social workers does SAM employ?", "count", "social workers"),
        ("Why was Calm Street praised in 1999?", "claim", "1999"),
        ("What are the nine parameters of Safetipin's Safety Audit?", "items", "9"),
        ("Give me the text of the ten rules of SecureCity, one after the other.", "items", "10"),
        ("Write out the 10 rules of thumb of SecureCity one by one.", "items", "10"),
        ("What does KRASS stand for?", "letters", "KRASS"),
        ("Any tools against football hooliganism?", "no such tool", "hooliganism"),
        ("Which insurance company backed the contest of police and pupils in Saint-Nazaire?", "name", "company"),
        ("Which city holds a yearly citizens' forum? I guess Lisbon?", "attribute", "place"),
        ("What is the German association called that runs Street Work Online?", "name", "association"),
        ("Is SAM in Vienna more effective than Calm Street, or the other way round?", "ranking", "which is best"),
        ("Is ANITA more accurate than CONNEXIONs at finding illegal trade?", "ranking", "which is best"),
        ("Who did the external evaluation of Digital Streetwork?", "attribute", "carried it out"),
        ("Two cities plan a 'participation office'. Which, and by when?", "anonymous", "place"),
        ("Did the anti-bullying training work better in Spain or in the UK?", "ranking", "which is best"),
        ("How often does the council in L'Hospitalet hold its meetings with tenants?", "attribute", "how often"),
        ("Is the Pestalozzi role-play workshop half a day, one day or two?", "attribute", "how long"),
        ("Can I get the EUCPN toolbox on local cooperation in Polish or Hungarian as well?", "attribute", "languages"),
        ("Is 29 too old to be put forward for the Nordic Pioneers Award?", "attribute", "an age"),
        ("How did students rate the E4J organised crime module?", "attribute", "think of it"),
        ("Which police forces work with CONNEXIONs today, or has it been switched off?", "attribute", "still runs"),
        ("What was the insurance company called that backed the day in Saint-Nazaire?", "name", "company"),
        ("In which cities was the City.Risks phone app tried with real inhabitants?", "attribute", "which place"),
        ("Is SAM for pupils or pensioners?", "choice", "that"),
        ("Which makes fewer mistakes, the Behaviour Barometer or ERG 22+?", "ranking", "which is best"),
        ("One authority goes only for law enforcement. What grounds does it give for this line?", "class", "grounds"),
        ("Name the dozen organisations that replied to the online survey.", "items", "12"),
        ("Name me the American cities in which GVI operates.", "attribute", "which place"),
        ("In which towns are the Danish Info-Houses?", "attribute", "which place"),
        ("Into which seven tongues has UNESCO's teacher's guide been put? Tell me the seven.", "items", "7"),
        ("Who won the Nordic Pioneers Award?", "attribute", "name of a person"),
        ("What was the total bill for renewing Garibaldi 2?", "attribute", "cost"),
    ],
)
def test_a_refusal_names_its_reason_and_what_is_missing(
    assistant: "Assistant", question: str, rule: str, missing: str
) -> None:
    explained = assistant.explain(question)
    assert explained.rule == rule
    assert missing in explained.missing
    assert explained.status is Status.NOT_IN_REPORT


@pytest.mark.parametrize(
    "question",
    [
        "How many languages do the SAM teams speak?",
        "When did the municipality of Vilvoorde begin its meetings?",
        "What are the five pillars of the Administrative Approach?",
        "Which city runs SAM?",
        "Who developed the Behaviour Barometer?",
        "BOUNCE has three parts, I heard. Who is each part meant for?",
        "What is the link of the Nordic Pioneers Award?",
        "Is Hayat for relatives or for friends?",
        "TERRA II instructors handbook: which languages can I get it in?",
        "How long is the E4J class on organised crime, and when was it updated last?",
        "Into what four families do the products of PRACTICIES fall?",
        "How many of the cities say that crime is going up with them?",
        "From how many countries are the reviewed authorities, and how many of these are in the EU?",
    ],
)
def test_what_the_evidence_states_passes_every_rule(assistant: "Assistant", question: str) -> None:
    explained = assistant.explain(question)
    assert (explained.rule, explained.missing) == ("", "")
    assert explained.status is Status.ANSWERED


@pytest.fixture(scope="module")
def judge(assistant: "Assistant") -> Judge:
    return Judge(assistant.catalogue, assistant.index.lexical_index)


class TestUnknownNames:
    @pytest.mark.parametrize(
        ("question", "names"),
        [
            ("What was done in Amsterdam?", ["Amsterdam"]),
            ("Did Frontexia and Wolverhampton take part?", ["Frontexia", "Wolverhampton"]),
            ("What does Safetipin do in India?", []),
            ("How does the Behavior Barometer work?", []),
            ("What is in the Annex about Schools?", []),
            ("Amsterdam?", []),
            ("A question of our DPO: is there a tool against Frontexia?", ["Frontexia"]),
        ],
    )
    def test_names_that_the_corpus_never_prints(self, judge: Judge, question: str, names: list[str]) -> None:
        assert judge.unknown_names(question) == names


class TestExplanation:
    def test_every_stage_agrees_with_the_answer(self, assistant: "Assistant") -> None:
        question = "How many languages do the SAM teams speak?"
        explained, reply = assistant.explain(question), assistant.ask(question)
        quoted = " ".join(citation.quote for citation in reply.citations)
        assert explained.status is reply.status
        assert explained.question.standalone == reply.standalone_question
        assert [s.text for s in explained.sentences if s.chosen and s.text[:60] not in quoted] == []
        assert explained.tools[:1] == () or reply.tools[0].id == explained.tools[0].tool

    def test_candidates_are_ranked_by_their_fusion(self, assistant: "Assistant") -> None:
        fused = [c.fused for c in assistant.explain("What hinders cooperation with the police?").candidates]
        assert fused == sorted(fused, reverse=True)
        assert len(fused) > 5
