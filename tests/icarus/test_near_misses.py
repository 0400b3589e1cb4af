"""Near misses on tools that are described, not named; each beside a question of its kind that the report answers."""

from typing import TYPE_CHECKING

import pytest

from icarus.records import Status
from tests.icarus.contract import defects

if TYPE_CHECKING:
    from icarus.assistant import Assistant
    from icarus_evals.page_texts import PageTexts


@pytest.mark.parametrize(
    "question",
    [
        "That French hate map with the 7 million hits - did it read Twitter, YouTube or which networks?",
        "Please, what says rule number four of the ten for building safety into urban plans?",
        "The anti-bullying course of Northampton has five phases, what is each phase called?",
        "Of the 6000 persons judged dangerous after calls to the French green line, how many ended up convicted?",
        "After a KEMEA course, do my officers get a diploma?",
        "Is there still a social worker at the police in Moissy?",
        "The volunteers on Stockholm's tube are paid. How much an hour?",
    ],
)
def test_what_is_not_told_of_it_is_refused(assistant: "Assistant", printed: "PageTexts", question: str) -> None:
    reply = assistant.ask(question)
    assert defects(reply, printed) == []
    assert reply.status is Status.NOT_IN_REPORT


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("How much did bullying go down in the schools that tried the Northampton course?", "25%-29%"),
        ("The EU workbook for weak spots of public places: how many spreadsheets does it have?", "6 spreadsheets"),
        ("A French line to signal dangerous people: how many were identified as dangerous?", "about 6,000"),
        ("How many workshops are there in the citizenship curriculum for high schools?", "seven consecutive workshops"),
        ("Internet page of the American programme with deterrence against shootings please", "https://nnscommunities"),
        ("Can you give me the address of the online guide of IMPACT Europe?", "http://www.impact.itti.com.pl"),
        ("Is there proof that the Catalan guide on people feeling unsafe works?", "has yet to be evaluated"),
        (
            "The excel thing for scoring prevention projects: did anyone test that one itself?",
            "no systematic evaluation",
        ),
        ("What is hard about the Brussels way where planners and police sit in one group?", "time and resources"),
        ("What are the three steps of the tool that labels good practices of prevention?", "Step II"),
    ],
)
def test_what_is_told_of_it_is_answered(assistant: "Assistant", printed: "PageTexts", question: str, told: str) -> None:
    reply = assistant.ask(question)
    assert defects(reply, printed) == []
    assert told in reply.answer
