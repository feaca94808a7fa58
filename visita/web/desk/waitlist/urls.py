"""The waitlist's addresses at the desk."""

from django.urls import path

from visita.web.desk.waitlist import views

_LIST = "<slug:organization>/desk/waitlist/"
_ONE = f"{_LIST}<int:waiting>/"

urlpatterns = [
    path(_LIST, views.listing, name="waitlist"),
    path(f"{_LIST}new/", views.new, name="waitlist_new"),
    path(f"{_LIST}matches/", views.matches, name="waitlist_matches"),
    path(_ONE, views.entry, name="waiting"),
    path(f"{_ONE}change", views.change, name="waiting_change"),
    path(f"{_ONE}offer", views.offer, name="waiting_offer"),
    path(f"{_ONE}withdrawal", views.withdraw, name="waiting_withdraw"),
    path(f"{_ONE}removal", views.remove, name="waiting_remove"),
    path(f"{_ONE}turn", views.turn, name="waiting_turn"),
]
