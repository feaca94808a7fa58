"""A vehicle inspection station in London: three lifts, the client takes whichever is free, two hours' notice."""

from visita.demo.names import LONDONERS
from visita.demo.plan import (
    Business,
    By,
    Calendar,
    Consent,
    Group,
    Hours,
    Offered,
    Pets,
    Place,
    Question,
    Staff,
)

_CARS = Pets(
    names={
        "car": ("Ford Fiesta LB1# KTM", "VW Golf KX6# OZP", "Nissan Leaf EO2# UVA", "Mini Cooper GJ1# RNB",
                "Vauxhall Corsa YT6# WFC"),
        "van": ("Ford Transit BD2# LHV", "Mercedes Sprinter LK7# XDA"),
        "motorcycle": ("Triumph Bonneville LD1# EHJ", "Honda CB500 AV6# PKO"),
    },
    facts={
        "car": (("fuel", "petrol"), ("fuel", "electric"), ("fuel", "diesel")),
        "van": (("fuel", "diesel"),),
        "motorcycle": (("fuel", "petrol"),),
    },
)  # fmt: skip

_HOURS = (Hours("01234", ("08:00-12:30", "13:00-17:30")), Hours("56", ("08:30-13:00", "13:30-16:00")))
_LIFTS = (By("lift-1"), By("lift-2"), By("lift-3"))

KINGSWAY = Business(
    slug="kingsway",
    name="Kingsway MOT Centre",
    trade="inspection",
    language="en",
    zone="Europe/London",
    country="GB",
    currency="GBP",
    phone="020 7946 0118",
    accent="#1f4fa3",
    places=(Place("Kingsway MOT Centre", "12 Coburg Road", "London", "020 7946 0118", journal="08:00-18:00"),),
    calendars=(
        Calendar("lift-1", "Lift 1", _HOURS, kind="device"),
        Calendar("lift-2", "Lift 2", _HOURS, kind="device"),
        Calendar("lift-3", "Lift 3 (vans)", _HOURS, kind="device"),
    ),
    groups=(Group("tests", {"en": "Tests"}, 15), Group("workshop", {"en": "Workshop"}, 15)),
    services=(
        Offered("mot-car", "tests", {"en": "MOT test, car (class 4)"}, _LIFTS, 45, 54, weight=5,
                fields={"is_default": True, "synonyms": {"en": "inspection, annual test"},
                        "preparation": {"en": "Bring your V5C logbook and empty the boot."}}),
        Offered("mot-van", "tests", {"en": "MOT test, van up to 3.5 t (class 7)"}, (By("lift-3"),), 60, 58, weight=3),
        Offered("mot-bike", "tests", {"en": "MOT test, motorcycle"}, (By("lift-1"),), 30, 29, weight=1),
        Offered("retest", "tests", {"en": "Partial retest (within 10 days)"}, _LIFTS, 15, 27, weight=2),
        Offered("service", "workshop", {"en": "Interim service"}, (By("lift-1"), By("lift-2")), 90, 119, weight=1,
                fields={"buffer_after": 15}),
        Offered("recall", "workshop", {"en": "Fleet inspection"}, (By("lift-3"),), 120, None, weight=0.4,
                fields={"online": False}),
    ),
    people=LONDONERS,
    subjects=_CARS,
    clients=110,
    languages=("en",),
    staff=(
        Staff("owner", "Margaret Osei", "owner"),
        Staff("reception", "Dan Whitfield", "reception"),
        Staff("tester", "Rob Ainsley", "specialist", "lift-1"),
    ),
    notice={"en": "The ULEZ applies on Coburg Road. Waiting room with coffee on the first floor."},
    policy={"en": "Move or cancel free of charge until 2 hours before. Arrive on time: tests cannot be shortened."},
    settings={"queue": True, "lead_minutes": 120, "horizon_days": 60, "cancel_until_minutes": 120, "booked_for": ["vehicle"], "moves_limit": 2,
        "several_services": False,
    },
    questions=(
        Question("wait", {"en": "While we test"}, "choice", required=True, choices={
            "wait": {"en": "I wait in the café"}, "leave": {"en": "I leave the keys"}, "courier": {"en": "Somebody collects it"},
        }),
        Question("mileage", {"en": "Mileage"}, "number", hint={"en": "Roughly is enough."}),
        Question("expires", {"en": "The present MOT ends on"}, "date", services=("mot-car", "mot-van", "mot-bike")),
    ),
    consents=(
        Consent({"en": "I accept the terms of testing."}, file="terms-of-testing.pdf"),
        Consent({"en": "Remind me next year, a month before the MOT ends."}, "marketing", required=False),
    ),
    holidays=((12, 25), (12, 26), (1, 1)),
    notes=("Will wait", "Keys through the letterbox", "Advisory last year: brake pads", "Courtesy car asked for"),
    meeting="Lift maintenance",
)  # fmt: skip
