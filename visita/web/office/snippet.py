"""What an owner pastes into the own site: a link that the loader turns into a frame, a window or a floating button."""

from collections.abc import Mapping

from django.utils.html import escape

FRAMED = ("inline", "popup", "floating")


def snippet(form: str, link: str, words: str, look: Mapping[str, str], loader: str) -> str:
    """HTML for a form of FRAMED, or the bare link; `look` are the loader's `data-` values, empty ones left out."""
    if form not in FRAMED:
        return link
    values = {"data-visita": form, **{f"data-{name}": value for name, value in look.items() if value}}
    written = "".join(f' {name}="{escape(value)}"' for name, value in values.items())
    return (
        f'<a href="{escape(link)}"{written}>{escape(words)}</a>\n'
        f'<script src="{escape(loader)}" async></script>'
    )
