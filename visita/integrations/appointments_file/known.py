"""What we have already of a batch of rows: their visits and clients, by the ids the file gives them."""

from collections.abc import Sequence

from visita.bookings.models import Visit
from visita.clients.models import Client
from visita.foundation.scope import scope
from visita.integrations.appointments_file.rows import Row


class Known:
    """Refreshed for each batch with one query per table, so that no row asks for itself."""

    def __init__(self, organization_id: int, source: str) -> None:
        self._organization_id, self._source = organization_id, source
        self.visits: dict[str, str] = {}
        self.clients: dict[str, int] = {}

    def look(self, rows: Sequence[Row]) -> None:
        """Look for the visits and clients of these rows; forgets those of the rows before."""
        people = {row.person.external_id for row in rows if row.person.external_id}
        self.visits = self.statuses(rows)
        with scope(self._organization_id):
            clients = Client.objects.filter(source=self._source, external_id__in=people)
            self.clients = {str(external): pk for external, pk in clients.values_list("external_id", "pk")}

    def statuses(self, rows: Sequence[Row]) -> dict[str, str]:
        """External id → status, for the rows that have a visit now."""
        with scope(self._organization_id):
            visits = Visit.objects.filter(
                source=self._source, external_id__in=[row.external_id for row in rows]
            )
            return {str(external): status for external, status in visits.values_list("external_id", "status")}
