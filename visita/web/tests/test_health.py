"""The addresses that watchers ask."""

import pytest
from django.test import Client


@pytest.mark.django_db
def test_a_served_database_is_ready() -> None:
    assert (Client().get("/healthz").status_code, Client().get("/readyz").status_code) == (200, 200)


@pytest.mark.django_db
def test_the_bare_address_leads_to_the_desk() -> None:
    assert Client().get("/")["Location"] == "/desk/"


@pytest.mark.django_db
def test_a_forged_host_gets_a_plain_sentence() -> None:
    answer = Client().get("/healthz/", headers={"host": "evil.example"})
    assert (answer.status_code, answer["Content-Type"]) == (400, "text/plain")
