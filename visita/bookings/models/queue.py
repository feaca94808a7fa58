"""The queue of those who come without a time, and of those with one who are here; the devices that show it."""

from django.db import models

from visita.foundation import clock
from visita.foundation.history import tracked
from visita.foundation.tenant import TenantModel, TrackedModel


class TicketState(models.TextChoices):
    """Where somebody in the queue is. What becomes of who is `served` is told by the visit."""

    WAITING = "waiting"
    CALLED = "called"
    SERVED = "served"
    NO_ANSWER = "no_answer"
    LEFT = "left"


class QueueDay(TenantModel):
    """A location's queue on a date. Its row is the lock of that queue, `last` the number given last."""

    location_id = models.BigIntegerField()
    date = models.DateField()
    last = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization_id", "location_id", "date"], name="queue_day_once")
        ]

    def __str__(self) -> str:
        return f"{self.location_id} {self.date}"


@tracked()
class Ticket(TrackedModel):
    """A number in the queue of a location's day: a walk-in, or with `visit_id` from the start somebody with a booking.

    `due` is the epoch minute they count from: arrival, or the booked time; `rank` orders the queue (due, unless it was
    moved by hand for `reason`). `resource_id`: with whom, None = anyone; `to_id`: who called. `low` and `high` are the epoch
    minutes told on arrival. `name` is as typed where no client is known.
    """

    location_id = models.BigIntegerField()
    date = models.DateField()
    number = models.IntegerField()
    state = models.CharField(max_length=12, choices=TicketState.choices, default=TicketState.WAITING)
    client_id = models.BigIntegerField(null=True)
    name = models.CharField(max_length=120, blank=True)
    visit_id = models.BigIntegerField(null=True)
    booked = models.BooleanField(default=False)
    service_id = models.BigIntegerField()
    resource_id = models.BigIntegerField(null=True)
    to_id = models.BigIntegerField(null=True)
    due = models.IntegerField()
    rank = models.FloatField()
    reason = models.CharField(max_length=200, blank=True)
    low = models.IntegerField(null=True)
    high = models.IntegerField(null=True)
    source = models.CharField(max_length=32)
    arrived_at = models.DateTimeField(default=clock.now)
    called_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "location_id", "date", "number"], name="ticket_number_once"
            )
        ]
        indexes = [
            models.Index(fields=["organization_id", "visit_id"], name="ticket_visit"),
            models.Index(fields=["organization_id", "service_id", "date"], name="ticket_service"),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.number}"


class DeviceKind(models.TextChoices):
    """What stands in the waiting room."""

    SCREEN = "screen"
    KIOSK = "kiosk"


@tracked(exclude=("token_hash",))
class Device(TrackedModel):
    """A screen or kiosk of a location, opened by an address with a token of which only the hash is kept.

    `names`: the screen shows first names with an initial beside the numbers.
    """

    location_id = models.BigIntegerField()
    kind = models.CharField(max_length=8, choices=DeviceKind.choices)
    name = models.CharField(max_length=80)
    token_hash = models.CharField(max_length=64)
    names = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=clock.now)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["organization_id", "token_hash"], name="device_token")]

    def __str__(self) -> str:
        return self.name
