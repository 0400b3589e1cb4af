"""The look that Gradio's own components take: its tokens, set to the variables of static/style.css."""

import gradio as gr

SANS = ("Source Sans 3", "system-ui", "Segoe UI", "Roboto", "Helvetica Neue", "Arial", "sans-serif")
MONO = ("ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "monospace")

# Light and dark are told apart in the style sheet, so both read the same variable.
_TOKENS = {
    "body_text_color_subdued": "var(--ink-soft)",
    "background_fill_primary": "var(--paper)",
    "background_fill_secondary": "var(--sheet)",
    "block_background_fill": "transparent",
    "block_border_color": "transparent",
    "block_label_text_color": "var(--ink-soft)",
    "block_title_text_color": "var(--ink-soft)",
    "border_color_primary": "var(--line)",
    "border_color_accent": "var(--brand)",
    "color_accent": "var(--brand)",
    "color_accent_soft": "var(--brand-soft)",
    "link_text_color": "var(--brand)",
    "input_background_fill": "var(--sheet)",
    "input_background_fill_focus": "var(--sheet)",
    "input_border_color": "var(--line-strong)",
    "input_border_color_focus": "var(--brand)",
    "input_placeholder_color": "var(--ink-soft)",
    "button_primary_background_fill": "var(--brand)",
    "button_primary_background_fill_hover": "var(--brand-strong)",
    "button_primary_text_color": "var(--on-brand)",
    "button_primary_border_color": "var(--brand)",
    "button_secondary_background_fill": "var(--sheet)",
    "button_secondary_background_fill_hover": "var(--brand-soft)",
    "button_secondary_text_color": "var(--ink)",
    "button_secondary_border_color": "var(--line-strong)",
}

# Painted before the style sheet is there, so in plain values.
_FIRST_PAINT = {
    "body_background_fill": "#faf8f4",
    "body_background_fill_dark": "#12171e",
    "body_text_color": "#1c2530",
    "body_text_color_dark": "#e7eaee",
}


def theme() -> gr.themes.Base:
    """The theme; it names fonts that style.css brings along and loads none itself."""
    fonts = gr.themes.utils.fonts
    base = gr.themes.Base(font=[fonts.Font(name) for name in SANS], font_mono=[fonts.Font(name) for name in MONO])
    both = {key: value for name, value in _TOKENS.items() for key in (name, f"{name}_dark") if hasattr(base, key)}
    return base.set(**both, **_FIRST_PAINT)
