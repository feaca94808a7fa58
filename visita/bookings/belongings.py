"""What of bookings points at a client, and what would be torn apart by undoing a merge."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from visita.bookings.models import Attendee, Visit
from visita.clients.belongings import Belonging, Moved, contradiction, declare

declare(Belonging("bookings_visit", "client_id", _("visits")))
declare(Belonging("bookings_series", "client_id", _("series of visits")))
declare(Belonging("bookings_waiting", "client_id", _("places on the waitlist")))
declare(Belonging("bookings_ticket", "client_id", _("numbers in the queue")))


@contradiction
def visits_about_what_goes(survivor_id: int, moved: Moved) -> int:
    """Visits that stay with the survivor but are about an animal, child or vehicle that would go back."""
    subjects = moved.get("clients_subject.client_id", [])
    if not subjects:
        return 0
    coming = Attendee.objects.filter(subject_id__in=subjects).values_list("visit_id", flat=True)
    about = Q(subject_id__in=subjects) | Q(pk__in=list(coming))
    staying = Visit.objects.filter(about, client_id=survivor_id)
    return staying.exclude(pk__in=moved.get("bookings_visit.client_id", [])).count()
