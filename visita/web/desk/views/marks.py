"""The search carried along in a view's address: its values above the view, its hits marked in it."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

from visita.web.desk import search, search_visits
from visita.web.desk.frame import Frame
from visita.web.desk.table_names import Names

_KEPT = ("location", "date", "resource", "service")


def search_context(request: HttpRequest, place: Frame) -> dict[str, Any]:
    """What `desk/parts/marks.html` shows; nothing, and no query, where nothing is searched for."""
    if "find" not in request.GET:
        return {}
    asked = search.read(request.GET, search_visits.fields(place, Names.load(place)), _KEPT)
    return {
        "marks": search.chips(asked, place.formats),
        "marks_query": asked.query,
        "marks_none": asked.link(()),
        "marks_all": f"{place.url('search')}?{urlencode({'location': place.location.pk})}&{asked.query}",
    }
