"""A barber in New York: an early and a late chair, twelve-hour clock, short notice."""

from visita.demo.names import NEW_YORKERS
from visita.demo.plan import Business, By, Calendar, Group, Hours, Offered, Place, Staff

_CHAIRS = (By("sal"), By("marcus"), By("june", 40, 48))

DELANCEY = Business(
    slug="delancey",
    name="Delancey Barbers",
    trade="barber",
    language="en",
    zone="America/New_York",
    country="US",
    currency="USD",
    phone="(212) 555-0164",
    accent="#8a1f2b",
    places=(Place("Delancey Street", "112 Delancey St", "New York, NY", "(212) 555-0164", journal="09:00-20:00"),),
    calendars=(
        Calendar("sal", "Sal Moretti", (Hours("123456", ("09:00-13:00", "13:30-17:00")),), occupation={"en": "owner"}),
        Calendar("marcus", "Marcus Bell", (Hours("01256", ("11:00-15:00", "15:30-20:00")),),
                 occupation={"en": "barber"}),
        Calendar("june", "June Park", (Hours("03456", ("10:00-14:00", "14:30-19:00")),), occupation={"en": "barber"}),
    ),
    groups=(Group("cuts", {"en": "Cuts"}, 15), Group("shaves", {"en": "Shaves"}, 15)),
    services=(
        Offered("haircut", "cuts", {"en": "Haircut", "es": "Corte"}, _CHAIRS, 30, 40, weight=5,
                fields={"is_default": True}),
        Offered("cut-beard", "cuts", {"en": "Haircut and beard", "es": "Corte y barba"}, _CHAIRS[:2], 45, 60, weight=3,
                guests="men"),
        Offered("kids", "cuts", {"en": "Kid's cut (under 12)", "es": "Corte para niños"}, _CHAIRS, 30, 28, weight=1),
        Offered("shave", "shaves", {"en": "Hot towel shave", "es": "Afeitado"}, (By("sal"), By("marcus")), 30, 38,
                guests="men", weight=2, fields={"buffer_after": 15}),
    ),
    people=NEW_YORKERS,
    clients=80,
    languages=("en", "es"),
    staff=(
        Staff("owner", "Sal Moretti", "owner", "sal"),
        Staff("reception", "Tasha Greene", "reception"),
        Staff("june.park", "June Park", "specialist", "june"),
    ),
    notice={"en": "Cash and card. Walk-ins when there's a chair free."},
    policy={"en": "Cancel at least 3 hours ahead."},
    settings={"queue": True, "lead_minutes": 15, "horizon_days": 30, "cancel_until_minutes": 180, "gap_avoidance": "strict", "subjects_most": 3, "booked_for": ["child", "person"],
              "letter_booked_email": False, "letter_booked_sms": True},
    holidays=((11, 26), (12, 25), (1, 1), (7, 4)),
    notes=("Number 2 on the sides", "Same as last time", "Bringing his son"),
    density=0.9,
)  # fmt: skip
