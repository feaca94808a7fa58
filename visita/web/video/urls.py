"""Addresses of the video room, below the manage link and below the desk's visit."""

from django.urls import path

from visita.web.video import client, staff

app_name = "video"

_CLIENT = "<slug:organization>/v/<str:code>/<str:token>/room/"
_STAFF = "<slug:organization>/desk/visits/<int:visit>/room/"

urlpatterns = [
    path(_CLIENT, client.see, name="client"),
    path(f"{_CLIENT}talk", client.says, name="client_says"),
    path(_STAFF, staff.see, name="staff"),
    path(f"{_STAFF}talk", staff.says, name="staff_says"),
]
