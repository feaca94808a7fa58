"""Whose request it is, behind proxies and without."""

from django.http import HttpRequest
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from visita.identity.origin import address, neighbourhood


def request(forwarded: str, remote: str) -> HttpRequest:
    """A request as a proxy hands it on."""
    return RequestFactory().get("/", REMOTE_ADDR=remote, headers={"X-Forwarded-For": forwarded})


def test_addresses_are_believed_from_our_own_proxies_only(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = ("10.0.0.0/8",)
    assert address(request("1.2.3.4", "5.6.7.8")) == "5.6.7.8"
    assert address(request("6.6.6.6, 1.2.3.4, 10.0.0.2", "10.0.0.1")) == "1.2.3.4"
    assert address(request("junk", "10.0.0.1")) == ""
    assert neighbourhood(request("", "2001:db8:1:2:3:4:5:6")) == "2001:db8:1:2::/64"


def test_a_server_that_listens_to_both_knows_ipv4_callers_apart(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = ("10.0.0.0/8",)
    assert neighbourhood(request("", "::ffff:5.6.7.8")) == "5.6.7.8"
    assert address(request("1.2.3.4", "::ffff:10.0.0.1")) == "1.2.3.4"
    assert neighbourhood(request("", "fe80::1%eth0")) == "fe80::/64"
