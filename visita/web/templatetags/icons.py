"""`{% icon_paths name as shapes %}`: the path data that the icon component draws."""

from django import template

from visita.web.components.icons import TURNS, paths

register = template.Library()


@register.simple_tag
def icon_paths(name: str) -> tuple[str, ...]:
    """The path data of the icon called `name`."""
    return paths(name)


@register.filter
def turns(name: str) -> bool:
    """Whether the icon is mirrored where people read from right to left."""
    return name in TURNS
