"""Django's synchronous door, which config.asgi runs in threads: several times faster than Django under ASGI."""

import gc
import os
from typing import Any

import django
from django.conf import settings
from django.core.handlers.exception import convert_exception_to_response
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest
from django.urls import get_resolver
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


class Doors(WSGIHandler):
    """Programs' requests go through API_MIDDLEWARE only: no session, no cookie, no signing in stands before them."""

    def load_middleware(self, is_async: bool = False) -> None:
        """Both chains, once."""
        super().load_middleware(is_async)
        pages: Any = self._middleware_chain  # type: ignore[has-type]  # the same
        programs: Any = convert_exception_to_response(self._get_response)  # type: ignore[attr-defined]  # lacks in the stubs
        for name in reversed(settings.API_MIDDLEWARE):
            programs = convert_exception_to_response(import_string(name)(programs))

        def chosen(request: HttpRequest) -> Any:
            return (programs if request.path_info.startswith("/api/") else pages)(request)

        self._middleware_chain = chosen


django.setup(set_prefix=False)
application = Doors()
get_resolver().url_patterns  # noqa: B018 - every screen and operation is imported before the first visitor waits for it
gc.collect()
gc.freeze()  # what stands now stays for good: looking through it again and again costs every request a share
gc.set_threshold(20_000, 20, 50)
