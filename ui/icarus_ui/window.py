"""The window's layout and wiring: components, and which handler each event calls. No logic lives here."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import gradio as gr

from icarus_ui import render
from icarus_ui.address import parse
from icarus_ui.asking import area_limit, ask, too_soon
from icarus_ui.conversation import Conversation
from icarus_ui.desk import Front
from icarus_ui.export.files import file_of
from icarus_ui.faces import Faces, faces
from icarus_ui.feedback import rate
from icarus_ui.interrupting import Interruptions
from icarus_ui.limits import chip_limits
from icarus_ui.reading import closed, open_address, open_shortlist
from icarus_ui.revising import revise
from icarus_ui.sharing.rates import Rates
from icarus_ui.sharing.visits import visit_of
from icarus_ui.shortlist import Shortlist, change
from icarus_ui.wording import ENGLISH, wording_of

# Two cores: two answers at once, the others wait their turn in the queue. Opening a page is no work.
ANSWERS_AT_ONCE = 2
QUEUE_LENGTH = 100
# Else each answer that is done tells all who wait their place in the queue, which the window does not show: with 50
# waiting, a fifth of all the work.
SECONDS_BETWEEN_RANKS = 60.0
SESSIONS_KEPT = 200

# What static/window.js sends comes as Gradio's own events, since gr.on takes no custom ones: submit is a question,
# select an address to open, click an action, like what somebody thinks of an answer, edit a change of the shortlist,
# download a file.
_CONNECT = "window.icarus.connect(element, trigger, watch)"
_LISTEN = "window.icarus.listen(props, trigger)"
_CHOOSE = "element.addEventListener('change', (event) => { props.value = event.target.value; })"


@dataclass(frozen=True)
class _Parts:
    header: gr.HTML
    conversation: gr.HTML
    announcer: gr.HTML
    notice: gr.HTML
    panel: gr.HTML
    tray: gr.HTML
    parcel: gr.HTML
    language: gr.HTML
    area: gr.HTML
    box: gr.Textbox
    send: gr.Button
    stop: gr.Button
    state: gr.State
    kept: gr.State


def build(front: Front, rates: Rates, log_out: bool = False) -> gr.Blocks:
    """The window, not yet served; each event is served by the desk that `front` gives for it."""
    blocks: gr.Blocks = gr.Blocks(
        title=wording_of(ENGLISH).say("brand", "name"), fill_width=True, analytics_enabled=False
    )
    with blocks:
        parts = _lay_out(front, log_out)
        interruptions = Interruptions()
        asking = _wire_questions(parts, front, rates, interruptions)
        _wire_reading(parts, front)
        _wire_revising(parts, front, asking, interruptions)
        _wire_feedback(parts, front)
        _wire_taking_along(parts, front)
        _wire_language(parts, front, log_out)
    blocks.queue(
        status_update_rate=SECONDS_BETWEEN_RANKS,
        max_size=QUEUE_LENGTH,
        default_concurrency_limit=ANSWERS_AT_ONCE,
        api_open=False,
    )
    blocks.state_session_capacity = SESSIONS_KEPT
    return blocks


def _lay_out(front: Front, log_out: bool) -> _Parts:
    state, kept = gr.State(Conversation()), gr.State(Shortlist())
    desk = front()
    said = faces(desk, log_out)  # as it is now, in English: what is sent is first_page's
    header = _html("head", said["head"]["value"])
    with gr.Row(elem_id="body"):
        with gr.Column(elem_id="talk"):
            conversation = _html("conversation", render.conversation(Conversation(), desk))
            with gr.Column(elem_id="composer"):
                announcer = _html("announcer", render.announcement(""))
                with gr.Column(elem_id="composer-card"):
                    area = _areas(said)
                    with gr.Row(elem_id="ask-row"):
                        box, send, stop = _question_row(said)
                notice = _html("notice", said["notice"]["value"])
        with gr.Column(elem_id="side"):
            panel = _html("panel", "")
            tray = _html("tray", "")
    parcel, language = _html("parcel", ""), _language()
    talk = (header, conversation, announcer, notice, panel, tray, parcel)
    return _Parts(*talk, language, area, box, send, stop, state, kept)


def _html(elem_id: str, value: str) -> gr.HTML:
    # The template stays the default: Gradio runs what looks like ${...} in any other.
    return gr.HTML(value, elem_id=elem_id, js_on_load=_CONNECT, apply_default_css=False)


def _language() -> gr.HTML:
    # Its value goes with every event: each session tells its own language, and none is remembered here.
    return gr.HTML(ENGLISH, elem_id="language", js_on_load=_LISTEN, apply_default_css=False)


def _areas(said: Faces) -> gr.HTML:
    # Gradio's own Radio is no radio group to the keyboard. The value is the chosen area; the template holds
    # nothing but the window's own words, so Gradio may read it as a template.
    return gr.HTML("", elem_id="areas", **said["areas"], js_on_load=_CHOOSE, apply_default_css=False)  # type: ignore[arg-type]


def _question_row(said: Faces) -> tuple[gr.Textbox, gr.Button, gr.Button]:
    box = gr.Textbox(
        label=said["question-box"]["label"],
        placeholder=said["question-box"]["placeholder"],
        show_label=False,
        container=False,
        lines=1,
        max_lines=6,
        autofocus=False,
        elem_id="question-box",
        html_attributes=gr.InputHTMLAttributes(autocomplete="off", autocapitalize="sentences", spellcheck=True),
    )
    send = gr.Button(said["send"]["value"], variant="primary", elem_id="send", min_width=0)
    stop = gr.Button(said["stop"]["value"], variant="secondary", elem_id="stop", min_width=0)
    return box, send, stop


def _sent(event: gr.EventData, key: str) -> object:
    """What the browser sent under a key, or None; buttons of Gradio's own send nothing."""
    return event._data.get(key) if isinstance(event._data, dict) else None


def _wait(rates: Rates, request: gr.Request) -> int:
    scope = request.request.scope if request.request else {}
    return rates.question(visit_of(scope), scope)


def _session(request: gr.Request) -> str:
    return str(request.session_hash or "")


def _quick() -> dict[str, Any]:
    """Settings of events that only read: they do not wait behind answers."""
    return {"queue": False, "show_progress": "hidden", "api_visibility": "private"}


def _wire_questions(parts: _Parts, front: Front, rates: Rates, interruptions: Interruptions) -> Any:  # noqa: ANN401 (Gradio does not type its events)
    def on_ask(  # noqa: PLR0913, PLR0917 (Gradio gives each input an argument of its own)
        state: Conversation, box: object, area: object, language: object, event: gr.EventData, request: gr.Request
    ) -> Iterator[tuple[Any, ...]]:
        desk = front().speaking(language)
        sent = _sent(event, "text")
        question = str(sent or box or "")
        chosen = area_limit(None if _sent(event, "everywhere") else area)
        limits = chip_limits(_sent(event, "limits"), desk)
        again = bool(_sent(event, "again"))
        wait = _wait(rates, request)
        refused = [too_soon(state, question, wait, desk)] if wait else None
        steps = refused or ask(state, question, chosen if limits is None else limits, desk, again)
        for asked in interruptions.until_stopped(_session(request), iter(steps)):
            shown = render.conversation(asked.conversation, desk)
            told = render.announcement(asked.announced, asked.problem)
            # A question that was clicked leaves alone what is being typed.
            held = gr.skip() if asked.box is None or (sent and not asked.box) else asked.box
            yield asked.conversation, shown, told, held, render.notice(desk)

    return gr.on(
        [parts.box.submit, parts.send.click, parts.conversation.submit, parts.panel.submit],
        on_ask,
        [parts.state, parts.box, parts.area, parts.language],
        [parts.state, parts.conversation, parts.announcer, parts.box, parts.notice],
        show_progress="hidden",
        api_visibility="private",
        trigger_mode="once",
        concurrency_limit=ANSWERS_AT_ONCE,
        concurrency_id="answers",
    )


def _wire_reading(parts: _Parts, front: Front) -> None:
    def on_go(state: Conversation, kept: Shortlist, language: object, event: gr.EventData) -> tuple[str, str]:
        opened = open_address(state, kept, parse(_sent(event, "go")), front().speaking(language))
        return opened.panel, render.announcement(opened.announced)

    gr.on(
        [part.select for part in (parts.header, parts.conversation, parts.panel, parts.tray, parts.notice)],
        on_go,
        [parts.state, parts.kept, parts.language],
        [parts.panel, parts.announcer],
        trigger_mode="multiple",  # else a click before the panel is there is lost; "always_last" forgets where to
        **_quick(),
    )


def _wire_revising(parts: _Parts, front: Front, asking: Any, interruptions: Interruptions) -> None:  # noqa: ANN401
    def on_act(state: Conversation, language: object, event: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
        interruptions.stop(_session(request))
        desk = front().speaking(language)
        stopped = getattr(event.target, "elem_id", None) == "stop"  # in another language it is a button of its own
        revised = revise(state, "stop" if stopped else _sent(event, "act"), desk)
        shown = render.conversation(revised.conversation, desk)
        panel = closed(desk).panel if revised.closed else gr.skip()
        held = gr.skip() if revised.box is None else revised.box
        return revised.conversation, shown, render.announcement(revised.announced), held, panel

    outputs = [parts.state, parts.conversation, parts.announcer, parts.box, parts.panel]
    gr.on(
        [parts.header.click, parts.conversation.click, parts.stop.click],
        on_act,
        [parts.state, parts.language],
        outputs,
        cancels=[asking],
        **_quick(),
    )


def _wire_feedback(parts: _Parts, front: Front) -> None:
    def on_rate(state: Conversation, language: object, event: gr.EventData) -> tuple[Any, ...]:
        desk = front().speaking(language)
        rated = rate(state, event._data, desk)
        told = render.announcement(rated.announced, rated.problem)
        if rated.conversation is state:
            return gr.skip(), gr.skip(), told
        return rated.conversation, render.conversation(rated.conversation, desk), told

    outputs = [parts.state, parts.conversation, parts.announcer]
    parts.conversation.like(on_rate, [parts.state, parts.language], outputs, trigger_mode="multiple", **_quick())


def _wire_taking_along(parts: _Parts, front: Front) -> None:
    def on_keep(kept: Shortlist, language: object, event: gr.EventData) -> tuple[Any, ...]:
        desk = front().speaking(language)
        after, announced = change(kept, _sent(event, "kept"), desk)
        panel = open_shortlist(after, desk).panel if _sent(event, "listed") else gr.skip()
        number = _sent(event, "change")
        tray = render.tray(after, desk, number if isinstance(number, int) else 0)
        return after, tray, render.announcement(announced), panel

    def on_export(state: Conversation, kept: Shortlist, language: object, event: gr.EventData) -> tuple[Any, str]:
        desk = front().speaking(language)
        say = desk.wording.say
        file = file_of(event._data, state, kept, desk, date.today())
        announced = say("export", "ready", name=file.name) if file else say("export", "gone")
        return render.parcel(file) if file else gr.skip(), render.announcement(announced, problem=not file)

    gr.on(
        [part.edit for part in (parts.conversation, parts.panel)],
        on_keep,
        [parts.kept, parts.language],
        [parts.kept, parts.tray, parts.announcer, parts.panel],
        trigger_mode="multiple",
        **_quick(),
    )
    gr.on(
        [part.download for part in (parts.conversation, parts.panel)],
        on_export,
        [parts.state, parts.kept, parts.language],
        [parts.parcel, parts.announcer],
        trigger_mode="multiple",
        **_quick(),
    )


def _wire_language(parts: _Parts, front: Front, log_out: bool) -> None:
    def on_speak(state: Conversation, kept: Shortlist, event: gr.EventData) -> tuple[Any, ...]:
        desk = front().speaking(_sent(event, "language"))
        go = _sent(event, "go")
        panel = open_address(state, kept, parse(go), desk).panel if go else gr.skip()
        said = faces(desk, log_out)
        told = render.announcement(desk.wording.say("announce", "language"))
        shown = render.conversation(state, desk), panel, render.tray(kept, desk), told
        changed: list[Any] = [gr.update(**said[name]) for name in changing]  # type: ignore[arg-type]
        return *changed, *shown

    changing = {
        "head": parts.header,
        "language": parts.language,
        "areas": parts.area,
        "question-box": parts.box,
        "send": parts.send,
        "stop": parts.stop,
        "notice": parts.notice,
    }
    parts.language.select(
        on_speak,
        [parts.state, parts.kept],
        [*changing.values(), parts.conversation, parts.panel, parts.tray, parts.announcer],
        trigger_mode="multiple",  # "always_last" forgets which language
        **_quick(),
    )
