"""Lists, counts and negatives, end to end: exact for every cell of the annex, each tool with its source."""

import re
from typing import TYPE_CHECKING

import pytest

from icarus.records import Category, Filters, FocusArea, Reply, Status
from icarus.taxonomy import FOCUS_AREA_LABELS
from tests.icarus.annex import CELLS, letters, names, those
from tests.icarus.contract import defects, markers

if TYPE_CHECKING:
    from icarus.assistant import Assistant
    from icarus_evals.page_texts import PageTexts

AREA_WORDS = {
    FocusArea.JUVENILE_DELINQUENCY: ("juvenile delinquency", "youth crime"),
    FocusArea.RADICALISATION: ("radicalisation", "violent extremism"),
    FocusArea.ORGANISED_CRIME: ("organised crime", "trafficking and organized crime"),
    FocusArea.PUBLIC_SPACES: ("safe public spaces", "public spaces"),
}
CATEGORY_WORDS = {
    Category.DIAGNOSTIC: ("diagnostic, assessment and monitoring", "diagnostic"),
    Category.ACTIVITY: ("activity-related", "activity"),
    Category.EVALUATION: ("evaluation", "evaluation"),
}


def shown(reply: Reply) -> set[str]:
    return {letters(tool.name) for tool in reply.tools}


def assert_exact(reply: Reply, wanted: set[str], printed: "PageTexts") -> None:
    """Exactly the tools that are meant, each once, each in the text and with a source of the place it stands in."""
    assert defects(reply, printed) == []
    assert shown(reply) == wanted
    assert len(reply.tools) == len(wanted)
    cited = {citation.tool for citation in reply.citations}
    assert [tool.id for tool in reply.tools if tool.id not in cited] == []
    assert [tool.name for tool in reply.tools if letters(tool.name) not in letters(reply.answer)] == []
    assert reply.status is Status.ANSWERED


def cell_id(value: object) -> str:
    return str(value)


@pytest.mark.parametrize("wording", [0, 1])
@pytest.mark.parametrize(("area", "category"), CELLS, ids=cell_id)
class TestEveryCell:
    @staticmethod
    def tools(area: FocusArea, category: Category, wording: int) -> str:
        are_there = ("are there for", "exist for")[wording]
        return f"{CATEGORY_WORDS[category][wording]} tools {are_there} {AREA_WORDS[area][wording]}"

    def test_a_list_is_complete(
        self, assistant: "Assistant", printed: "PageTexts", area: FocusArea, category: Category, wording: int
    ) -> None:
        reply = assistant.ask(f"Which {self.tools(area, category, wording)}?")
        assert_exact(reply, names(area, category), printed)
        assert reply.filters == Filters(focus_area=area, category=category)

    def test_a_count_is_right(
        self, assistant: "Assistant", printed: "PageTexts", area: FocusArea, category: Category, wording: int
    ) -> None:
        reply = assistant.ask(f"How many {self.tools(area, category, wording)}?")
        wanted = names(area, category)
        assert_exact(reply, wanted, printed)
        assert re.search(rf"\b{len(wanted)}\b", reply.answer.split("\n")[0])


@pytest.mark.parametrize("area", FocusArea, ids=cell_id)
def test_a_focus_area_is_known_by_its_full_title(assistant: "Assistant", printed: "PageTexts", area: FocusArea) -> None:
    reply = assistant.ask(f"Which tools are listed under “{FOCUS_AREA_LABELS[area]}”?")
    assert_exact(reply, names(area), printed)


@pytest.mark.parametrize("area", FocusArea, ids=cell_id)
def test_a_focus_area_is_complete(assistant: "Assistant", printed: "PageTexts", area: FocusArea) -> None:
    reply = assistant.ask(f"List all tools and practices on {AREA_WORDS[area][0]}.")
    assert_exact(reply, names(area), printed)


@pytest.mark.parametrize("category", Category, ids=cell_id)
def test_a_category_is_complete(assistant: "Assistant", printed: "PageTexts", category: Category) -> None:
    reply = assistant.ask(f"Which {CATEGORY_WORDS[category][0]} tools does the annex list?")
    assert_exact(reply, names(category=category), printed)


def test_the_whole_catalogue_is_complete(assistant: "Assistant", printed: "PageTexts") -> None:
    reply = assistant.ask("How many tools and practices are there altogether?")
    assert_exact(reply, names(), printed)
    assert re.search(r"\b104\b", reply.answer)


def test_tools_in_two_categories_are_counted_once_and_found(assistant: "Assistant", printed: "PageTexts") -> None:
    reply = assistant.ask("Which tools are listed both as diagnostic and as activity-related?")
    assert_exact(reply, those("Prevent Watch", "A Guide to Refuting", "A Nordic Approach"), printed)


def test_a_listed_tool_is_cited_from_the_annex(assistant: "Assistant") -> None:
    reply = assistant.ask("Which evaluation tools are there for radicalisation?")
    assert [c.page for c in reply.citations] == [73, 74, 74]
    assert markers(reply.answer) == [1, 2, 3]


class TestNegatives:
    @pytest.mark.parametrize(
        "question",
        [
            "Are there any evaluation tools for juvenile delinquency?",
            "How many evaluation tools are there for preventing juvenile delinquency?",
            "Which evaluation tools exist for youth crime?",
        ],
    )
    def test_none_is_said_with_the_report_s_own_statement(
        self, assistant: "Assistant", printed: "PageTexts", question: str
    ) -> None:
        reply = assistant.ask(question)
        assert defects(reply, printed) == []
        assert reply.status is Status.ANSWERED
        assert reply.tools == ()
        assert re.search(r"\b(0|no|none)\b", reply.answer, re.IGNORECASE)
        [cited] = [
            c
            for c in reply.citations
            if "No evaluation tools for preventing juvenile delinquency were found" in c.quote
        ]
        assert cited.page == 16

    def test_none_for_public_spaces_is_said_too(self, assistant: "Assistant", printed: "PageTexts") -> None:
        reply = assistant.ask("Is there any evaluation tool for public spaces?")
        assert defects(reply, printed) == []
        assert reply.tools == ()
        assert re.search(r"\b(0|no|none)\b", reply.answer, re.IGNORECASE)


class TestPlaces:
    @pytest.mark.parametrize(
        ("question", "wanted"),
        [
            ("Which tools come from Sweden?", ("Calm Street", "City of Malmö", "Daily support", "Strategy to Prevent")),
            (
                "How many practices are from Belgium?",
                ("Small jobs", "City of Vilvoorde", "Friendliness between", "Brussels-Capital"),
            ),
            ("What has Stuttgart done?", ("The House of Juvenile Law", "X-Game")),
            ("Which tools are from Bordeaux?", ('"Street Art"', "CAPRI")),
            ("List the tools from Austria", ("88 gegen rechts", "SAM")),
            ("public space tools in Belgium", ("Friendliness between", "Brussels-Capital")),
            ("Which Danish tools are there?", ("Danish Info Houses", "The safety survey")),
            ("tools in Finland", ("SURE",)),
        ],
    )
    def test_a_place_finds_exactly_its_tools(
        self, assistant: "Assistant", printed: "PageTexts", question: str, wanted: tuple[str, ...]
    ) -> None:
        assert_exact(assistant.ask(question), those(*wanted), printed)

    def test_a_place_that_the_report_does_not_know(self, assistant: "Assistant", printed: "PageTexts") -> None:
        reply = assistant.ask("Which tools come from Malta?")
        assert defects(reply, printed) == []
        assert reply.tools == ()
        assert reply.status is Status.NOT_IN_REPORT or re.search(r"\b(0|none)\b", reply.answer, re.IGNORECASE)


class TestThemes:
    @pytest.mark.parametrize(
        ("question", "wanted"),
        [
            ("Which tools involve a circus?", ('"Street Art"',)),
            ("Which tools use machine learning?", ("Online Hate Mapper",)),
            ("Are there tools that use comics?", ("Radicalishow",)),
            ("police tools that rely on Internet of Things devices", ("CONNEXIONS", "CREST")),
            ("programmes that deal with Salafism by name", ("Hayat", "Signpost")),
        ],
    )
    def test_a_theme_finds_exactly_its_tools(
        self, assistant: "Assistant", printed: "PageTexts", question: str, wanted: tuple[str, ...]
    ) -> None:
        assert_exact(assistant.ask(question), those(*wanted), printed)


class TestForcedFilters:
    def test_they_restrict_what_the_words_leave_open(self, assistant: "Assistant", printed: "PageTexts") -> None:
        filters = Filters(focus_area=FocusArea.ORGANISED_CRIME, category=Category.EVALUATION)
        reply = assistant.ask("Which tools are there?", filters)
        assert_exact(reply, names(FocusArea.ORGANISED_CRIME, Category.EVALUATION), printed)
        assert reply.filters == filters

    def test_they_go_before_the_words(self, assistant: "Assistant", printed: "PageTexts") -> None:
        filters = Filters(focus_area=FocusArea.PUBLIC_SPACES)
        reply = assistant.ask("Which activity-related tools are there on radicalisation?", filters)
        assert_exact(reply, names(FocusArea.PUBLIC_SPACES, Category.ACTIVITY), printed)

    def test_a_place_can_be_forced(self, assistant: "Assistant", printed: "PageTexts") -> None:
        reply = assistant.ask("Which tools are there?", Filters(place="Vienna"))
        assert_exact(reply, those("SAM"), printed)

    def test_a_filter_taken_off_is_forgotten(self, assistant: "Assistant", printed: "PageTexts") -> None:
        asked = "Which evaluation tools are there?"
        assistant.ask(asked, Filters(focus_area=FocusArea.PUBLIC_SPACES))
        assert_exact(assistant.ask(asked), names(category=Category.EVALUATION), printed)


def test_a_maker_that_is_often_mentioned_is_met_as_the_maker(assistant: "Assistant") -> None:
    made = assistant.ask("Which tools were made by the police?").tools
    mentioned = assistant.ask("Which tools have to do with the police?").tools
    assert 0 < len(made) < len(mentioned)


@pytest.mark.parametrize(
    ("question", "left_out"),
    [
        ("List the diagnostic tools on organised crime, except those from Italy.", ("Bari", "Trento", "Emilia")),
        ("Which evaluation tools are there on radicalisation? I do not mean QUALIPREV.", ("QUALIPREV",)),
        ("activity-related tools for juvenile delinquency other than Calm Street", ("Calm Street",)),
        ("activities against organised crime without the ones from Italian towns", ("Bari", "Maranello", "Berceto")),
        ("Not counting the ones from Italy, list the diagnostic tools on organised crime", ("Emilia",)),
        ("activities against organised crime, but leave out the Italian ones", ("Bari", "Maranello", "Berceto")),
    ],
)
def test_what_a_list_excepts_is_left_out(assistant: "Assistant", question: str, left_out: tuple[str, ...]) -> None:
    plain = re.sub(
        r", except.*| I do not mean.*| other than.*|, but leave.*| without the ones.*|Not counting.*Italy, ",
        "",
        question,
    )
    everything, listed = assistant.ask(plain), assistant.ask(question)
    gone = {tool.name for tool in everything.tools} - {tool.name for tool in listed.tools}
    assert len(listed.tools) < len(everything.tools)
    assert gone and all(any(word in name or _is_in_italy(assistant, name) for word in left_out) for name in gone)
    assert listed.filters.focus_area == everything.filters.focus_area


def _is_in_italy(assistant: "Assistant", name: str) -> bool:
    return any(card.name == name and "Italy" in card.located for card in assistant.catalogue.cards)


def test_a_theme_that_is_not_meant_is_none(assistant: "Assistant") -> None:
    reply = assistant.ask("Which radicalisation tools are about right-wing extremism, not about jihadism?")
    assert {letters(tool.name) for tool in reply.tools} >= those("88 gegen")
    assert not {letters(tool.name) for tool in reply.tools} & those("A Guide to Refuting")


def test_what_nothing_is_wanted_of_is_left_out(assistant: "Assistant", printed: "PageTexts") -> None:
    reply = assistant.ask("Juvenile delinquency practices from Paris or Bordeaux please, nothing on radicalisation")
    assert_exact(reply, those("Full of Beans", '"Street Art"'), printed)


def test_tools_in_two_categories_are_found_without_naming_these(assistant: "Assistant", printed: "PageTexts") -> None:
    reply = assistant.ask("Which tools of the annex appear in two categories?")
    assert_exact(reply, those("Prevent Watch", "A Guide to Refuting", "A Nordic Approach"), printed)


def test_any_of_several_things_will_do(assistant: "Assistant", printed: "PageTexts") -> None:
    reply = assistant.ask("Which radicalisation prevention activities use theatre, stand-up comedy or comics?")
    assert_exact(reply, those("KRASS", "Radicalishow", "Comedy - Extremism"), printed)


def test_a_category_that_is_not_meant_is_left_out(assistant: "Assistant", printed: "PageTexts") -> None:
    reply = assistant.ask("Which of the juvenile delinquency tools is not activity-related?")
    assert_exact(reply, names(FocusArea.JUVENILE_DELINQUENCY, Category.DIAGNOSTIC), printed)


def test_it_does_not_matter_is_no_theme(assistant: "Assistant", printed: "PageTexts") -> None:
    reply = assistant.ask("Please give all evaluation tools of the report, doesn't matter which focus area")
    assert_exact(reply, names(category=Category.EVALUATION), printed)


def test_never_mind_is_no_theme(assistant: "Assistant", printed: "PageTexts") -> None:
    reply = assistant.ask("Give me all tools of the evaluation kind, never mind the theme.")
    assert_exact(reply, names(category=Category.EVALUATION), printed)


@pytest.mark.parametrize(
    "asked",
    [
        "Which practices mend relations between police and young people?",
        "Which projects try to make teenagers and the police get along better?",
    ],
)
def test_what_is_between_two_groups_is_not_what_names_both(
    assistant: "Assistant", printed: "PageTexts", asked: str
) -> None:
    wanted = those("City of Saint-Nazaire", "Full of Beans", "City of Vilvoorde")
    assert_exact(assistant.ask(asked), wanted, printed)
    assert len(assistant.ask("Which practices have to do with police and young people?").tools) > len(wanted)


def test_two_tools_named_are_compared_though_an_area_is_named(assistant: "Assistant", printed: "PageTexts") -> None:
    reply = assistant.ask("Digital Streetwork and Street Work Online are projects on extremism: whom does each reach?")
    assert_exact(reply, those("Digital Streetwork", "Street Work Online"), printed)


def test_everything_from_a_place_is_a_list(assistant: "Assistant", printed: "PageTexts") -> None:
    reply = assistant.ask("Show me everything from Brussels, whatever the topic.")
    wanted = assistant.ask("List all the tools in Brussels.")
    assert_exact(reply, {letters(tool.name) for tool in wanted.tools}, printed)
    assert len(reply.tools) > 1


def test_places_are_compared_by_the_tool_that_is_meant_in_each(assistant: "Assistant", printed: "PageTexts") -> None:
    reply = assistant.ask("Compare the hate mapping in France with the one in Malmö: who is behind each?")
    assert_exact(reply, those("Online Hate Mapper", "City of Malm"), printed)


@pytest.mark.parametrize(
    "asked",
    [
        "Which tools deal with human trafficking?",
        "How many tools are there against trafficking in human beings?",
        "Among the diagnostics for organised crime, how many are about trade in human beings?",
        "Which tools are about selling people?",
    ],
)
def test_a_part_of_an_area_is_not_the_whole_of_it(assistant: "Assistant", printed: "PageTexts", asked: str) -> None:
    assert_exact(assistant.ask(asked), {letters("DemandAT"), letters("TRACE")}, printed)


def test_a_place_may_have_to_stand_in_the_name(assistant: "Assistant", printed: "PageTexts") -> None:
    reply = assistant.ask("Which practices of the annex have a Spanish city in their name?")
    assert_exact(reply, those("Barcelona: Co-", "L'Hospitalet de Llobregat: ", "Local Institutions Against"), printed)


def test_any_town_may_have_to_stand_in_the_name(assistant: "Assistant", printed: "PageTexts") -> None:
    reply = assistant.ask("How many of the radicalisation practices bear the name of a city in their title, and which?")
    assert_exact(
        reply,
        those(
            "City of Malm", "Partnership against Violent", "KRASS Project", "Local Institutions Against",
            "City of Rotterdam", "X-Game", "City of Vilvoorde", "Strategy to Prevent Violent",
        ),
        printed,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("Which items have Nordic in the name?", ("Nordic Pioneers", "A Nordic Approach")),
        ("Which entries are called a Manual in the annex?", ("Vulnerability Assessment Manual", "User manual for")),
        (
            "Emilia-Romagna: which tools carry that region in their name?",
            ("Observatory on organised", "City of Bologna and"),
        ),
        (
            '"security by design": which tools go under that label?',
            ("Security by Design: Sec", "Brussels-Capital Region: Multi"),
        ),
        (
            "In which practices does the association Nordic Safe Cities have a hand?",
            ("City of Malm", "Nordic Pioneers"),
        ),
    ],
)
def test_lists_go_by_names_and_by_words_in_quotes(
    assistant: "Assistant", printed: "PageTexts", asked: str, wanted: tuple[str, ...]
) -> None:
    assert_exact(assistant.ask(asked), those(*wanted), printed)


def test_a_list_of_several_categories_is_of_these_alone(assistant: "Assistant", printed: "PageTexts") -> None:
    reply = assistant.ask("Which activity and evaluation tools are there on organised crime?")
    wanted = names(FocusArea.ORGANISED_CRIME, Category.ACTIVITY) | names(FocusArea.ORGANISED_CRIME, Category.EVALUATION)
    assert_exact(reply, wanted, printed)


def test_a_list_of_several_areas_is_of_these_alone(assistant: "Assistant", printed: "PageTexts") -> None:
    reply = assistant.ask("Which evaluation tools are there on radicalisation and on public spaces?")
    wanted = names(FocusArea.RADICALISATION, Category.EVALUATION) | names(FocusArea.PUBLIC_SPACES, Category.EVALUATION)
    assert_exact(reply, wanted, printed)


def test_a_list_may_be_of_what_calls_itself_something(assistant: "Assistant", printed: "PageTexts") -> None:
    reply = assistant.ask("Give me every item that calls itself a toolbox or a toolkit in its title.")
    assert defects(reply, printed) == []
    assert shown(reply) == {name for name in names() if "toolbox" in name or "toolkit" in name}


def test_a_category_that_is_only_to_be_included_is_no_filter(assistant: "Assistant", printed: "PageTexts") -> None:
    reply = assistant.ask("How many tools are there for juvenile delinquency altogether, diagnostics included?")
    assert_exact(reply, names(FocusArea.JUVENILE_DELINQUENCY), printed)


def test_what_is_ruled_out_after_the_list_is_left_out_of_its_theme(
    assistant: "Assistant", printed: "PageTexts"
) -> None:
    reply = assistant.ask(
        "Please show me only the ones about trafficking in human beings. Not drugs, not weapons: people."
    )
    assert_exact(reply, {letters("DemandAT"), letters("TRACE")}, printed)


def test_the_towns_of_a_region_are_in_it(assistant: "Assistant", printed: "PageTexts") -> None:
    reply = assistant.ask("What have towns in Emilia-Romagna done?")
    assert defects(reply, printed) == []
    assert {"maranello", "berceto", "bologna", "calderara"} == {
        town for town in ("maranello", "berceto", "bologna", "calderara") if any(town in name for name in shown(reply))
    }


def test_a_list_may_be_asked_for_at_the_end(assistant: "Assistant", printed: "PageTexts") -> None:
    reply = assistant.ask("Evaluation tools in public spaces: which are they?")
    assert_exact(reply, names(FocusArea.PUBLIC_SPACES, Category.EVALUATION), printed)


def test_a_tool_is_named_by_the_adjective_of_its_country(assistant: "Assistant", printed: "PageTexts") -> None:
    reply = assistant.ask("Hayat in Germany or the Swedish support phone: who can turn to which?")
    assert_exact(reply, those("Hayat", "Daily support phone"), printed)


def test_a_name_of_several_words_is_one_thing(assistant: "Assistant", printed: "PageTexts") -> None:
    reply = assistant.ask("In which practices does Nordic Safe Cities have a part?")
    assert_exact(reply, those("City of Malm", "Nordic Pioneers Award"), printed)


def test_the_report_itself_names_a_place(assistant: "Assistant", printed: "PageTexts") -> None:
    named = assistant.ask("Which practices name Emilia-Romagna as their region?")
    meant = assistant.ask("Which practices are there in Emilia-Romagna?")
    assert defects(named, printed) == []
    assert shown(named) < shown(meant)


def test_what_stands_in_brackets_is_one_of_several_things(assistant: "Assistant") -> None:
    plain = assistant.ask("Which tools against radicalisation use theatre or comics?")
    assert shown(assistant.ask("Which tools against radicalisation use theatre (or comics)?")) == shown(plain)


def test_what_the_rows_of_the_annex_name_is_looked_for_in_them_alone(
    assistant: "Assistant", printed: "PageTexts"
) -> None:
    reply = assistant.ask(
        "Activities on radicalisation whose annex row names teachers or educators as users: which are they?"
    )
    wanted = those("BOUNCE", "Radicalishow", "TeRa Toolkit", "A Teacher", "Game Changer EU")
    assert_exact(reply, wanted, printed)


@pytest.mark.parametrize(
    "asked",
    [
        "Juvenile delinquency: how many tools in total in the tables at the end, all categories?",
        "I need for a slide the number of tools on juvenile delinquency, diagnostic plus activities plus evaluation",
        "nr of tools on juvenile delinquency?",
    ],
)
def test_a_hurried_count_is_a_count(assistant: "Assistant", printed: "PageTexts", asked: str) -> None:
    assert_exact(assistant.ask(asked), names(FocusArea.JUVENILE_DELINQUENCY), printed)


def test_the_town_that_an_asker_is_from_is_not_asked_about(assistant: "Assistant", printed: "PageTexts") -> None:
    reply = assistant.ask("I am a journalist in Linz. Which tools are there from Austria?")
    wanted = assistant.ask("Which tools are there from Austria?")
    assert wanted.tools
    assert_exact(reply, shown(wanted), printed)


def test_a_part_of_an_area_is_asked_for_among_the_whole(assistant: "Assistant", printed: "PageTexts") -> None:
    reply = assistant.ask("Among the diagnostic tools on organised crime, how many are about human trafficking?")
    assert_exact(reply, {letters("DemandAT"), letters("TRACE")}, printed)


def test_tools_are_found_by_a_word_in_their_names(assistant: "Assistant", printed: "PageTexts") -> None:
    reply = assistant.ask("Which tools in the annex have the word toolbox or toolkit in their name?")
    assert_exact(reply, those("EUCNP Toolbox", "Pericles", "TeRa Toolkit", "A Nordic Approach"), printed)


def test_what_explains_an_acronym_is_no_theme(assistant: "Assistant", printed: "PageTexts") -> None:
    asked = "Which tools does the report connect with the CPRLV, the Canadian centre against radicalisation?"
    assert_exact(assistant.ask(asked), shown(assistant.ask("Which tools have to do with the CPRLV?")), printed)


def test_assessment_and_activities_alike_are_all_of_an_area(assistant: "Assistant", printed: "PageTexts") -> None:
    reply = assistant.ask("Give me everything you hold on juvenile delinquency, assessment and activities alike")
    assert_exact(reply, names(FocusArea.JUVENILE_DELINQUENCY), printed)
