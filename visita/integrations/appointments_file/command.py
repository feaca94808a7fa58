"""The whole import: check, make what is missing, book, tell."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from django.conf import settings
from django.db import DatabaseError
from django.utils.translation import gettext as _
from tqdm import tqdm

from visita.activity.record import record
from visita.foundation.actor import Actor
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.integrations import verbs
from visita.integrations.appointments_file import checking, mapping
from visita.integrations.appointments_file.booking import Booker
from visita.integrations.appointments_file.founding import found
from visita.integrations.appointments_file.problems import Problem, Unusable
from visita.integrations.appointments_file.report import RefusedFile, Summary
from visita.integrations.appointments_file.stopping import Stopping, stopping
from visita.tenancy import policies

DONE, STOPPED, UNUSABLE, INTERRUPTED = 0, 1, 2, 130

_Tick = Callable[[], object]


def run(
    file: Path, mapping_file: Path, organization: str, *, as_json: bool = False, refused: Path | None = None
) -> int:
    """Import `file` into the organization of this slug and give the exit code.

    0: every row is booked, was already, or is in the file of refused rows (`refused`, by default
    `<organization>-refused.csv` under VISITA_DATA). 1: stopped midway (database, file). 2: file or mapping cannot be
    used, no row was written. 130: interrupted. The summary goes to stdout, alone there with `as_json`.
    """
    with stopping() as asked:
        try:
            summary = _Import(file, mapping_file, organization, refused, asked, quiet=as_json).run()
        except Unusable as unusable:
            _tell(unusable, as_json)
            return UNUSABLE
    click.echo(summary.as_json() if as_json else summary.as_text())
    return STOPPED if summary.stopped else INTERRUPTED if summary.interrupted else DONE


class _Import:
    """One run over one file."""

    def __init__(
        self, file: Path, mapping_file: Path, slug: str, refused: Path | None, asked: Stopping, *, quiet: bool
    ) -> None:
        self.file, self.slug, self.asked, self.quiet = file, _slug(slug, mapping_file), asked, quiet
        self.refused = refused or settings.VISITA_DATA / f"{slug}-refused.csv"
        if self.refused.resolve() in (file.resolve(), mapping_file.resolve()):
            raise Unusable([Problem(self.refused, None, _("the refused rows would overwrite what is read"))])
        self.mapping = mapping.read(mapping_file)
        self.actor = Actor("import", None, self.mapping.source, source="import")

    def run(self) -> Summary:
        """Check the whole file, then book; raises Unusable while nothing is written yet."""
        try:
            checked = self._check()
        except KeyboardInterrupt:
            return Summary(self.slug, 0, interrupted=True)
        summary = Summary(self.slug, checked.rows, refused_file=str(self.refused))
        with self._refused_file(checked.header) as refused, self._bar(_("booking"), checked.rows) as tick:
            founded = found(self.slug, self.mapping, checked.locations, self.actor)
            summary.made = founded.made
            began = time.monotonic()
            self._book(Booker(self.mapping, founded, self.actor, summary, refused), tick, summary)
            self._record(founded.organization.pk, summary)
        summary.seconds = time.monotonic() - began
        return summary

    def _check(self) -> checking.Checked:
        with self._bar(_("checking"), None) as tick:

            def each() -> None:
                tick()
                self.asked.heed()

            return checking.check(self.file, self.mapping, each)

    def _refused_file(self, header: list[str]) -> RefusedFile:
        """Made before anything else, so that a folder that cannot be written ends the import at its beginning."""
        try:
            return RefusedFile(self.refused, header)
        except OSError as error:
            raise Unusable([Problem(self.refused, None, str(error))]) from error

    def _book(self, booker: Booker, tick: _Tick, summary: Summary) -> None:
        try:
            booker.run(checking.rows(self.file, self.mapping), self.asked, tick)
        except (Unusable, DatabaseError, OSError) as error:  # what is booked is kept: say how far it came
            summary.stopped = str(error).strip()

    def _record(self, organization_id: int, summary: Summary) -> None:
        """The event of the whole import; its commit waits until every row before it is on disk."""
        if summary.stopped:
            return
        with scope(organization_id, durable=True):
            record(verbs.IMPORTED, "organization", organization_id, self.actor, summary.counts())

    @contextmanager
    def _bar(self, title: str, rows: int | None) -> Iterator[_Tick]:
        """A bar on stderr where a person watches."""
        disable = True if self.quiet else None  # None: tqdm shows it on a terminal only
        with tqdm(desc=title, total=rows, unit=_(" rows"), disable=disable, mininterval=0.2) as bar:
            yield bar.update


def _slug(slug: str, mapping_file: Path) -> str:
    """Checked before it becomes the name of a file."""
    try:
        return policies.slug(slug)
    except Refusal as refusal:
        raise Unusable([Problem(mapping_file, None, f"slug: {refusal.message}")]) from refusal


def _tell(unusable: Unusable, as_json: bool) -> None:
    """The reasons, one on a line, on stderr; with `as_json` on stdout as well."""
    for problem in unusable.problems:
        click.echo(str(problem), err=True)
    if unusable.count > len(unusable.problems):
        click.echo(_("… and %s more") % (unusable.count - len(unusable.problems)), err=True)
    click.echo(_("Nothing was imported. Mend the file or the mapping and run the command again."), err=True)
    if as_json:
        errors = [
            {"file": str(problem.file), "line": problem.line, "reason": problem.reason}
            for problem in unusable.problems
        ]
        click.echo(json.dumps({"errors": errors, "count": unusable.count}, ensure_ascii=False))
