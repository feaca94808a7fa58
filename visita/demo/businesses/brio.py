"""A garage with a car wash in Timișoara: boxes, vehicles, quiet hours that cost less, tyres twice a year."""

from dataclasses import replace

from visita.demo.names import ROMANIANS
from visita.demo.plan import (
    Business,
    By,
    Calendar,
    Deal,
    Group,
    Hours,
    Offered,
    Pets,
    Place,
    Question,
    Staff,
    Step,
    steps,
)

_OPEN = (Hours("012345", ("07:30-19:00",)), Hours("6", ("09:00-15:00",)))
_CAR = Step("form", "car", {"ro": "Despre mașină", "en": "About the car"}, fields=("plate", "size", "tyres"))
_BOXES = (By("boxa-1"), By("boxa-2"), By("boxa-3"))

BRIO = Business(
    slug="brio",
    name="Brio Auto: service și spălătorie",
    trade="garage",
    language="ro",
    languages=("ro", "en"),
    zone="Europe/Bucharest",
    country="RO",
    currency="RON",
    phone="0256 555 031",
    accent="#b8500c",
    places=(Place("Brio Auto", "Calea Aradului 88", "Timișoara", "0256 555 031", journal="07:00-19:30"),),
    calendars=(
        Calendar("boxa-1", "Boxa 1", _OPEN, kind="device"),
        Calendar("boxa-2", "Boxa 2", _OPEN, kind="device"),
        Calendar("boxa-3", "Boxa 3 (dube)", _OPEN, kind="device"),
        Calendar("sorin", "Sorin Lupu", (Hours("01234", ("08:00-12:30", "13:00-17:00")), Hours("5", ("08:00-13:00",))),
                 occupation={"ro": "mecanic", "en": "mechanic"}),
        Calendar("denisa", "Denisa Crișan", (Hours("01234", ("10:00-14:00", "14:30-18:30")), Hours("5", ("08:00-13:00",))),
                 occupation={"ro": "mecanic, electrică", "en": "mechanic, electrics"}),
        Calendar("elevator", "Elevator", (Hours("012345", ("08:00-18:30",)),), kind="device", online=False),
    ),
    groups=(
        Group("spalatorie", {"ro": "Spălătorie", "en": "Car wash"}, 15),
        Group("anvelope", {"ro": "Anvelope", "en": "Tyres"}, 15),
        Group("service", {"ro": "Service", "en": "Workshop"}, 30),
    ),
    services=(
        Offered("spalare", "spalatorie", {"ro": "Spălare exterior și interior", "en": "Wash, outside and inside"}, _BOXES, 45,
                90, weight=6, fields={"is_default": True, "synonyms": {"ro": "spălat mașina, aspirat", "en": "cleaning"}}),
        Offered("spalare-rapida", "spalatorie", {"ro": "Spălare rapidă exterior", "en": "Quick wash, outside"}, _BOXES, 15, 40,
                weight=5),
        Offered("detailing", "spalatorie", {"ro": "Detailing complet", "en": "Full detailing"}, (By("boxa-3"),), 240, 950,
                weight=0.3, settings={"approval": True}, fields={"synonyms": {"ro": "polish, ceară, ceramică", "en": "polish, wax"}}),
        Offered("anvelope", "anvelope", {"ro": "Schimb anvelope (4 roți)", "en": "Tyre change (4 wheels)"},
                (By("sorin"), By("denisa")), 45, 180, needs=(("elevator",),), weight=3,
                fields={"synonyms": {"ro": "roți, iarnă, vară, vulcanizare", "en": "wheels, winter, summer"}}),
        Offered("revizie", "service", {"ro": "Revizie cu schimb de ulei", "en": "Service with oil change"}, (By("sorin"),), 90,
                450, needs=(("elevator",),), weight=2, fields={"synonyms": {"ro": "ulei, filtre", "en": "oil, filters"},
                "preparation": {"ro": "Aduceți talonul și cartea de service.", "en": "Bring the papers and service book."}}),
        Offered("diagnoza", "service", {"ro": "Diagnoză computerizată", "en": "Diagnostics"}, (By("denisa"),), 30, 150, weight=2,
                fields={"synonyms": {"ro": "martor motor, eroare", "en": "warning light"}}),
    ),
    people=replace(ROMANIANS, phone="075#######"),
    subjects=Pets(
        names={"car": ("Dacia Logan TM 1# BRI", "Skoda Octavia TM 2# LUX", "VW Passat AR 0# MAX", "Renault Clio TM 3# ANA"),
               "van": ("Ford Transit TM 4# CAR", "Fiat Ducato TM 5# TIM")},
        facts={"car": (("fuel", "benzină"), ("fuel", "motorină"), ("fuel", "hibrid")), "van": (("fuel", "motorină"),)},
    ),
    clients=40,
    staff=(
        Staff("owner", "Viorel Jurcă", "owner"),
        Staff("reception", "Larisa Bota", "reception"),
        Staff("sorin.lupu", "Sorin Lupu", "specialist", "sorin"),
    ),
    policy={
        "ro": "Anulați cu cel puțin 2 ore înainte. Întârzierile peste 15 minute se reprogramează.",
        "en": "Cancel until 2 hours before. Later than 15 minutes means a new time.",
    },
    settings={"queue": True, "lead_minutes": 30, "horizon_days": 30, "cancel_until_minutes": 120},
    deals=(
        Deal("spalare", {"ro": "Ore liniștite", "en": "Quiet hours"}, 25, "01234", "10:00-15:00"),
        Deal("spalare-rapida", {"ro": "Ore liniștite", "en": "Quiet hours"}, 25, "01234", "10:00-15:00"),
    ),
    paths={"masina": (*steps("service"), _CAR, *steps("time"))},
    questions=(
        Question("plate", {"ro": "Numărul de înmatriculare", "en": "Number plate"}, required=True,
                 hint={"ro": "De exemplu TM 12 ABC.", "en": "For example TM 12 ABC."}),
        Question("size", {"ro": "Mărimea mașinii", "en": "Size of the car"}, "choice", choices={
            "small": {"ro": "mică", "en": "small"}, "large": {"ro": "SUV sau break", "en": "SUV or estate"},
            "van": {"ro": "dubă", "en": "van"}}),
        Question("tyres", {"ro": "Dimensiunea anvelopelor", "en": "Tyre size"}, hint={"ro": "De exemplu 205/55 R16.",
                 "en": "For example 205/55 R16."}, services=("anvelope",)),
    ),
    holidays=((11, 30), (12, 1), (12, 25), (12, 26), (1, 1), (1, 2)),
    notes=("Scaun de copil în spate", "Păr de câine", "Așteaptă în sală"),
    density=0.7,
    around=(2, 7),
)  # fmt: skip
