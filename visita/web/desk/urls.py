"""Addresses of the desk, below `/{organization}/desk/`; `/desk/` alone leads to the organization used last."""

from django.urls import path

from visita.web.desk import (
    agenda,
    asking,
    blocks,
    booking,
    branches,
    changes,
    client,
    client_list,
    day,
    doubts,
    finding,
    fresh,
    hint,
    hover,
    keeping,
    noticing,
    parking,
    proofs,
    restoring,
    search_page,
    seeking,
    services,
    source,
    table,
    then,
    visit,
)
from visita.web.desk.hours.urls import urlpatterns as hours
from visita.web.desk.printing import views as printing
from visita.web.desk.queue.urls import urlpatterns as queue
from visita.web.desk.series import changing
from visita.web.desk.series.views import repeat
from visita.web.desk.series.views import show as show_series
from visita.web.desk.views import calendar, liked, month, places, week
from visita.web.desk.waitlist.urls import urlpatterns as waitlist

app_name = "desk"

_VISIT = "<slug:organization>/desk/visits/<int:visit>/"

urlpatterns = [
    *hours,
    path("desk/", day.last_used, name="last_used"),
    path("<slug:organization>/desk/", day.day, name="day"),
    path("<slug:organization>/desk/agenda/", agenda.agenda, name="agenda"),
    path("<slug:organization>/desk/branches/", branches.branches, name="branches"),
    path("<slug:organization>/desk/then/", then.then, name="then"),
    path("<slug:organization>/desk/print/", printing.show, name="print"),
    path("<slug:organization>/desk/print/sheet.pdf", printing.as_pdf, name="print_pdf"),
    path("<slug:organization>/desk/week/", week.week, name="week"),
    path("<slug:organization>/desk/month/", month.month, name="month"),
    path("<slug:organization>/desk/rooms/", day.rooms, name="rooms"),
    path("<slug:organization>/desk/locations/", places.places, name="places"),
    path("<slug:organization>/desk/calendar/", calendar.calendar, name="calendar"),
    path("<slug:organization>/desk/preferences", liked.preferences, name="preferences"),
    path("<slug:organization>/desk/week.json", week.week_data, name="week_data"),
    path("<slug:organization>/desk/list/", day.listing, name="list"),
    path("<slug:organization>/desk/table/", table.show, name="table"),
    path("<slug:organization>/desk/table/visits.<str:form>", table.export, name="export"),
    path("<slug:organization>/desk/table/views/", table.save, name="save_view"),
    path("<slug:organization>/desk/table/views/<int:view>/removal", table.remove, name="remove_view"),
    path("<slug:organization>/desk/journal.json", day.journal_data, name="journal"),
    path("<slug:organization>/desk/clients.json", finding.clients, name="clients"),
    path("<slug:organization>/desk/services.json", finding.services, name="services"),
    path("<slug:organization>/desk/starts.json", finding.starts, name="starts"),
    path("<slug:organization>/desk/reasons.json", finding.reasons, name="reasons"),
    path("<slug:organization>/desk/sessions/<int:session>/", visit.session, name="session"),
    path("<slug:organization>/desk/search/", search_page.show, name="search"),
    path("<slug:organization>/desk/hits.json", search_page.hits, name="hits"),
    path("<slug:organization>/desk/doubts/", doubts.listing, name="doubts"),
    path("<slug:organization>/desk/differences/<int:difference>/accept", doubts.accept, name="accept"),
    path("<slug:organization>/desk/differences/<int:difference>/dismiss", doubts.dismiss, name="dismiss"),
    path("<slug:organization>/desk/doubles/<int:double>/apart", doubts.apart, name="apart"),
    path("<slug:organization>/desk/merges/<int:merge>/undo", doubts.unmerge, name="unmerge"),
    path("<slug:organization>/desk/clients/", client_list.clients, name="client_list"),
    path("<slug:organization>/desk/clients/<int:client>/", client.client, name="client"),
    path("<slug:organization>/desk/clients/<int:client>/hint/", hint.hint, name="hint"),
    path("<slug:organization>/desk/clients/<int:client>/personal", client.personal, name="personal"),
    path("<slug:organization>/desk/clients/<int:client>/notes", keeping.write, name="write_note"),
    path(
        "<slug:organization>/desk/clients/<int:client>/notes/<int:note>", keeping.change, name="change_note"
    ),
    path("<slug:organization>/desk/clients/<int:client>/tags", keeping.tag, name="tag"),
    path("<slug:organization>/desk/clients/<int:client>/tags/<int:tag>/removal", keeping.untag, name="untag"),
    path("<slug:organization>/desk/clients/<int:client>/merge", doubts.merge, name="merge"),
    path(
        "<slug:organization>/desk/clients/<int:client>/compare/<int:other>/", doubts.compare, name="compare"
    ),
    path("<slug:organization>/desk/visits/", booking.book, name="book"),
    path("<slug:organization>/desk/visits/new/", booking.new, name="new"),
    path("<slug:organization>/desk/visits/new/asked/", asking.asked, name="asked"),
    path("<slug:organization>/desk/blocks/", blocks.create, name="block"),
    path("<slug:organization>/desk/blocks/new/", blocks.new, name="new_block"),
    path("<slug:organization>/desk/blocks/<int:block>/removal", blocks.removal, name="remove_block"),
    path("<slug:organization>/desk/series/new/", repeat, name="repeat"),
    path("<slug:organization>/desk/series/<int:series>/", show_series, name="series"),
    path("<slug:organization>/desk/series/<int:series>/change/", changing.change, name="change_series"),
    path(
        "<slug:organization>/desk/series/<int:series>/cancellation/",
        changing.cancellation,
        name="cancel_series",
    ),
    *queue,
    path(_VISIT, visit.visit, name="visit"),
    path(f"{_VISIT}hover/", hover.hover, name="hover"),
    path(f"{_VISIT}service/", services.service, name="exchange"),
    path(f"{_VISIT}proofs/", proofs.proofs, name="proofs"),
    path("<slug:organization>/desk/finding/", seeking.finding, name="finding"),
    path("<slug:organization>/desk/now.json", fresh.now, name="now"),
    path("<slug:organization>/desk/parked.json", parking.strip, name="parked"),
    path(f"{_VISIT}notice", noticing.notice, name="notice"),
    path(f"{_VISIT}parking", changes.parking, name="parking"),
    path(f"{_VISIT}unparking", changes.unparking, name="unparking"),
    path(f"{_VISIT}move", changes.move, name="move"),
    path(f"{_VISIT}cancellation", changes.cancellation, name="cancellation"),
    path(f"{_VISIT}confirmation", changes.confirmation, name="confirmation"),
    path(f"{_VISIT}arrival", changes.arrival, name="arrival"),
    path(f"{_VISIT}completion", changes.completion, name="completion"),
    path(f"{_VISIT}no-show", changes.no_show, name="no_show"),
    path(f"{_VISIT}restoration", restoring.restoration, name="restoration"),
    path(f"{_VISIT}undo", restoring.last, name="undo_last"),
    path(f"{_VISIT}acts/<int:act>/undo", restoring.alone, name="undo_act"),
    path(f"{_VISIT}acts/<int:act>/state", restoring.state, name="bring_back"),
    path(f"{_VISIT}note", changes.note, name="note"),
    path(f"{_VISIT}answers", changes.answers, name="answers"),
    path(f"{_VISIT}source/", source.source, name="source"),
    path(f"{_VISIT}mark", changes.mark, name="mark"),
    *waitlist,
]
