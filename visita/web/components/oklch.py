"""sRGB hex to OKLCH and back, and the WCAG contrast of two colours: the arithmetic under `accent`.

The matrices are Björn Ottosson's OKLab; the contrast is that of WCAG 2.2, 1.4.3.
"""

import math
from typing import NamedTuple

_CHROMA_STEP = 0.004  # a colour no screen can show loses this much chroma at a time, never lightness
_GAMUT_SLACK = 1e-4


class Oklch(NamedTuple):
    """A colour by lightness (0..1), chroma (0..about 0.37) and hue (radians)."""

    lightness: float
    chroma: float
    hue: float


def _to_linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def _from_linear(channel: float) -> float:
    return 12.92 * channel if channel <= 0.0031308 else float(1.055 * channel ** (1 / 2.4) - 0.055)


def _linear(hexa: str) -> tuple[float, float, float]:
    red, green, blue = (_to_linear(int(hexa[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return red, green, blue


def from_hex(hexa: str) -> Oklch:
    """`#RRGGBB` as OKLCH."""
    red, green, blue = _linear(hexa)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return Oklch(lightness, math.hypot(a, b), math.atan2(b, a))


def _to_rgb(colour: Oklch) -> tuple[float, float, float]:
    a, b = colour.chroma * math.cos(colour.hue), colour.chroma * math.sin(colour.hue)
    long = (colour.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (colour.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (colour.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _shown(colour: Oklch) -> bool:
    return all(-_GAMUT_SLACK <= channel <= 1 + _GAMUT_SLACK for channel in _to_rgb(colour))


def to_hex(colour: Oklch) -> str:
    """The nearest `#RRGGBB` a screen can show: same lightness and hue, less chroma where it must be."""
    while colour.chroma > 0 and not _shown(colour):
        colour = colour._replace(chroma=max(0.0, colour.chroma - _CHROMA_STEP))
    channels = (round(255 * _from_linear(min(1.0, max(0.0, c)))) for c in _to_rgb(colour))
    return "#" + "".join(f"{channel:02X}" for channel in channels)


def contrast(one: str, other: str) -> float:
    """WCAG contrast of two hex colours, 1 to 21, whichever is lighter."""
    weights = (0.2126, 0.7152, 0.0722)
    first, second = (
        sum(w * c for w, c in zip(weights, _linear(h), strict=True)) + 0.05 for h in (one, other)
    )
    return max(first, second) / min(first, second)
