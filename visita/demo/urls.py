"""The addresses of a demo: all of Visita's, and at `/` a page that shows what there is to try."""

from django.urls import include, path

from visita.demo.messages import letter, messages
from visita.demo.welcome import welcome

handler400 = "visita.web.plain.bad_request"
handler403 = "visita.web.missing.forbidden"
handler404 = "visita.web.missing.page"

urlpatterns = [
    path("", welcome, name="welcome"),
    path("demo/messages/", messages, name="demo-messages"),
    path("demo/messages/<str:name>/", letter, name="demo-letter"),
    path("", include("config.urls")),
]
