"""Where a request comes from: the last address that is not one of our own proxies (decision 34)."""

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def address(request: HttpRequest) -> str:
    """The caller's address; headers are believed only when they come from TRUSTED_PROXIES."""
    hops = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    found = str(request.META.get("REMOTE_ADDR", ""))
    while hops and _trusted(found):
        found = hops.pop()
    return found if _known(found) else ""


def neighbourhood(request: HttpRequest) -> str:
    """What limits count: one IPv4 address, or the /64 an IPv6 subscriber owns."""
    return network(address(request))


def network(found: str) -> str:
    """The same of an address."""
    return str(ip_network(f"{found}/64", strict=False)) if ":" in found else found


def _known(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _trusted(text: str) -> bool:
    proxies = getattr(settings, "TRUSTED_PROXIES", ())
    return _known(text) and any(ip_address(text) in ip_network(proxy, strict=False) for proxy in proxies)
