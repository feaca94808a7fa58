"""The two database aliases: `default` is the application's role, behind the tenant wall; `owner` migrates."""

from typing import Any

import dj_database_url

from config.environment import Environment
from visita.foundation.database.connection import Connection
from visita.foundation.postgres.place import APP_ROLE, OWNER_ROLE, place_for

Alias = dict[str, Any]


def databases(environment: Environment) -> dict[str, Alias]:
    """Django's DATABASES. Computes URLs only: the embedded server may be down, or not exist yet.

    With DATABASE_URL alone there is no `owner` alias: such an install serves, and is migrated from elsewhere.
    """
    place = place_for(environment.data)
    if environment.database_url is None:
        urls = {"default": place.url(APP_ROLE), "owner": place.url(OWNER_ROLE)}
    else:
        urls = {"default": environment.database_url}
        if environment.database_owner_url:
            urls["owner"] = environment.database_owner_url
    return {alias: _alias(url, environment, pooled=alias == "default") for alias, url in urls.items()}


def _alias(url: str, environment: Environment, *, pooled: bool) -> Alias:
    alias: Alias = dict(dj_database_url.parse(url))
    alias["CONN_MAX_AGE"] = 0
    alias["CONN_HEALTH_CHECKS"] = not pooled  # the engine of the pooled ones looks after them itself
    alias["DISABLE_SERVER_SIDE_CURSORS"] = True  # they do not live through a transaction pooler
    options = alias.setdefault("OPTIONS", {})
    options["application_name"] = "visita"
    if pooled:
        alias["ENGINE"] = "visita.foundation.database"
        # threads + 3, so that a thread never waits for a connection; the rest is for the live stream and the worker
        # Plans are kept from the third time on (half of the server's time of a booking), but not behind a transaction
        # pooler, where the next statement may meet another connection.
        options["server_side_binding"] = True
        options["prepare_threshold"] = None if environment.database_direct_url else 3
        if (
            not environment.database_direct_url
        ):  # one plan for all values: what differs is how many rows, not which way
            options["options"] = " ".join(
                filter(None, [options.get("options"), "-c plan_cache_mode=force_generic_plan"])
            )
        options["pool"] = {
            "connection_class": Connection,
            "min_size": 1,
            "max_size": environment.web_threads + 3,
            "timeout": 10,
        }
    return alias
