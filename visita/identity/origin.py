"""Where a request comes from: the last address that is not one of our own proxies (decision 34)."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def address(request: HttpRequest) -> str:
    """The caller's address; headers are believed only when they come from TRUSTED_PROXIES."""
    hops = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    found = _plain(str(request.META.get("REMOTE_ADDR", "")))
    while hops and _trusted(found):
        found = _plain(hops.pop())
    return found if _known(found) else ""


def neighbourhood(request: HttpRequest) -> str:
    """What limits count: one IPv4 address, or the /64 an IPv6 subscriber owns."""
    return network(address(request))


def network(found: str) -> str:
    """The same of an address."""
    found = _plain(found)
    return str(ip_network(f"{found}/64", strict=False)) if ":" in found else found


def _plain(text: str) -> str:
    """An address as one writes it: IPv4 as itself where IPv6 carries it (a server that listens to both), no interface."""
    bare = text.partition("%")[0]
    found = ip_address(bare) if _known(bare) else None
    return str(found.ipv4_mapped) if isinstance(found, IPv6Address) and found.ipv4_mapped else bare


def _known(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _trusted(text: str) -> bool:
    proxies = getattr(settings, "TRUSTED_PROXIES", ())
    return _known(text) and any(ip_address(text) in ip_network(proxy, strict=False) for proxy in proxies)
