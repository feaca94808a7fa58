"""The accent: the figures promised for known colours, and readable text for any colour."""

import pytest

from visita.web.components.accent import derive, sheet
from visita.web.components.oklch import contrast, from_hex, to_hex

DARK_SURFACES = ("#171C1A", "#0F1312", "#202624")


@pytest.mark.parametrize(
    ("given", "fill"),
    [
        ("#FFD400", "#8A7208"),
        ("#F4B6C2", "#9D6571"),
        ("#2EAF5D", "#038740"),
        ("#E11D2E", "#E11D2E"),
        ("#0E5C69", "#0E5C69"),
    ],
)
def test_fill_is_the_colour_or_its_darker_sister(given: str, fill: str) -> None:
    assert derive(given)["light"]["accent"] == fill


@pytest.mark.parametrize("red", range(0, 256, 51))
def test_all_text_reads_in_both_themes(red: int) -> None:
    for green in range(0, 256, 51):
        for blue in range(0, 256, 51):
            _assert_readable(f"#{red:02X}{green:02X}{blue:02X}")


def _assert_readable(colour: str) -> None:
    light, dark = derive(colour)["light"], derive(colour)["dark"]
    pairs = [(light["on-accent"], light["accent"]), (dark["on-accent"], dark["accent"])]
    pairs += [
        (light["accent-text"], ground) for ground in ("#FFFFFF", "#F5F6F4", "#EFF1EE", light["accent-soft"])
    ]
    pairs += [(dark["accent-text"], ground) for ground in (*DARK_SURFACES, dark["accent-soft"])]
    assert min(contrast(*pair) for pair in pairs) >= 4.5, colour


def test_hex_survives_the_round_trip() -> None:
    assert to_hex(from_hex("#7A3E9D")) == "#7A3E9D"


@pytest.mark.parametrize("bad", ["", "red", "#FFF", "#12345G", "#123456;}", "#123456\n"])
def test_what_is_no_colour_is_refused(bad: str) -> None:
    assert sheet(bad) == ""
    with pytest.raises(ValueError, match="#RRGGBB"):
        derive(bad)


def test_sheet_has_both_themes_and_ten_values() -> None:
    text = sheet("#7a3e9d")
    assert text.count("--accent:") == 3
    light, *dark = text.split("@media screen")  # paper is light
    assert "dark" not in light
    assert [each.split("{")[0] for each in dark] == ["", " and (prefers-color-scheme:dark)"]
    assert dark[0].startswith('{[data-theme="dark"]{')
