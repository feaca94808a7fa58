"""The look's own promises: both dark themes agree, every icon a template names exists, every template compiles."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

from visita.web.components.icons import PATHS, TURNS

ROOT = Path(__file__).resolve().parents[4]
TEMPLATES = ROOT / "visita" / "web" / "templates"
NAMES = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))


def test_the_chosen_and_the_device_s_dark_theme_are_equal_and_never_on_paper() -> None:
    text = (ROOT / "frontend" / "styles" / "tokens-dark.css").read_text()
    before, chosen, device = text.split("@media screen")
    assert "{" not in before and "@media" not in chosen + device
    found = re.compile(r"(--[\w-]+):\s*([^;]+);")
    assert dict(found.findall(chosen)) == dict(found.findall(device))


def test_every_light_colour_has_a_dark_one() -> None:
    styles = ROOT / "frontend" / "styles"
    light, dark = (
        set(re.findall(r"(--[\w-]+):", (styles / f).read_text())) for f in ("tokens.css", "tokens-dark.css")
    )
    assert light == dark


@pytest.mark.parametrize("name", NAMES)
def test_template_compiles_and_names_icons_that_exist(name: str) -> None:
    get_template(name)
    named = re.findall(r'(?:<c-icon name=|icon=)"([a-z-]+)"', (TEMPLATES / name).read_text())
    assert set(named) <= set(PATHS)


def test_mirrored_icons_exist() -> None:
    assert set(PATHS) >= TURNS


def test_whom_a_visit_is_for_hides_what_was_not_chosen_on_every_form() -> None:
    """The waitlist's form has another id than the booking's."""
    style = (ROOT / "frontend" / "styles" / "details.css").read_text()
    assert "form [data-whom] { display: none; }" in style and "#details" not in style
