"""The demo's first page leads to every business."""

import pytest
from django.test import Client, override_settings

from visita.demo.businesses import BUSINESSES


@pytest.mark.django_db
@override_settings(ROOT_URLCONF="visita.demo.urls")
def test_every_business_can_be_tried_from_the_first_page() -> None:
    page = Client().get("/").content.decode()
    for one in BUSINESSES:
        assert f'href="/{one.slug}/"' in page
        assert f'href="/{one.slug}/desk/"' in page
