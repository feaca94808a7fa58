"""Physiotherapists in Dublin: an assessment first, then a course of visits; a small exercise class by the sea."""

from dataclasses import replace

from visita.demo.names import LONDONERS
from visita.demo.plan import Business, By, Calendar, Group, Hours, Lesson, Offered, Place, Staff

_ALL = (By("niamh"), By("conor"))

HARBOUR = Business(
    slug="harbour",
    name="Harbour Physiotherapy",
    trade="physiotherapy",
    language="en",
    languages=("en",),
    zone="Europe/Dublin",
    country="IE",
    currency="EUR",
    phone="01 555 0139",
    accent="#0b6e8a",
    places=(Place("Harbour Physiotherapy", "9 Crofton Road, Dún Laoghaire", "Dublin", "01 555 0139", journal="07:00-20:00"),),
    calendars=(
        Calendar("niamh", "Niamh Byrne", (Hours("0124", ("07:30-13:00", "13:30-16:00")), Hours("6", ("10:00-13:00",))),
                 occupation={"en": "chartered physiotherapist, back and neck"}),
        Calendar("conor", "Conor Walsh", (Hours("134", ("11:00-15:00", "15:30-20:00")), Hours("5", ("09:00-13:00",))),
                 occupation={"en": "chartered physiotherapist, sports injuries"}),
        Calendar("gym", "Gym", (Hours("0123456", ("07:00-20:30",)),), kind="room", online=False),
    ),
    groups=(
        Group("physio", {"en": "Physiotherapy"}, 15),
        Group("classes", {"en": "Small groups"}, 15, 6),
    ),
    services=(
        Offered("assessment", "physio", {"en": "First assessment"}, _ALL, 60, 85, weight=3,
                fields={"is_default": True, "synonyms": {"en": "new patient, back pain, neck, knee, shoulder, sciatica"},
                        "preparation": {"en": "Wear shorts or loose clothes. Bring scans and letters if you have them."}}),
        Offered("treatment", "physio", {"en": "Treatment (after an assessment)"}, _ALL, 30, 60, weight=6,
                settings={"eligibility": {"clients": "returning", "offer": "assessment", "text": {"en": "Treatments follow a first assessment: book that one first."}}},
                fields={"synonyms": {"en": "follow-up, return visit"}}),
        Offered("course", "physio", {"en": "Rehabilitation session (course of six)"}, _ALL, 45, 70, needs=(("gym",),), weight=2,
                fields={"synonyms": {"en": "rehab, exercise, surgery"}}, settings={"repeat_most": 6}),
        Offered("needling", "physio", {"en": "Dry needling"}, (By("conor"),), 30, 60, weight=1),
        Offered("back-class", "classes", {"en": "Strong back class"}, (By("niamh"),), 50, 18, needs=(("gym",),),
                fields={"kind": "class", "max_party": 2, "preparation": {"en": "Bring a towel."}}),
    ),
    lessons=(
        Lesson("back-class", "13", "17:30", ("niamh", "gym"), 6),
        Lesson("back-class", "6", "13:15", ("niamh", "gym"), 6),
    ),
    people=replace(LONDONERS, phone="085 ### ####"),
    clients=35,
    staff=(
        Staff("owner", "Niamh Byrne", "owner", "niamh"),
        Staff("reception", "Aoife Kearney", "reception"),
        Staff("conor.walsh", "Conor Walsh", "specialist", "conor"),
    ),
    policy={"en": "Cancel or move until 24 hours before. Later we charge half of the fee."},
    settings={"lead_minutes": 120, "horizon_days": 60, "cancel_until_minutes": 1440},
    holidays=((12, 25), (12, 26), (1, 1), (3, 17)),
    notes=("Six weeks after knee surgery", "VHI insurance", "Marathon in spring"),
    meeting="Case review",
    around=(3, 8),
)  # fmt: skip
