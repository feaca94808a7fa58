"""`visita migrate`: brings the schema up to date as its owner, then grants the application's role its rights."""

import click

from visita.cli.start import ready, said_plainly

_LOCK = 7_307_829_114  # any number of our own: two installs that migrate one database at once take turns


@click.command()
@said_plainly
def migrate() -> None:
    """Bring the database's schema up to date."""
    with ready():
        apply(verbosity=1)


def apply(*, verbosity: int = 0) -> None:
    """Runs the missing migrations on the `owner` alias and grants again.

    Raises ClickException when the owner's address is not known.
    """
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections

    from visita.tenancy.grants import apply_grants

    if "owner" not in settings.DATABASES:
        raise click.ClickException("Migrating needs the owner of the tables: set DATABASE_OWNER_URL.")
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
    try:
        if verbosity or _missing():
            call_command("migrate", database="owner", interactive=False, verbosity=verbosity)
        apply_grants(settings.DATABASES["default"]["USER"])
    finally:
        connections["owner"].close()  # which also gives the lock back


def _missing() -> bool:
    """Looked at first because `migrate` spends a second even where there is nothing to do."""
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections["owner"])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
