"""The one error of the embedded server: a sentence a person can act on."""


class PostgresError(Exception):
    """The server cannot be started, stopped or prepared; the text says why and what to do."""
