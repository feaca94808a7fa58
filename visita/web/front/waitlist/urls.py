"""The waitlist's addresses."""

from django.urls import path

from visita.web.front.waitlist import earlier, views

_ENTRY = "<slug:organization>/waitlist/<str:code>/<str:token>/"

urlpatterns = [
    path("<slug:organization>/waitlist/", views.join, name="waitlist"),
    path("<slug:organization>/waitlist/joining/", views.joining, name="waitlist-join"),
    path(_ENTRY, views.entry, name="waiting"),
    path(f"{_ENTRY}acceptance/", views.accept, name="waiting-accept"),
    path(f"{_ENTRY}refusal/", views.decline, name="waiting-decline"),
    path(f"{_ENTRY}leaving/", views.leave, name="waiting-leave"),
    path("<slug:organization>/v/<str:code>/<str:token>/earlier/", earlier.wish, name="earlier"),
]
