"""Signs in a sentence that it gives the kind of thing asked for."""

from icarus.cues import cue, gives_reason
from icarus.question import Ask, Question

BARRIER = "Several interviewees emphasised the mistrust between security actors as the most challenging obstruction."
SUCCESS = "The main success factors were the strong partnership and shared vision created from the start."
PLAIN = "SAM supports residents, traders, homeless and other vulnerable people to solve problems."


def asked(text: str, ask: Ask) -> Question:
    return Question(asked=text, standalone=text, focus=text, ask=ask)


def test_a_figure_is_worth_more_where_one_is_asked_for() -> None:
    languages = asked("How many languages do they speak?", Ask.FIGURE)
    assert cue(languages, "They together speak 8 languages.") > cue(languages, "They speak many languages.")


def test_an_address_is_worth_more_where_one_is_asked_for_and_less_elsewhere() -> None:
    address = "See https://nordicpioneers.org/"
    assert cue(asked("What is the link of the award?", Ask.LINK), address) > 0
    assert cue(asked("What is the award?", Ask.FACT), address) < 0


def test_a_barrier_answers_what_hinders_and_a_success_what_helps() -> None:
    hinders, helps = asked("What hinders cooperation?", Ask.REASON), asked("What were the success factors?", Ask.REASON)
    assert gives_reason(hinders, BARRIER)
    assert gives_reason(helps, SUCCESS)
    assert cue(hinders, BARRIER) > cue(hinders, PLAIN)
    assert cue(helps, SUCCESS) > cue(helps, PLAIN)


def test_a_heading_or_a_question_of_the_report_answers_little() -> None:
    what = asked("What does the survey ask about technology?", Ask.FACT)
    assert cue(what, "DISSEMINATION LEVEL") < cue(what, PLAIN)
    assert cue(what, "Does the tool delivery employ technology?") < cue(what, PLAIN)


def test_who_does_a_thing_is_told_by_whom_it_is_done() -> None:
    who = asked("Who runs the portal?", Ask.FACT)
    assert cue(who, "The portal is managed by the regional office.") > cue(who, "The portal shows regional offices.")
    assert cue(asked("When was the portal opened?", Ask.FACT), "It is managed by the office.") == 0


def test_a_reason_is_worth_less_the_farther_its_sentence_is_from_what_is_asked() -> None:
    hinders = asked("What hinders cooperation?", Ask.REASON)
    assert cue(hinders, BARRIER, 0.2) < cue(hinders, BARRIER, 0.6) < cue(hinders, BARRIER, 1.5)
    assert cue(hinders, PLAIN, 0.2) == cue(hinders, PLAIN, 1.5)


def test_as_many_things_as_are_asked_for_are_a_sign_of_them() -> None:
    aims = asked("What are the two aims of using technology?", Ask.FACT)
    said = "Sharing information and video surveillance are the two main objectives."
    assert cue(aims, said) > cue(aims, said.replace("two", "usual"))


def test_a_fear_is_a_reason() -> None:
    why = asked("Why is there no evaluation of the dinners?", Ask.REASON)
    assert gives_reason(why, "They decided against one, since they fear that guests would feel observed.")
