"""Where to LISTEN: past any transaction pooler where one is named, else the application's own database."""

from django.conf import settings
from django.db import connections
from psycopg.conninfo import make_conninfo


def address(name: str) -> str:
    """The connection string for a connection that stays; `name` is how the server's lists call it."""
    if settings.DATABASE_DIRECT_URL:
        return str(settings.DATABASE_DIRECT_URL)
    alias = connections["default"].settings_dict
    parts = {
        "host": alias.get("OPTIONS", {}).get("host") or alias["HOST"],
        "port": alias["PORT"],
        "dbname": alias["NAME"],
        "user": alias["USER"],
        "password": alias["PASSWORD"],
        "application_name": name,
    }
    return make_conninfo(**{part: value for part, value in parts.items() if value})
