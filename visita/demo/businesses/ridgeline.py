"""A personal trainer in Denver: one person, the time is what matters, whole hours early and late, a test run first."""

from dataclasses import replace

from visita.demo.names import NEW_YORKERS
from visita.demo.plan import Business, By, Calendar, Group, Hours, Offered, Place, Staff, steps

_HER = (By("tessa"),)
_HOURS = ("06:00", "07:00", "08:00", "09:00", "10:00", "12:00", "16:00", "17:00", "18:00", "19:00")

RIDGELINE = Business(
    slug="ridgeline",
    name="Ridgeline Training",
    trade="trainer",
    language="en",
    languages=("en",),
    zone="America/Denver",
    country="US",
    currency="USD",
    phone="(303) 555-0121",
    accent="#3d6b35",
    places=(Place("Ridgeline Training", "2811 Tejon St", "Denver, CO", "(303) 555-0121", journal="06:00-20:00"),),
    calendars=(
        Calendar("tessa", "Tessa Monroe", (Hours("01234", ("06:00-13:00", "16:00-20:00")), Hours("56", ("08:00-12:00",))),
                 occupation={"en": "certified strength coach"}),
    ),
    groups=(Group("training", {"en": "Training"}, 60),),
    services=(
        Offered("single", "training", {"en": "One-on-one session"}, _HER, 60, 95, weight=5,
                fields={"is_default": True, "start_hours": _HOURS}),
        Offered("duo", "training", {"en": "Session for two"}, _HER, 60, 130, weight=2, fields={"start_hours": _HOURS}),
        Offered("intro", "training", {"en": "Free intro and movement check"}, _HER, 30, 0, weight=2,
                fields={"start_step": 30, "preparation": {"en": "Come in clothes you can move in."}}),
    ),
    people=replace(NEW_YORKERS, phone="(303) 555-01##"),
    clients=25,
    staff=(
        Staff("owner", "Tessa Monroe", "owner", "tessa"),
        Staff("reception", "Kyle Monroe", "reception"),
        Staff("coach", "Tessa Monroe (phone)", "specialist", "tessa"),
    ),
    policy={"en": "Cancel at least 12 hours ahead, or the session counts."},
    settings={"lead_minutes": 180, "horizon_days": 21, "cancel_until_minutes": 720, "several_services": False},
    paths={"": steps("day", "service", "time")},
    holidays=((11, 26), (12, 25), (1, 1), (7, 4)),
    notes=("Old shoulder injury", "Training for a half marathon", "Brings her own mat"),
    density=0.7,
    around=(3, 8),
)  # fmt: skip
