"""Addresses of the client's pages, all below `/{organization}/`."""

from django.urls import path

from visita.web.front import tags
from visita.web.front.embed import qr
from visita.web.front.me import others
from visita.web.front.me.urls import urlpatterns as me
from visita.web.front.views import (
    about,
    arriving,
    booking,
    choosing,
    consents,
    details,
    files,
    holding,
    manage,
    moving,
    pictures,
    repeat,
    start,
)
from visita.web.front.waitlist.urls import urlpatterns as waitlist

app_name = "front"

_LINK = "<slug:organization>/v/<str:code>/<str:token>/"

urlpatterns = [
    path("<slug:organization>/", start.home, name="home"),
    path("tags/<slug:organization>/", tags.page, name="tags"),
    path("<slug:organization>/services/", about.services, name="services"),
    path("<slug:organization>/contact/", about.contact, name="contact"),
    path("<slug:organization>/b/<slug:link>/", start.linked, name="linked"),
    path("<slug:organization>/when/", start.when, name="when"),
    path("<slug:organization>/hold/", holding.take, name="hold"),
    path("<slug:organization>/details/", details.details, name="details"),
    path("<slug:organization>/booking/", booking.booking, name="booking"),
    path("<slug:organization>/hold/extension/", details.more_time, name="more"),
    path("<slug:organization>/back/", details.other_time, name="back"),
    path("<slug:organization>/texts/", consents.every, name="texts"),
    path("<slug:organization>/texts/<int:consent>/<int:version>/", consents.one, name="text"),
    path("<slug:organization>/texts/<int:consent>/<int:version>/file.pdf", consents.file, name="text-file"),
    path("<slug:organization>/accent.css", files.accent, name="accent"),
    path("<slug:organization>/style.css", pictures.style, name="style"),
    path("<slug:organization>/pictures/<str:digest>.webp", pictures.picture, name="picture"),
    path("<slug:organization>/qr.<str:kind>", qr.code, name="qr"),
    *waitlist,
    path("<slug:organization>/choice/<str:code>/<str:token>/", choosing.see, name="choice"),
    path("<slug:organization>/choice/<str:code>/<str:token>/taking/", choosing.take, name="choice-take"),
    path(_LINK, manage.see, name="visit"),
    path(f"{_LINK}cancel/", manage.ask_cancel, name="cancellation"),
    path(f"{_LINK}cancellation/", manage.cancellation, name="cancel"),
    path(f"{_LINK}here/", arriving.arrive, name="here"),
    path(f"{_LINK}repeat/", repeat.choose, name="repeat"),
    path(f"{_LINK}repetition/", repeat.book, name="repetition"),
    path(f"{_LINK}note/", manage.note, name="note"),
    path(f"{_LINK}withdrawal/", manage.withdrawal, name="withdrawal"),
    path(f"{_LINK}times/", moving.choose, name="move"),
    path(f"{_LINK}move/", moving.to, name="to"),
    path(f"{_LINK}visit.ics", files.calendar, name="calendar"),
    path(f"{_LINK}all/", others.page, name="others"),
    path(f"{_LINK}all/<str:other>/cancellation/", others.cancellation, name="others-cancel"),
    *me,
]
