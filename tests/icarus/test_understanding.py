"""A turn as understood, alone and in its conversation: what is asked, of which tools, restricted to what."""

import pytest

from icarus.conversation import Context
from icarus.question import Ask, Question
from icarus.records import Category, Filters, FocusArea
from icarus.understanding import Understanding, fields_set

AREA, CATEGORY = FocusArea, Category


def after(
    understanding: Understanding, first: str, shown: tuple[str, ...], then: str, home: str | None = None
) -> Question:
    """The second of two turns, when the answer to the first showed these tools."""
    return understanding.read(then, Context(understanding.read(first), shown, home))


class TestAlone:
    @pytest.mark.parametrize(
        ("question", "filters"),
        [
            (
                "Which evaluation tools are there on radicalisation?",
                Filters(focus_area=AREA.RADICALISATION, category=CATEGORY.EVALUATION),
            ),
            (
                "List the diagnostic tools for organised crime.",
                Filters(focus_area=AREA.ORGANISED_CRIME, category=CATEGORY.DIAGNOSTIC),
            ),
            ("How many tools are from Italy?", Filters(place="Italy")),
            ("Which tools work with theatre?", Filters(theme="theatre")),
            ("all the tools", Filters()),
        ],
    )  # fmt: skip
    def test_a_list_is_restricted_by_what_it_names(
        self, understanding: Understanding, question: str, filters: Filters
    ) -> None:
        understood = understanding.read(question)
        assert understood.ask in {Ask.LIST, Ask.COUNT}
        assert understood.filters == filters

    def test_a_question_about_a_tool_is_about_that_tool(self, understanding: Understanding) -> None:
        understood = understanding.read("Who developed the Behaviour Barometer?")
        assert understood.ask is Ask.FACT
        assert understood.tools == ("behaviour-barometer",)

    def test_two_tools_are_compared(self, understanding: Understanding) -> None:
        understood = understanding.read("How does Hayat differ from Signpost?")
        assert understood.ask is Ask.COMPARE
        assert understood.tools == ("hayat", "signpost-wegweiser")

    def test_typing_errors_are_mended_and_the_asker_s_words_kept(self, understanding: Understanding) -> None:
        understood = understanding.read("tools against radicalistion?")
        assert understood.asked == "tools against radicalistion?"
        assert understood.standalone == "tools against radicalisation?"
        assert understood.filters.focus_area is AREA.RADICALISATION

    def test_a_place_alone_asks_for_its_tools(self, understanding: Understanding) -> None:
        assert understanding.read("What is there from Sweden?").ask is Ask.LIST

    def test_filters_that_a_person_sets_go_first(self, understanding: Understanding) -> None:
        by_hand = fields_set(Filters(focus_area=AREA.PUBLIC_SPACES))
        understood = understanding.read("Which tools are there on radicalisation in Sweden?", by_hand=by_hand)
        assert understood.filters.focus_area is AREA.PUBLIC_SPACES
        assert understood.filters.place == "Sweden"
        assert understood.limits == Filters(focus_area=AREA.PUBLIC_SPACES)

    @pytest.mark.parametrize(
        ("asked", "place"),
        [
            ("Which tools come from Stuttgart or Augsburg?", "Stuttgart or Augsburg"),
            ("Which tools come from Bordeaux, France?", "Bordeaux"),
            ("Which tools are available in French?", None),
            ("Which French tools are there?", "France"),
        ],
    )
    def test_the_places_of_a_list(self, understanding: Understanding, asked: str, place: str | None) -> None:
        assert understanding.read(asked).filters.place == place

    @pytest.mark.parametrize(
        ("asked", "theme"),
        [
            ("Which practices expressly offer something to mums, dads, or the wider family?", "mums or dads or family"),
            ("Our association asks: which tools are designed for women?", "women"),
            ("For parents: which tools are there?", "parents"),
            ("We work with young mothers. Which ones are there?", "young mothers"),
            ("Which tools go back to the Canadian centre CPRLV?", "cprlv"),
            ("There is a centre in Canada for this (CPRLV). Which entries have to do with it?", "cprlv"),
            ("Which tools work with mentors, tutors, coaches?", "mentors or tutors or coaches"),
            ("How many tools are there altogether for public spaces?", None),
            ("Which tools help parents, I work in a school", "parents"),
            ("My mayor asks which tools work with parents", "parents"),
            ("Tools that work with parents - a full list for my police chief", "parents"),
            ("Which tools are there for the parents themselves?", "parents"),
        ],
    )  # fmt: skip
    def test_the_theme_of_a_list_is_a_thing(self, understanding: Understanding, asked: str, theme: str | None) -> None:
        understood = understanding.read(asked)
        assert understood.ask in {Ask.LIST, Ask.COUNT}
        assert (understood.filters.theme, understood.filters.place) == (theme, None)

    def test_what_a_list_excepts_in_brackets_is_no_theme(self, understanding: Understanding) -> None:
        understood = understanding.read("Which tools work with the police (not online)?")
        assert understood.filters.theme == "police"
        assert understood.excluded

    def test_a_list_is_heard_without_a_word_for_tools(self, understanding: Understanding) -> None:
        understood = understanding.read("council flats: what has been done there?")
        assert understood.ask is Ask.LIST

    def test_a_region_holds_its_towns(self, understanding: Understanding) -> None:
        assert understanding.read("Which tools come from Catalan towns?").filters.place == "Catalonia"

    def test_a_category_that_is_ruled_out_is_none(self, understanding: Understanding) -> None:
        understood = understanding.read("Which evaluation tools, not the diagnostic ones, are there on radicalisation?")
        assert understood.filters.category is Category.EVALUATION

    def test_who_is_asking_is_no_theme(self, understanding: Understanding) -> None:
        understood = understanding.read("We run a small NGO near the coast. Which tools are there in Sweden?")
        assert understood.filters.theme is None

    def test_a_filter_set_to_nothing_takes_away_what_the_words_say(self, understanding: Understanding) -> None:
        by_hand = fields_set(Filters(place=None))
        understood = understanding.read("Which tools are there on radicalisation in Sweden?", by_hand=by_hand)
        assert understood.filters.place is None
        assert understood.filters.focus_area is AREA.RADICALISATION

    def test_the_same_question_is_understood_the_same(self, understanding: Understanding) -> None:
        asked = "Which tools use games?"
        assert understanding.read(asked) == understanding.read(asked)


class TestHome:
    @pytest.mark.parametrize(
        ("text", "home"),
        [
            ("I work for a Dutch municipality. What do you have?", "Netherlands"),
            ("We are from Italy", "Italy"),
            ("Which tools come from Italy?", None),
            ("Hello", None),
        ],
    )
    def test_where_somebody_is_from(self, understanding: Understanding, text: str, home: str | None) -> None:
        assert understanding.home_of(understanding.read(text)) == home

    def test_my_country_is_that_of_an_earlier_turn(self, understanding: Understanding) -> None:
        understood = after(
            understanding, "Hello, I work in Belgium.", (), "Which tools are there in my country?", "Belgium"
        )
        assert understood.filters.place == "Belgium"


class TestFollowUps:
    @pytest.mark.parametrize(
        "then", ["Who made it?", "And its target group?", "what are the barriers?", "is there a link?", "since when?"]
    )
    def test_a_pronoun_or_ellipsis_means_the_tool_shown(self, understanding: Understanding, then: str) -> None:
        understood = after(understanding, "What is Safetipin?", ("safetipin-com",), then)
        assert understood.tools == ("safetipin-com",)
        assert "Safetipin" in understood.standalone

    @pytest.mark.parametrize(
        ("then", "position"),
        [
            ("Tell me more about the second one", 1),
            ("and the first?", 0),
            ("what is the last one for?", -1),
            ("the 3rd", 2),
        ],
    )
    def test_an_ordinal_means_that_tool_of_the_list(
        self, understanding: Understanding, then: str, position: int
    ) -> None:
        shown = ("medea", "thor-methodology", "copkit")
        understood = after(understanding, "Which tools are there on organised crime?", shown, then)
        assert understood.tools == (shown[position],)

    def test_an_ordinal_that_the_list_does_not_have_means_none_of_it(self, understanding: Understanding) -> None:
        understood = after(understanding, "Which evaluation tools?", ("medea", "thor-methodology"), "the fifth one?")
        assert understood.tools != ("medea",)

    @pytest.mark.parametrize(
        ("then", "filters"),
        [
            ("And in public spaces?", Filters(focus_area=AREA.PUBLIC_SPACES, category=CATEGORY.DIAGNOSTIC)),
            ("and evaluation tools?", Filters(focus_area=AREA.RADICALISATION, category=CATEGORY.EVALUATION)),
            ("only Sweden", Filters(focus_area=AREA.RADICALISATION, category=CATEGORY.DIAGNOSTIC, place="Sweden")),
            ("What about organised crime?", Filters(focus_area=AREA.ORGANISED_CRIME, category=CATEGORY.DIAGNOSTIC)),
        ],
    )
    def test_a_bare_filter_changes_the_list_before(
        self, understanding: Understanding, then: str, filters: Filters
    ) -> None:
        first = "Which diagnostic tools are there on radicalisation?"
        shown = ("dare", "prevent-watch", "danish-info-houses")
        understood = after(understanding, first, shown, then)
        assert understood.ask is Ask.LIST
        assert understood.filters == filters

    def test_which_of_those_stays_among_them(self, understanding: Understanding) -> None:
        shown = ("medea", "thor-methodology", "copkit")
        understood = after(understanding, "Which tools on organised crime?", shown, "Which of those use AI?")
        assert understood.among == shown

    @pytest.mark.parametrize(
        "then",
        [
            "What is the THOR methodology?",
            "Which tools are there against bullying in schools?",
            "What share of the municipal strategies mentions gender-based violence?",
        ],
    )
    def test_another_topic_drops_the_one_before(self, understanding: Understanding, then: str) -> None:
        understood = after(understanding, "What is Safetipin?", ("safetipin-com",), then)
        alone = understanding.read(then)
        assert understood.tools == alone.tools
        assert understood.filters == alone.filters
        assert understood.ask is alone.ask

    def test_thanks_are_no_question_about_the_tool(self, understanding: Understanding) -> None:
        assert after(understanding, "What is Safetipin?", ("safetipin-com",), "Thanks!").ask is Ask.SMALL_TALK

    def test_a_tool_is_picked_by_its_place(self, understanding: Understanding) -> None:
        shown = ("online-hate-mapper", "city-of-malmo-mapping-online-hate-speech-violent-extremism")
        understood = after(understanding, "Which tools map hate speech?", shown, "What does the Malmö one leave out?")
        assert understood.tools == ("city-of-malmo-mapping-online-hate-speech-violent-extremism",)

    def test_a_turn_that_names_its_tool_needs_no_other(self, understanding: Understanding) -> None:
        understood = after(understanding, "What is Safetipin?", ("safetipin-com",), "And what is BOUNCE?")
        assert understood.tools == ("bounce",)
