"""The organization's one colour, turned into ten safe values: five a theme, readable on every surface.

Nothing else of the look can be set. Raw colours of tenants would make white on yellow; here the lightness is
bounded and lowered until the text on it, and it as text, reach 4.6:1 (WCAG asks 4.5).
"""

import re
from typing import Final

from visita.web.components.oklch import Oklch, contrast, from_hex, to_hex

_READABLE = 4.6
_STEP = 0.005
_WHITE = "#FFFFFF"
_LIGHT_SURFACES = (_WHITE, "#F5F6F4", "#EFF1EE")  # surface, bg, surface-2 of the light theme
_HEX = re.compile(r"#[0-9A-Fa-f]{6}\Z")

_NAMES: Final = ("accent", "accent-hover", "on-accent", "accent-text", "accent-soft")


def _darkened(colour: Oklch, shown: str, at_most: float, grounds: tuple[str, ...]) -> tuple[Oklch, str]:
    """The colour at a bounded lightness, darker still until it reads on all grounds; unchanged if it does."""
    if colour.lightness > at_most:
        colour = colour._replace(lightness=at_most)
        shown = to_hex(colour)
    while any(contrast(shown, ground) < _READABLE for ground in grounds):
        colour = colour._replace(lightness=colour.lightness - _STEP)
        shown = to_hex(colour)
    return colour, shown


def _light(hexa: str) -> tuple[str, ...]:
    colour = from_hex(hexa)
    fill, shown = _darkened(colour, hexa, 0.60, (_WHITE,))
    soft = to_hex(Oklch(0.95, min(colour.chroma, 0.02), colour.hue))
    hover = to_hex(fill._replace(lightness=max(0.0, fill.lightness - 0.06)))
    _, text = _darkened(fill, shown, 0.48, (*_LIGHT_SURFACES, soft))
    return shown, hover, _WHITE, text, soft


def _dark(hexa: str) -> tuple[str, ...]:
    _, chroma, hue = from_hex(hexa)
    bright = min(chroma, 0.11)
    return (
        to_hex(Oklch(0.76, bright, hue)),
        to_hex(Oklch(0.82, bright, hue)),
        to_hex(Oklch(0.22, min(chroma, 0.05), hue)),
        to_hex(Oklch(0.79, bright, hue)),
        to_hex(Oklch(0.28, min(chroma, 0.035), hue)),
    )


def derive(hexa: str) -> dict[str, dict[str, str]]:
    """`{"light": {name: "#RRGGBB", …}, "dark": {…}}`, five names each. ValueError unless `#RRGGBB` comes in."""
    if not _HEX.match(hexa):
        raise ValueError(f"not a colour of the form #RRGGBB: {hexa!r}")
    hexa = hexa.upper()
    themes = {"light": _light(hexa), "dark": _dark(hexa)}
    return {theme: dict(zip(_NAMES, values, strict=True)) for theme, values in themes.items()}


def sheet(hexa: str) -> str:
    """The derived values as a style sheet for `/{organization}/accent.css`; empty when no good colour is set."""
    if not _HEX.match(hexa):
        return ""
    themes = {theme: _declarations(values) for theme, values in derive(hexa).items()}
    return (
        f':root,[data-theme="light"]{{{themes["light"]}}}\n'
        f'@media screen{{[data-theme="dark"]{{{themes["dark"]}}}}}\n'
        f"@media screen and (prefers-color-scheme:dark){{:root:not([data-theme]){{{themes['dark']}}}}}\n"
    )


def _declarations(values: dict[str, str]) -> str:
    return "".join(f"--{name}:{value};" for name, value in values.items())
