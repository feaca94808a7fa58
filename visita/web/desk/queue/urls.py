"""Addresses of the queue, below `/{organization}/desk/queue/`."""

from django.urls import path

from visita.web.desk.queue import views

_TICKET = "<slug:organization>/desk/queue/<int:ticket>/"

urlpatterns = [
    path("<slug:organization>/desk/queue/", views.show, name="queue"),
    path("<slug:organization>/desk/queue/strip/", views.strip, name="queue_strip"),
    path("<slug:organization>/desk/queue/number", views.join, name="queue_join"),
    path("<slug:organization>/desk/queue/next", views.call_next, name="queue_next"),
    path("<slug:organization>/desk/queue/arrival", views.check_in, name="queue_arrival"),
    path("<slug:organization>/desk/queue/device", views.connect, name="queue_connect"),
    path("<slug:organization>/desk/queue/device/<int:device>/end", views.revoke, name="queue_revoke"),
    path(f"{_TICKET}call", views.call, name="queue_call"),
    path(f"{_TICKET}start", views.start, name="queue_start"),
    path(f"{_TICKET}end", views.finish, name="queue_finish"),
    path(f"{_TICKET}no-answer", views.no_answer, name="queue_no_answer"),
    path(f"{_TICKET}leave", views.leave, name="queue_leave"),
    path(f"{_TICKET}back", views.back, name="queue_back"),
    path(f"{_TICKET}place", views.put, name="queue_put"),
]
