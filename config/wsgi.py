"""Django's synchronous door, which config.asgi runs in threads: several times faster than Django under ASGI."""

import gc
import os
from collections.abc import Callable, Iterable
from typing import Any

import django
from django.conf import settings
from django.core.handlers.exception import convert_exception_to_response
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.urls import get_resolver
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


View = Callable[[HttpRequest], Any]
_OF_EACH = {
    "content-type",
    "content-length",
    "content-language",
    "vary",
}  # headers that differ between answers


class Programs:
    """What API_MIDDLEWARE does, for answers that are data: host and language as there, its headers made once and kept."""

    def __init__(self, view: View, layers: Iterable[str]) -> None:
        self._view, self._sample = view, _layered(lambda _request: HttpResponse(), layers)
        self._headers: dict[bool, list[tuple[str, str]]] = {}

    def __call__(self, request: HttpRequest) -> Any:
        """Answers one request."""
        request.get_host()
        language = translation.get_language_from_request(request)
        translation.activate(language)
        head = request.method == "HEAD"
        if head:
            request.method = "GET"  # the same answer, told without its body
        response = self._view(request)
        for name, value in self._common(request):
            response.headers.setdefault(name, value)
        patch_vary_headers(response, ("Accept-Language",))
        response.headers.setdefault("Content-Language", translation.get_language())
        if not response.streaming:
            response.headers.setdefault("Content-Length", str(len(response.content)))
        if head:
            response.content = b""
        return response

    def _common(self, request: HttpRequest) -> list[tuple[str, str]]:
        """The headers that the layers give every answer; they know two kinds of requests, secure and not."""
        secure = request.is_secure()
        if secure not in self._headers:
            given = self._sample(request).headers.items()
            self._headers[secure] = [each for each in given if each[0].lower() not in _OF_EACH]
        return self._headers[secure]


def _layered(view: View, layers: Iterable[str]) -> View:
    for name in reversed(list(layers)):
        view = convert_exception_to_response(import_string(name)(view))
    return view


class Doors(WSGIHandler):
    """Programs' requests go through API_MIDDLEWARE only: no session, no cookie, no signing in stands before them."""

    def load_middleware(self, is_async: bool = False) -> None:
        """Both chains, once."""
        super().load_middleware(is_async)
        pages: Any = self._middleware_chain  # type: ignore[has-type]  # the same
        view: Any = convert_exception_to_response(self._get_response)  # type: ignore[attr-defined]  # lacks in the stubs
        read = _layered(view, settings.API_MIDDLEWARE)  # the reading page: HTML with a nonce
        programs = convert_exception_to_response(Programs(view, settings.API_MIDDLEWARE))

        def chosen(request: HttpRequest) -> Any:
            path = request.path_info
            if not path.startswith("/api/"):
                return pages(request)
            return (read if path.endswith("/docs") else programs)(request)

        self._middleware_chain = chosen


django.setup(set_prefix=False)
application = Doors()
get_resolver().url_patterns  # noqa: B018 - every screen and operation is imported before the first visitor waits for it
gc.collect()
gc.freeze()  # what stands now stays for good: looking through it again and again costs every request a share
gc.set_threshold(20_000, 20, 50)
