"""The embedded PostgreSQL: a cluster of Visita's own, started from the binaries of a Python wheel.

Nothing here reads the environment: callers pass the data folder. `place_for` only computes paths and URLs (settings use
it while they are imported); `Server` starts, stops and describes the server; `lease` is for commands that need it running.
"""

from visita.foundation.postgres.errors import PostgresError
from visita.foundation.postgres.keeper import kept_up
from visita.foundation.postgres.lease import lease
from visita.foundation.postgres.place import Place, place_for
from visita.foundation.postgres.server import Server

__all__ = ["Place", "PostgresError", "Server", "kept_up", "lease", "place_for"]
