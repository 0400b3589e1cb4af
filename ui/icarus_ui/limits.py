"""The chips of a question that a person can correct: what each is set to, and what it can be set to instead."""

import json
from collections.abc import Iterator

from icarus.records import Category, Filters, FocusArea, Reply
from icarus_ui.conversation import Turn
from icarus_ui.desk import Desk
from icarus_ui.wording import Wording

ANY = ""
"""What the browser sends for a field that is not limited."""


def values_of(desk: Desk) -> dict[str, list[str]]:
    """For each field of the filters, the values that a person can choose."""
    return {
        "focus_area": [area.value for area in FocusArea],
        "category": [category.value for category in Category],
        "place": sorted({place for card in desk.catalogue.cards for place in card.located}),
        "theme": [],
    }


def chip_limits(value: object, desk: Desk) -> Filters | None:
    """The limits that a person set on the chips of a question: field and value, `ANY` for not limited.

    None where the browser sent no chips; what is no field, or no value of it, is passed over.
    """
    if not isinstance(value, dict):
        return None
    allowed = values_of(desk)
    known = {f: chosen for f, chosen in value.items() if f in allowed and (chosen == ANY or chosen in allowed[f])}
    return Filters.model_validate({field: chosen or None for field, chosen in known.items()})


def limits_to_choose(turn: Turn, reply: Reply, desk: Desk) -> Iterator[tuple[str, str, list[str]]]:
    """The chips of a turn: field, value now (`ANY` for none), values to choose instead.

    A theme is words of the question: it can only be dropped, and is no chip where there is none.
    """
    for field, values in values_of(desk).items():
        now = str(getattr(reply.filters, field) or ANY)
        others = [value for value in (ANY, *values) if value != now]
        if values or now:
            yield field, now, others


def limits_with(turn: Turn, field: str, value: str) -> str:
    """JSON of what was set by hand on a turn, with one field set to another value."""
    by_hand = {name: str(getattr(turn.filters, name) or ANY) for name in sorted(turn.filters.model_fields_set)}
    return json.dumps({**by_hand, field: value})


def limit_label(field: str, value: str, wording: Wording) -> str:
    """What a value is called in the window."""
    if value == ANY:
        return wording.say("limits", "any")
    groups = {"focus_area": "areas", "category": "categories"}
    return wording.say(groups[field], value) if field in groups else value
