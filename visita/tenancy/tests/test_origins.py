"""Which sites may frame the booking pages: exact https origins, everything else is refused by name."""

from typing import Any

import pytest

from tests.tenants import fresh
from visita.foundation.actor import SYSTEM
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.tenancy.actions import set_embed_origins, set_setting
from visita.tenancy.origins import KEY, origin
from visita.tenancy.queries import setting_rows
from visita.tenancy.settings import value


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://salon.example", "https://salon.example"),
        (" https://WWW.Salon.example/ ", "https://www.salon.example"),
        ("https://salon.example:8443", "https://salon.example:8443"),
        ("https://salon.example:443", "https://salon.example"),
        ("https://салон.рф", "https://xn--80awgdm.xn--p1ai"),
        ("http://localhost:3000", "http://localhost:3000"),
        ("http://127.0.0.1:3000", "http://127.0.0.1:3000"),
    ],
)
def test_one_site_is_one_origin(typed: str, kept: str) -> None:
    assert origin(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "", "*", "null", "https://*", "https://*.example.com", "https://salon.example/book", "https://salon.example?x=1",
        "https://salon.example#a", "http://salon.example", "https://192.168.0.1", "https://[::1]", "https://1", "salon.example",
        "https://a@salon.example", "https://salon.example:0", "https://salon.example:99999", "https://salon.example; script-src *",
        "https://salon.example https://evil.example", "javascript:alert(1)", "https://", "https://-a.example", "'self'",
        "https://salon", "https://a\x00.example", "data:text/html,x", "https://salon.example//", "\ud800",
    ],
)  # fmt: skip
def test_what_is_not_exactly_one_site_is_refused(typed: str) -> None:
    with pytest.raises(Refusal) as refused:
        origin(typed)
    assert (refused.value.code, refused.value.status) == ("origin_invalid", 422)


def test_this_machine_is_no_site_once_the_install_is_public(settings: Any) -> None:
    settings.PUBLIC_URL = "https://book.example.org"
    with pytest.raises(Refusal):
        origin("http://localhost:3000")


def test_the_list_is_kept_and_read_by_the_pages(db: None) -> None:
    tenant = fresh()
    set_embed_origins(tenant.id, ["https://A.example/", "https://a.example", " "], actor=SYSTEM)
    with scope(tenant.id):
        assert value(setting_rows(), KEY) == ["https://a.example"]


def test_no_other_door_lets_a_bad_origin_in(db: None) -> None:
    tenant = fresh()
    for bad in (["*"], ["https://A.example"], [7]):
        with pytest.raises(Refusal):
            set_setting(tenant.id, KEY, bad, actor=SYSTEM)
