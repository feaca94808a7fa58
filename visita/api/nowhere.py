"""Addresses below `/api` that belong to no version: the same 404 as inside one."""

from django.urls import re_path

from visita.api.shell import no_such_address, shelled

urlpatterns = [re_path("^.*$", shelled(no_such_address), name="api-nowhere")]
