"""Where a form leads back to: the page of ours it was sent from."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def back_to(request: HttpRequest, address: str) -> str:
    """The address, if it is one of ours; else empty."""
    ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure())
    return address if ours else ""
