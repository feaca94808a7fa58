"""Addresses of working time at the desk."""

from django.urls import path
from django.views.decorators.http import require_POST

from visita.web.desk.hours import chart, closed, forms, log, making, taking_back, undoing, weekly

_HOURS = "<slug:organization>/desk/hours/"

urlpatterns = [
    path(_HOURS, chart.chart, name="hours"),
    path(f"{_HOURS}day/", forms.one_day, name="hours_day"),
    path(f"{_HOURS}day.json", require_POST(forms.by_script), name="hours_script"),
    path(f"{_HOURS}away/", forms.away, name="hours_away"),
    path(f"{_HOURS}copy/", require_POST(forms.copy), name="hours_copy"),
    path(f"{_HOURS}closed/", closed.closed, name="hours_closed"),
    path(f"{_HOURS}changes/", log.log, name="hours_log"),
    path(f"{_HOURS}apply/", making.apply, name="hours_apply"),
    path(f"{_HOURS}done/<int:key>/", making.done, name="hours_done"),
    path(f"{_HOURS}undo/<int:key>/", require_POST(undoing.undo), name="hours_undo"),
    path(f"{_HOURS}acts/<int:act>/undo", require_POST(taking_back.take_back), name="hours_act"),
    path(f"{_HOURS}week/<int:resource>/", weekly.week, name="hours_week"),
]
