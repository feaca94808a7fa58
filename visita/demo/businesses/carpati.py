"""A dental clinic in Cluj: the dentist is chosen first, long treatments need a room with the X-ray, children's visits."""

from dataclasses import replace

from visita.demo.names import ROMANIANS
from visita.demo.plan import Business, By, Calendar, Group, Hours, Offered, Place, Staff, steps

_ROOM = (Hours("012345", ("08:00-20:00",)),)


def _dentist(key: str, name: str, hours: tuple[Hours, ...], ro: str, en: str) -> Calendar:
    return Calendar(key, name, hours, title="Dr.", occupation={"ro": ro, "en": en})


_CALENDARS = (
    _dentist("bodea", "Anca Bodea", (Hours("0123", ("08:00-14:00",)), Hours("5", ("09:00-14:00",))),
             "medic stomatolog, endodonție", "dentist, root canals"),
    _dentist("muresan", "Paul Mureșan", (Hours("01234", ("13:00-20:00",)),), "medic stomatolog, implanturi",
             "dentist, implants"),
    _dentist("kovacs", "Réka Kovács", (Hours("024", ("09:00-17:00",)), Hours("5", ("09:00-13:00",))),
             "ortodont, copii și adulți", "orthodontist, children and adults"),
    Calendar("ilinca", "Ilinca Pop", (Hours("01234", ("08:00-16:00",)), Hours("56", ("09:00-13:00",))),
             occupation={"ro": "igienistă dentară", "en": "dental hygienist"}),
    Calendar("radiologie", "Radiologie", _ROOM, kind="room", online=False),
)  # fmt: skip

_DENTISTS = (By("bodea"), By("muresan"))
_CALM = {
    "ro": "Mâncați ușor înainte. Dacă luați anticoagulante, sunați-ne cu o zi înainte.",
    "en": "Eat lightly before. If you take blood thinners, call us the day before.",
}

_SERVICES = (
    Offered("consultatie", "general", {"ro": "Consultație și plan de tratament", "en": "Examination and plan"},
            (*_DENTISTS, By("kovacs")), 30, 150, weight=4,
            fields={"is_default": True, "synonyms": {"ro": "control, durere de dinți, măsea", "en": "toothache, check-up"}}),
    Offered("plomba", "general", {"ro": "Obturație (plombă)", "en": "Filling"}, _DENTISTS, 45, 280, weight=4,
            fields={"synonyms": {"ro": "carie, plombă", "en": "cavity"}}),
    Offered("canal", "general", {"ro": "Tratament de canal", "en": "Root canal"}, (By("bodea"),), 90, 650, weight=1,
            fields={"preparation": _CALM}),
    Offered("extractie", "chirurgie", {"ro": "Extracție măsea de minte", "en": "Wisdom tooth removal"}, (By("muresan"),),
            60, 550, needs=(("radiologie",),), weight=1, fields={"buffer_after": 15, "preparation": _CALM}),
    Offered("implant", "chirurgie", {"ro": "Implant dentar", "en": "Dental implant"}, (By("muresan"),), 120, 2900,
            needs=(("radiologie",),), weight=0.5, settings={"approval": True}, fields={"buffer_after": 30, "preparation": _CALM}),
    Offered("radiografie", "chirurgie", {"ro": "Radiografie panoramică", "en": "Panoramic X-ray"}, (By("ilinca"),), 15,
            120, needs=(("radiologie",),), weight=1, fields={"synonyms": {"ro": "OPG, raze"}}),
    Offered("igienizare", "igiena", {"ro": "Igienizare profesională", "en": "Professional cleaning"}, (By("ilinca"),), 45,
            250, weight=5, fields={"synonyms": {"ro": "detartraj, periaj, airflow", "en": "scaling, polishing"}}),
    Offered("albire", "igiena", {"ro": "Albire dentară", "en": "Whitening"}, (By("ilinca"),), 60, 900, weight=1),
    Offered("aparat", "ortodontie", {"ro": "Consultație ortodonție", "en": "Orthodontic consultation"}, (By("kovacs"),),
            45, 250, weight=2, fields={"synonyms": {"ro": "aparat dentar, brackets", "en": "braces, aligners"}}),
    Offered("activare", "ortodontie", {"ro": "Activare aparat", "en": "Braces adjustment"}, (By("kovacs"),), 20, 150,
            weight=3),
)  # fmt: skip

CARPATI = Business(
    slug="carpati",
    name="Dental Carpați",
    trade="dental",
    language="ro",
    languages=("ro", "en"),
    zone="Europe/Bucharest",
    country="RO",
    currency="RON",
    phone="0264 555 012",
    accent="#2a6f97",
    places=(Place("Dental Carpați", "Str. Republicii 28", "Cluj-Napoca", "0264 555 012"),),
    calendars=_CALENDARS,
    groups=(
        Group("general", {"ro": "Stomatologie generală", "en": "General dentistry"}, 15),
        Group("igiena", {"ro": "Igienă și estetică", "en": "Hygiene and whitening"}, 15),
        Group("ortodontie", {"ro": "Ortodonție", "en": "Orthodontics"}, 15),
        Group("chirurgie", {"ro": "Chirurgie și radiologie", "en": "Surgery and X-ray"}, 15),
    ),
    services=_SERVICES,
    people=replace(ROMANIANS, phone="074#######"),
    clients=40,
    staff=(
        Staff("owner", "Dr. Anca Bodea", "owner", "bodea"),
        Staff("reception", "Sorina Câmpean", "reception"),
        Staff("reka.kovacs", "Dr. Réka Kovács", "specialist", "kovacs"),
    ),
    policy={
        "ro": "Puteți muta sau anula cu 24 de ore înainte. La implant confirmăm telefonic.",
        "en": "You can move or cancel until 24 hours before. Implants are confirmed by phone.",
    },
    settings={"lead_minutes": 180, "horizon_days": 90, "cancel_until_minutes": 1440, "confirm_phone": True,
              "several_services": False},
    paths={"": steps("person", "service", "time"), "control": steps("service", "person", "time")},
    holidays=((11, 30), (12, 1), (12, 25), (12, 26), (1, 1), (1, 2), (1, 24)),
    notes=("Teamă de ac", "Sensibilitate la rece", "Plătește prin asigurare"),
    meeting="Sterilizare",
    around=(3, 8),
)  # fmt: skip
