"""Addresses of the client's own pages; `front.urls` takes them in."""

from django.urls import path

from visita.web.front.me import contact, data, find, home, password, person, register, signing, subjects

_ME = "<slug:organization>/me/"
_PERSON = f"{_ME}people/<int:person>/"

urlpatterns = [
    path(_ME, home.home, name="me"),
    path(f"{_ME}code/", signing.code, name="me-code"),
    path(f"{_ME}session/", signing.session, name="me-session"),
    path(f"{_ME}session/end/", signing.end, name="me-end"),
    path(f"{_ME}password/", password.page, name="me-password"),
    path(f"{_ME}password/session/", password.session, name="me-password-session"),
    path(f"{_ME}own-password/", password.own, name="me-own-password"),
    path(f"{_ME}own-password/change/", password.change, name="me-own-password-change"),
    path(f"{_ME}register/", register.form, name="me-register"),
    path(f"{_ME}registration/", register.registration, name="me-registration"),
    path(f"{_ME}history/", home.history, name="me-history"),
    path(f"{_ME}visits/<str:code>/", home.visit, name="me-visit"),
    path(f"{_ME}data/", data.page, name="me-data"),
    path(f"{_ME}data.json", data.download, name="me-download"),
    path(_PERSON, person.page, name="me-person"),
    path(f"{_PERSON}change/", person.change, name="me-change"),
    path(f"{_PERSON}withdrawal/", person.withdrawal, name="me-withdrawal"),
    path(f"{_PERSON}contact/<str:kind>/", contact.page, name="me-contact"),
    path(f"{_PERSON}contact/<str:kind>/change/", contact.change, name="me-contact-change"),
    path(f"{_PERSON}subjects/add/", subjects.add, name="me-subject-add"),
    path(f"{_PERSON}subjects/<int:subject>/", subjects.page, name="me-subject"),
    path(f"{_PERSON}subjects/<int:subject>/change/", subjects.change, name="me-subject-change"),
    path(f"{_PERSON}subjects/<int:subject>/away/", subjects.away, name="me-subject-away"),
    path("<slug:organization>/find/", find.page, name="find"),
    path("<slug:organization>/find/code/", find.code, name="find-code"),
]
