"""What the fixed parts of the window say: to be laid out, to be put into the page, to be changed with the language."""

from icarus_ui import render
from icarus_ui.desk import Desk

Faces = dict[str, dict[str, str]]


def faces(desk: Desk, log_out: bool = False) -> Faces:
    """By the elem_id of each part, its properties in the language of the desk."""
    say = desk.wording.say
    return {
        "head": {"value": render.header(desk, log_out)},
        "language": {"value": desk.wording.language},
        "areas": {"html_template": render.areas(desk)},
        "question-box": {"label": say("composer", "question_label"), "placeholder": say("composer", "placeholder")},
        "send": {"value": say("composer", "send")},
        "stop": {"value": say("composer", "stop")},
        "notice": {"value": render.notice(desk)},
    }
