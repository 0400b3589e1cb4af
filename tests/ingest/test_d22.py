"""The facts of D2.2 that a build is checked against (contract, last section), on the real file."""

from collections import Counter

import pytest

from icarus.embedding import EmbeddingModel
from icarus.records import FocusArea, Passage, PassageKind, ToolCard
from icarus_ingest.context import context_of
from icarus_ingest.model import RawDocument
from icarus_ingest.understand import Understood, understand
from tests.d22 import CELLS
from tests.ingest.conftest import letters

SPLIT_ROWS = {
    "EUCNP Toolbox on Local cooperation in youth crime prevention": (64, 65, "expert knowledge gathered from several"),
    "Hayat": (69, 70, "violent Jihadist radicalisation, including"),
    "Game Changer EU": (70, 71, "civic engagement and address grievances"),
    "EJ4 University Module Series": (75, 76, "abilities to develop diagnoses, trainings"),
    "City of Augsburg: Conflicts in public spaces – prevention and intervention": (80, 81, "volunteer community work"),
}
# Headings of chapter 4, and the annex name of the tool that each is about.
NARRATIVES = {
    "EUCPN Toolbox on Local Cooperation in Youth Crime Prevention": "EUCNP Toolbox on Local cooperation in youth crime "
    "prevention",
    "City of Saint-Nazaire: Bridging the gap between the police and young people": "City of Saint-Nazaire: Bridging "
    "the gap between the police and young people",
    "City of Stockholm: Calm Street": "Calm Street",
    "City of Bologna and the Region of Emilia-Romagna: Model for Intervention": "City of Bologna and the Region of "
    "Emilia-Romagna: Model for Intervention",
    "City of Turin: Preventing recidivism through restorative justice": "City of Turin: Preventing recidivism through "
    "restorative justice",
    'Project "Anti-bullying strategies in schools"': "Action Anti-Bullying (AAB)",
    "The Behaviour Barometer": "Behaviour Barometer",
    "The Danish Info-Houses": "Danish Info Houses",
    "Online Hate Mapper - Institute for Strategic Dialogue": "Online Hate Mapper",
    "City of Malmö: mapping online hate speech & violent extremism": "City of Malmö: mapping online hate speech & "
    "violent extremism",
    "City of Vilvoorde": "City of Vilvoorde, Meetings with youth",
    "Nordic Pioneers Award": "Nordic Pioneers Award",
    "Digital Streetwork project": "Digital Streetwork - Amadeu-Antonio-Stiftung",
    "Gamechanger": "Game Changer EU",
    "X-Game: live-game to sensitise youth": "X-Game: live-game to sensitise youth - Stuttgart",
    "Mother Schools": "MotherSchools: Parenting for Peace",
    "Workshops to reinforce cooperation amongst different stakeholders": "Workshops to reinforce cooperation amongst "
    "different stakeholders - Germany",
    "PREVENT WATCH": "Prevent Watch",
    "QUALIPREV - Crime prevention evaluation": "QUALIPREV - Crime prevention evaluation",
    "Violent Extremism Evaluation Measurement": "Violent Extremism Evaluation Measurement",
    "IMPACT Europe Evaluation Guide": "IMPACTEurope Evaluation Guide",
    "Observatory on organised crime and the promotion of a culture of legality Emilia Romagna Region, Italy": "Observat"
    "ory on organised crime and the promotion of a culture of legality - Emilia Romagna Region",
    "Knowledge-based and user-centred investigation system for data analysis (ANITA EU project)": "ANITA",
    "Third European Union Handbook on the Administrative Approach": "Third European Union Handbook on the "
    "Administrative Approach",
    "KEMEA Training Programmes": "KEMEA Training Programmes",
    "E4J University Module Series on Organised Crime": "EJ4 University Module Series",
    "Group Violence Initiative": "Group Violence Intervention",
    "The Agency for the Non-Repressive Fight Against Organized Crime (AGECO)": "The Agency for the non-repressive "
    "fight against organised crime of the Municipality of Bari (AGECO)",
    "THOR Methodology": "THOR Methodology",
    "User manual for the self-assessment tool to assess and measure security and safety in urban areas": "User manual "
    "for the self-assessment tool to assess and measure security and safety in urban areas",
    "A Vulnerability Assessment Manual to support the protection of public spaces (PRoTECT EU project)": "Vulnerability"
    " Assessment Manual (PROTECT EU project)",
    "Perception Matters - a manual to understand and respond to citizens' feelings of insecurity": "Perception matters",
    "City.Risks - A technological tool for involving citizens in the assessment of feelings of insecurity": "City.Risks"
    "",
    "SURE - Smart Urban Security and Event Resilience": "SURE: Smart Urban Security and Event Resilience",
    "Safetipin - A mobile safety tool to make public spaces safer and more inclusive for women": "Safetipin.com",
    "Security by Design: SecureCity - 10 Rules of Thumb": "Security by Design: SecureCity - 10 Rules of Thumb",
    'City of Vienna: "SAM" – mobile social work in public areas': '"SAM" – mobile social work in public areas',
    "City of L'Hospitalet: Resident participation in the management of neighbourhood disputes": "L'Hospitalet de "
    "Llobregat: Local Council",
    "Brussels-Capital Region: Closing the gap between public space designers and managers through the establishment of "
    "multi-stakeholder working groups": "Brussels-Capital Region: Multi-stakeholder working groups",
    "City of Calderara di Reno (Italy): requalification of the Garibaldi 2 social estate": 'The "Garibaldi 2" '
    "experience in Calderara di Reno",
}
# Headings of chapter 4 that are about no one tool.
THEMES = (
    "Radicalisation in the digital sphere",
    "Prevention activities aimed at youth",
    "Prevention in the education system",
    "Reaching out to families",
    "Enhancing multi-stakeholder cooperation",
    "Victims of discrimination in the context of radicalisation prevention programmes",
    "Comprehensive training programmes and awareness raising activities",
    "Community and multi-stakeholder-based approaches",
    "Asset Confiscation and Recovery for Social Purposes",
)


def card(d22: Understood, name: str) -> ToolCard:
    (found,) = [c for c in d22.cards if c.name == name]
    return found


def rows(d22: Understood) -> list[Passage]:
    return [p for p in d22.passages if p.kind is PassageKind.ROW]


def test_pages(d22: Understood, letters_of_d22: dict[int, str]) -> None:
    assert [p.number for p in d22.pages] == list(range(1, 82))
    assert d22.document.pages == 81
    different = [p.number for p in d22.pages if letters(p.text) != letters_of_d22[p.number]]
    assert different == [66]  # two stray zeros are set aside
    assert letters(d22.pages[65].text) == letters_of_d22[66].replace("eachyoungperson00", "eachyoungperson")


@pytest.mark.parametrize(("number", "title", "page"), [("4.3.3", "Evaluation tools", 36), ("5.2", "Concepts and", 50)])
def test_checkpoints(d22: Understood, number: str, title: str, page: int) -> None:
    (section,) = [s for s in d22.sections if s.number == number]
    assert section.title.startswith(title)
    assert section.page == page


def test_chapter_6_and_annex(d22: Understood) -> None:
    (lessons,) = [s for s in d22.sections if s.number == "6"]
    assert (lessons.page, lessons.title) == (62, "Lessons learned – insights and conclusions")
    assert next(s.page for s in d22.sections if s.title.startswith("Annex")) == 64


def test_numbered_headings_are_all_found_in_order(d22: Understood) -> None:
    numbers = [s.number for s in d22.sections if s.number]
    expected = (
        "1 2 3 3.1 3.2 3.3 3.4 4 4.1 4.1.1 4.2 4.2.1 4.2.2 4.2.3 4.3 4.3.1 4.3.2 4.3.3 4.4 4.4.1 4.4.2 "
        "5 5.1 5.2 5.3 5.4 5.5 5.6 6"
    )
    assert numbers == expected.split()


def test_rows_and_cards(d22: Understood) -> None:
    assert d22.rows == len(rows(d22)) == 107
    assert len(d22.cards) == len({c.id for c in d22.cards}) == len({c.name for c in d22.cards}) == 104


def test_cells_of_the_table(d22: Understood) -> None:
    counted = Counter((p.focus_areas[0].value, p.categories[0].value) for p in rows(d22))
    assert counted == CELLS
    on_cards = Counter((a.value, c.value) for card in d22.cards for a in card.focus_areas for c in card.categories)
    assert on_cards == CELLS


def test_three_tools_stand_in_two_categories(d22: Understood) -> None:
    twice = {c.name: (len(c.categories), len(c.rows)) for c in d22.cards if len(c.rows) > 1 or len(c.categories) > 1}
    assert twice == {
        "Prevent Watch": (2, 2),
        "A Guide to Refuting Jihadism": (2, 2),
        "A Nordic Approach and Toolbox-Safe Urban Spaces": (2, 2),
    }


@pytest.mark.parametrize("name", SPLIT_ROWS)
def test_rows_split_by_a_page_end_are_rejoined(d22: Understood, name: str) -> None:
    first, last, words = SPLIT_ROWS[name]
    (row,) = [p for p in rows(d22) if p.heading == name]
    assert (row.page, row.page_end) == (first, last)
    assert words in row.text
    over = [s for s in row.sentences if len(s.parts) > 1]
    assert [[page for page, _ in s.parts] for s in over] == [[first, last]]


@pytest.mark.parametrize(("heading", "name"), NARRATIVES.items())
def test_chapter_4_is_linked_with_the_annex(d22: Understood, heading: str, name: str) -> None:
    told = card(d22, name)
    section = [p for p in d22.passages if p.heading == heading and p.kind is not PassageKind.ROW]
    assert section
    assert {p.tools for p in section} == {(told.id,)}
    assert {q.passage for q in told.narrative} == {p.id for p in section if p.kind is not PassageKind.FOOTNOTE}
    assert heading in (told.name, *told.aliases) or heading.casefold() == told.name.casefold()


@pytest.mark.parametrize("heading", THEMES)
def test_themes_are_about_no_one_tool(d22: Understood, heading: str) -> None:
    (section,) = [s for s in d22.sections if s.title == heading]
    assert section.number is None
    about = {t for p in d22.passages if p.heading == heading for t in p.tools}
    mentioned = {"a-teacher-s-guide-to-the-prevention-of-of-violent-extremism", "city-of-berceto-villa-berceto"}
    assert about <= mentioned


def test_only_chapter_4_and_the_annex_tell_of_tools(d22: Understood) -> None:
    elsewhere = [p for p in d22.passages if p.tools and not (15 <= p.page <= 46 or p.page >= 64)]
    assert elsewhere == []


def test_tools_without_a_section_are_found_where_they_are_mentioned(d22: Understood) -> None:
    guide = card(d22, "A Teacher's Guide to the Prevention of of Violent Extremism")
    assert any("UNESCO developed in 2016" in q.text and q.page == 26 for q in guide.narrative)
    assert any("en.unesco.org" in q.text for q in guide.links)
    villa = card(d22, "City of Berceto- Villa Berceto")
    assert [q.page for q in villa.narrative] == [36]
    assert "multi-use space" in villa.narrative[0].text
    assert card(d22, "UCARE").narrative == ()
    assert card(d22, "Local Institutions Against Extremism - City of L'Hospitalet").narrative == ()
    overview = [p for p in d22.passages if "as illustrated in the case of Calm Street" in p.text]
    assert [p.tools for p in overview] == [("calm-street",)]
    assert not any(q.passage == overview[0].id for q in card(d22, "Calm Street").narrative)


def test_names_are_mended_and_printed_forms_kept(d22: Understood) -> None:
    nazaire = card(d22, "City of Saint-Nazaire: Bridging the gap between the police and young people")
    assert "City of Saint- Nazaire: Bridging the gap between the police and young people" in nazaire.aliases
    copenhagen = card(d22, "The safety survey (Tryghedsundersøg elsen) of Copenhagen")
    assert "Tryghedsundersøgelsen" in copenhagen.aliases
    assert not any("<" in alias or "*" in alias for c in d22.cards for alias in (c.name, *c.aliases))
    assert {"AAB", "Action Anti-Bullying"} <= set(card(d22, "Action Anti-Bullying (AAB)").aliases)
    assert "Local Council" not in card(d22, "L'Hospitalet de Llobregat: Local Council").aliases


def test_every_quote_of_every_card_stands_on_its_pages(d22: Understood, letters_of_d22: dict[int, str]) -> None:
    fields = [name for name, field in ToolCard.model_fields.items() if "Quote" in str(field.annotation)]
    assert "summary" in fields
    for tool in d22.cards:
        assert tool.summary
        for quote in (q for name in fields for q in getattr(tool, name)):
            span = "".join(letters_of_d22[n] for n in range(quote.page, quote.page_end + 1))
            assert letters(quote.text) in span, (tool.name, quote.text)


def test_every_sentence_stands_on_its_pages(d22: Understood, letters_of_d22: dict[int, str]) -> None:
    for passage in d22.passages:
        for page, words in (part for s in passage.sentences for part in s.parts):
            assert letters(words) in letters_of_d22[page], (passage.id, words)
            assert passage.page <= page <= passage.page_end


def test_nothing_of_the_converter_is_left_in_passages(d22: Understood) -> None:
    for passage in d22.passages:
        assert "info@icarus" not in passage.text
        assert not any(mark in passage.text for mark in ("<u>", "$^", "¹", "²", "³", "⁵", "**", " *"))
        assert not passage.text.startswith("0 ")
    assert not any(p.page in (6, 7) for p in d22.passages)


def test_page_ends_and_footnotes_do_not_cut_paragraphs(d22: Understood) -> None:
    texts = " ".join(p.text for p in d22.passages)
    assert "radical opinions must not be mixed up with anti-democratic views or violent action." in texts
    assert "suggestions for in-class exercises" in texts
    (whole,) = [s for p in d22.passages for s in p.sentences if s.text.startswith("This is important because it gives")]
    assert [page for page, _ in whole.parts] == [17, 18]


def test_passages_fit_the_model(d22: Understood, model: EmbeddingModel) -> None:
    heaviest = max(model.count_pieces(f"{context_of(p)}\n{p.text}") for p in d22.passages)
    assert heaviest <= model.max_pieces


def test_a_passage_holds_one_section_and_at_most_one_tool_of_its_heading(d22: Understood) -> None:
    paths = {s.path for s in d22.sections} | {d22.document.title}
    assert {p.section for p in d22.passages} <= paths
    assert all(len(p.tools) == 1 for p in rows(d22))


def test_footnotes_carry_the_sentence_they_belong_to(d22: Understood) -> None:
    notes = {p.sentences[-1].text: p for p in d22.passages if p.kind is PassageKind.FOOTNOTE}
    assert len(notes) == 17
    ran = next(p for text, p in notes.items() if "ran collection-approaches" in text)
    assert ran.text.startswith("Furthermore, the Radicalisation Awareness Network regularly collects")
    assert (ran.page, ran.section[:3]) == (20, "4.2")
    award = next(p for text, p in notes.items() if "nordicpioneers.org" in text)
    assert award.tools == ("nordic-pioneers-award",)
    missing = next(p for text, p in notes.items() if text.startswith("The missing percentage to 100%"))
    assert missing.sentences[0].text.startswith("As the chart above illustrates")
    methods = next(p for text, p in notes.items() if text.startswith("Efus (2016) Methods"))
    assert methods.sentences[0].text.startswith("The fact that such information is included")
    assert all(len(p.sentences) >= 2 for p in notes.values())


def test_the_municipalities_are_one_table_without_repeats(d22: Understood) -> None:
    (table,) = [p for p in d22.passages if p.text.startswith("Municipality/Region\tCountry")]
    assert len(table.sentences) == 22
    assert table.sentences[1].text == "City of Vienna\tAustria"
    assert (table.page, table.page_end) == (11, 12)


def test_paths_begin_at_the_deepest_number(d22: Understood) -> None:
    paths = {s.title: s.path for s in d22.sections}
    youth = "4.2.2 Activity-related tools > Prevention activities aimed at youth"
    assert paths["City of Vilvoorde"] == f"{youth} > City of Vilvoorde"
    assert paths["Gender"] == "5.6 Cross-cutting thematic areas > Gender"
    practices = [s for s in d22.sections if s.title == "Tools and Practises"]
    assert [s.path.split(" > ")[1] for s in practices] == [
        "Preventing Juvenile Delinquency",
        "Preventing Radicalisation Leading to Violent Extremism",
        "Designing and Managing Safe Public Spaces",
        "Reducing and Preventing Trafficking and Organised Crime",
    ]
    assert [s.focus_area for s in practices] == [
        FocusArea.JUVENILE_DELINQUENCY,
        FocusArea.RADICALISATION,
        FocusArea.PUBLIC_SPACES,
        FocusArea.ORGANISED_CRIME,
    ]


def test_ids_are_unique_and_the_same_again(d22: Understood, raw_d22: RawDocument, model: EmbeddingModel) -> None:
    ids = [p.id for p in d22.passages]
    assert len(set(ids)) == len(ids)
    again = understand(raw_d22, model.count_pieces, model.max_pieces)
    assert [p.id for p in again.passages] == ids
    assert again.passages == d22.passages
    assert again.cards == d22.cards


def test_the_report_warns_of_what_is_left_out(d22: Understood) -> None:
    messages = [w.message for w in d22.warnings]
    assert any("table of contents on pages 6-7" in m for m in messages)
    assert any(m.startswith("17 captions") for m in messages)
    assert not any("does not stand" in m for m in messages)
