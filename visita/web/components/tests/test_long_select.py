"""A long choice is the library's, only quicker."""

import pytest
from django import forms

from visita.web.components.long_select import LongSelect

CHOICES = [("RO", "RO +40"), ("<b>", "<i>&"), ("FI", "FI +358")]


def form(widget: type[forms.Select], **given: object) -> forms.Form:
    class Asked(forms.Form):
        region = forms.ChoiceField(choices=CHOICES, widget=widget(attrs={"class": "input"}))

    return Asked(**given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "given", [{}, {"data": {"region": "FI"}}, {"initial": {"region": "<b>"}}, {"data": {"region": "XX"}}]
)
def test_it_is_the_librarys_html(given: dict[str, object]) -> None:
    own, theirs = (str(form(widget, **given)["region"]) for widget in (LongSelect, forms.Select))
    assert _same(own) == _same(theirs)


def _same(html: str) -> tuple[set[str], str]:
    """The select's attributes in any order, and its options without the space between."""
    head, _bracket, rest = html.partition(">")
    return set(head.split()), "".join(line.strip() for line in rest.splitlines())
