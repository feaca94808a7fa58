"""Addresses of the waiting room's devices."""

from django.urls import path

from visita.web.waiting import kiosk, screen

app_name = "waiting"

urlpatterns = [
    path("<slug:organization>/screen/<str:token>/", screen.screen, name="screen"),
    path("<slug:organization>/kiosk/<str:token>/", kiosk.kiosk, name="kiosk"),
]
