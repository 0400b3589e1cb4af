"""Which tools a comparison is of, where it does not name each of them."""

import re
from collections.abc import Callable, Sequence

from icarus.catalogue import Catalogue
from icarus.index import Index
from icarus.places import OR
from icarus.question import Question
from icarus.retrieval import Query, Retriever
from icarus.topic import topic_units

_LOOKED_AT = 30  # passages among whose tools the other one is looked for
_SAID = 0.6  # share of what one side is called that must be said of the tool that is taken for it
# 'Street Work Online and the Amadeu Antonio streetwork: ...', 'the mapping in Paris or that of Malmö?'
_SIDES = re.compile(
    r"(?P<one>[^,:;?.!]{3,70}?),? (?:and|or|vs|versus|against|compared (?:with|to)) "
    # 'what are its parts and who is each one for' asks twice of one thing
    r"(?!(?:who|whom|whose|what|which|how|where|when|why|whether|is|are|was|were|do|does|did|has|have|can)\b)"
    r"(?P<other>[^,:;?.!]{3,70})(?=[,:;?.!]|$)",
    re.I,
)


def other_side(text: str, is_named: Callable[[str], bool]) -> str:
    """What a thing that is named is compared with, in the words of a question; '' where there is no telling.

    Args:
        text: the question.
        is_named: whether some words of it name the thing.
    """
    for match in _SIDES.finditer(text):
        one, other = match["one"], match["other"]
        if is_named(one) != is_named(other):
            return (other if is_named(one) else one).strip()
    return ""


class Sides:
    """Finds the tools that are compared, in one index."""

    def __init__(self, index: Index, catalogue: Catalogue, retriever: Retriever) -> None:
        self._index = index
        self._catalogue = catalogue
        self._retriever = retriever

    def of(self, question: Question) -> Question:
        """A comparison with the tools that it is of: of each place, or with the one it names and the one it describes.

        It is left as it is where these are not found.
        """
        places = (question.filters.place or "").split(OR)
        if len(places) > 1:
            return self._of_places(question, places)
        if len(question.tools) == 1:
            return self._with_other(question, question.tools[0])
        return question

    def _of_places(self, question: Question, places: Sequence[str]) -> Question:
        """'The mapping in France with that in Malmö'."""
        # Their words would find what comes from a place, which all of them do.
        query = self._retriever.query(self._catalogue.places.without(question.standalone))
        there = [self._best_there(query, place) for place in places]
        tools = tuple(dict.fromkeys(tool for tool in there if tool))
        return question.model_copy(update={"tools": tools}) if len(tools) == len(places) else question

    def _best_there(self, query: Query, place: str) -> str | None:
        """The tool of a place that a query is after."""
        cards = {card.id for card in self._catalogue.select(place=place)}
        within = [passage for card in cards for passage in self._index.passage_ids(tool=card)]
        ranked = self._retriever.tools(query, self._retriever.search(query, len(within), within=within))
        return next((hit.card.id for hit in ranked if hit.card.id in cards), None)

    def _with_other(self, question: Question, named: str) -> Question:
        """'Street Work Online and the Amadeu Antonio streetwork': the second is no name of a tool."""
        described = other_side(question.standalone, lambda side: self._names(side, named))
        units = topic_units(described)
        if not units:
            return question
        query = self._retriever.query(described)
        ranked = self._retriever.tools(query, self._retriever.search(query, _LOOKED_AT))
        told = (hit.card.id for hit in ranked if hit.card.id != named)
        other = next((tool for tool in told if self._catalogue.share_said_of(tool, units) >= _SAID), None)
        return question.model_copy(update={"tools": (named, other)}) if other else question

    def _names(self, side: str, tool: str) -> bool:
        return any(match.tool == tool for match in self._catalogue.names.find(side))
