"""The waitlist: who waits for what, what was offered to them, and why something was not."""

from django.db import models

from visita.foundation import clock
from visita.foundation.history import tracked
from visita.foundation.tenant import TenantModel, TrackedModel


class WaitingStatus(models.TextChoices):
    """`left` by the client, `removed` by staff. One whose last day has passed waits no more, whatever stands here."""

    WAITING = "waiting"
    BOOKED = "booked"
    LEFT = "left"
    REMOVED = "removed"


class OfferStatus(models.TextChoices):
    """`lost`: somebody else was faster, or the time went otherwise."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    LOST = "lost"


@tracked()
class Waiting(TrackedModel):
    """An entry of the waitlist. With a visit it is the wish to have that visit earlier.

    `items` are `[{"service", "resource"}]` in order, resource null for anyone, with `minutes` where staff changed a
    length, `subject` where it is for another of those who come, and `kind` where not everybody may have it (a dog).
    `subject_id` is whom or what it is about, once that has a name. The time wanted: local dates
    first_day..last_day at the location, on `weekdays` (0 Monday; empty = all), in one of `parts` (`[[from, to], …]`
    minutes of the day a visit begins in; empty = all day). `rank` is staff's own order: higher goes first.
    """

    code = models.CharField(max_length=8, unique=True)
    location_id = models.BigIntegerField()
    client_id = models.BigIntegerField()
    visit_id = models.BigIntegerField(null=True)
    subject_id = models.BigIntegerField(null=True)
    items = models.JSONField()
    seats = models.SmallIntegerField(default=1)
    first_day = models.DateField()
    last_day = models.DateField()
    weekdays = models.JSONField(default=list)
    parts = models.JSONField(default=list)
    rank = models.SmallIntegerField(default=0)
    note = models.CharField(max_length=300, blank=True)
    status = models.CharField(max_length=8, choices=WaitingStatus.choices, default=WaitingStatus.WAITING)
    source = models.CharField(max_length=32)
    made_at = models.DateTimeField(default=clock.now)
    booked_id = models.BigIntegerField(null=True)

    @property
    def kind(self) -> str:
        """The kind of whom it is for, where that narrows what may be offered; else empty."""
        return next((str(one["kind"]) for one in self.items if one.get("kind")), "")

    again = False  # no column: whether joining found the entry there already

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "visit_id"],
                name="waiting_once_a_visit",
                condition=models.Q(status="waiting", visit_id__isnull=False),
            ),
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")), name="waiting_days"
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization_id", "location_id", "last_day"],
                name="waiting_open",
                condition=models.Q(status="waiting"),
            ),
            models.Index(fields=["organization_id", "client_id"], name="waiting_client"),
        ]

    def __str__(self) -> str:
        return self.code


@tracked()
class Offer(TrackedModel):
    """A time offered to one who waits. `hold` names the claims that keep it; empty where the first to answer gets it.

    `parts` are the placed items, `[{"service", "resource", "s", "e"}]`; `staff`: given by hand, so the rules for clients
    do not stand in its way.
    """

    code = models.CharField(max_length=8, unique=True)
    waiting_id = models.BigIntegerField()
    location_id = models.BigIntegerField()
    s = models.IntegerField()
    e = models.IntegerField()
    parts = models.JSONField()
    hold = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    staff = models.BooleanField(default=False)
    status = models.CharField(max_length=8, choices=OfferStatus.choices, default=OfferStatus.OPEN)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "waiting_id"],
                name="offer_one_open",
                condition=models.Q(status="open"),
            )
        ]
        indexes = [
            models.Index(fields=["organization_id", "waiting_id", "id"], name="offer_waiting"),
            models.Index(
                fields=["organization_id", "location_id", "s"],
                name="offer_open",
                condition=models.Q(status="open"),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Skip(TenantModel):
    """Why a freed time was not offered to one who waits: one row for each reason and day, the last time it happened."""

    waiting_id = models.BigIntegerField()
    day = models.DateField()
    reason = models.CharField(max_length=24)
    details = models.JSONField(default=list)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "waiting_id", "day", "reason"], name="skip_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.waiting_id} {self.day} {self.reason}"
