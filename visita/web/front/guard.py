"""Who may send these forms: only pages of our own. There is no cookie to steal, so no token is needed.

Browsers say where a request comes from (Sec-Fetch-Site, else Origin) and pages cannot forge it. A program that
says neither carries no visitor's authority with it.
"""

from urllib.parse import urlsplit

from django.http import HttpRequest


def arrives(request: HttpRequest) -> bool:
    """True where the browser says that the visitor comes from elsewhere to this page: typed, a bookmark, another site."""
    return request.method == "GET" and request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin"


def comes_from_here(request: HttpRequest) -> bool:
    """True unless the browser says that another site sent this request."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.get_host()
