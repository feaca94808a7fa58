"""What a client's agreement to marketing is worth now: what was accepted with any visit and not taken back since."""

from collections.abc import Iterable

from visita.bookings.models import Acceptance, Visit, Withdrawal
from visita.catalog.models import ConsentPurpose


def living(client_id: int) -> list[Acceptance]:
    """The client's acceptances of marketing that hold, in their order; nothing may be sent without one."""
    visits = Visit.objects.filter(client_id=client_id).values_list("pk", flat=True)
    found = Acceptance.objects.filter(visit_id__in=visits, purpose=ConsentPurpose.MARKETING).order_by("id")
    gone = withdrawals(each.pk for each in found)
    return [each for each in found if each.pk not in gone]


def withdrawals(acceptances: Iterable[int]) -> dict[int, Withdrawal]:
    """Those of the acceptances that were taken back, by the acceptance's id."""
    rows = Withdrawal.objects.filter(acceptance_id__in=list(acceptances))
    return {row.acceptance_id: row for row in rows}
