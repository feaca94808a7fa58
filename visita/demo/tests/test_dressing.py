"""The dressed example has its pictures and words, and they pass the same rules as everybody's."""

from pathlib import Path
from typing import Any

from tests.tenants import fresh
from visita.demo.businesses.delancey import DELANCEY
from visita.demo.businesses.siluet import SILUET
from visita.demo.dressing import dress
from visita.foundation import pictures
from visita.foundation.scope import scope
from visita.tenancy import look, queries
from visita.tenancy.settings import value


def test_one_example_is_dressed(db: None, settings: Any, tmp_path: Path) -> None:
    settings.VISITA_DATA = tmp_path
    dressed, plain = fresh().id, fresh().id
    dress(SILUET, dressed)
    dress(DELANCEY, plain)
    with scope(dressed):
        rows = queries.setting_rows()
    assert all(pictures.known(dressed, value(rows, kind)) for kind in (look.LOGO, look.BACKGROUND))
    with scope(plain):
        assert queries.setting_rows() == []
