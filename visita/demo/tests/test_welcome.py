"""The demo's first page leads to every business."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.urls import get_resolver

from visita.demo.businesses import BUSINESSES
from visita.messaging.adapters.file import File
from visita.messaging.message import Message


@pytest.mark.django_db
@override_settings(ROOT_URLCONF="visita.demo.urls")
def test_every_business_can_be_tried_from_the_first_page() -> None:
    page = Client().get("/").content.decode()
    for one in BUSINESSES:
        assert f'href="/{one.slug}/"' in page
        assert f'href="/{one.slug}/desk/"' in page


@override_settings(ROOT_URLCONF="visita.demo.urls")
def test_the_messages_of_the_demo_are_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "VISITA_DATA", tmp_path)
    assert "No messages yet" in Client().get("/demo/messages/").content.decode()
    File().send(Message("sms", "+40721555014", "en", "", "123456 is your code", "sign_in", "k"))
    assert "123456" in Client().get("/demo/messages/").content.decode()


@pytest.mark.django_db
def test_and_nowhere_else() -> None:
    assert Client().get("/demo/messages/").status_code == 404


def test_a_demo_answers_what_is_wrong_as_visita_does() -> None:
    for code in (400, 404):
        mine, usual = (
            get_resolver(name).resolve_error_handler(code) for name in ("visita.demo.urls", "config.urls")
        )
        assert mine is usual
