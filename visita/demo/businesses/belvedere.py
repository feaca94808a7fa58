"""A chain of opticians: shops in Rome, Bologna and Turin, eye tests there, lenses fitted, repairs at the counter."""

from visita.demo.names import ITALIANS
from visita.demo.plan import Business, By, Calendar, Group, Hours, Offered, Place, Staff

_TESTERS = (By("serena"), By("matteo"), By("irene"), By("walter"))


def _optician(
    key: str, name: str, place: str, it: str = "ottico optometrista", en: str = "optometrist"
) -> Calendar:
    hours = (Hours("12345", ("09:30-13:00", "15:00-19:30"), at=place), Hours("0", ("15:00-19:30",), at=place),
             Hours("6", ("10:00-13:00",), at=place))  # fmt: skip
    return Calendar(key, name, hours, occupation={"it": it, "en": en})


def _counter(place: str) -> Calendar:
    return Calendar(
        f"banco-{place}", "Banco", (Hours("012345", ("09:30-13:00", "15:00-19:30"), at=place),), kind="device"
    )


BELVEDERE = Business(
    slug="belvedere",
    name="Ottica Belvedere",
    trade="optician",
    language="it",
    languages=("it", "en", "ro"),
    zone="Europe/Rome",
    country="IT",
    currency="EUR",
    phone="06 5555 0171",
    accent="#7a3b5d",
    places=(
        Place("Belvedere Prati", "Via Cola di Rienzo 218", "Roma", "06 5555 0171", key="prati", journal="09:00-20:00"),
        Place("Belvedere Trieste", "Viale Eritrea 91", "Roma", "06 5555 0172", key="trieste", journal="09:00-20:00"),
        Place("Belvedere Bologna", "Via Farini 24", "Bologna", "051 555 0173", key="bologna", journal="09:00-20:00"),
        Place("Belvedere Torino", "Via Po 17", "Torino", "011 555 0174", key="torino", journal="09:00-20:00"),
    ),
    calendars=(
        _optician("serena", "Serena Galli", "prati", "ottica optometrista"),
        _optician("matteo", "Matteo Riva", "trieste"),
        _optician("irene", "Irene Zanetti", "bologna", "ottica optometrista"),
        _optician("walter", "Walter Ferraris", "torino"),
        _counter("prati"), _counter("bologna"), _counter("torino"),
    ),
    groups=(
        Group("vista", {"it": "Vista", "en": "Eyesight", "ro": "Vedere"}, 15),
        Group("lenti", {"it": "Lenti a contatto", "en": "Contact lenses", "ro": "Lentile de contact"}, 15),
        Group("banco", {"it": "Occhiali", "en": "Glasses", "ro": "Ochelari"}, 15, 3),
    ),
    services=(
        Offered("controllo", "vista", {"it": "Controllo della vista", "en": "Eye test", "ro": "Control al vederii"}, _TESTERS,
                30, 0, weight=5, settings={"booking_rules": [{"rule": "example.days-between", "parameters": {"days": 120}}]}, fields={"is_default": True, "synonyms": {"it": "misurazione, esame, optometria",
                "en": "sight, vision", "ro": "dioptrii, consultație"},
                "preparation": {"it": "Portate gli occhiali che usate.", "en": "Bring the glasses you wear.",
                                "ro": "Aduceți ochelarii pe care îi purtați."}}),
        Offered("bambini", "vista", {"it": "Controllo per bambini", "en": "Children's eye test", "ro": "Control pentru copii"},
                (By("serena"), By("irene")), 45, 20, weight=2),
        Offered("lac", "lenti", {"it": "Applicazione lenti a contatto", "en": "Contact lens fitting",
                                 "ro": "Adaptare lentile de contact"}, _TESTERS, 60, 40, weight=2,
                fields={"preparation": {"it": "Venite senza lenti da almeno 12 ore.",
                                        "en": "Do not wear lenses for 12 hours before.",
                                        "ro": "Nu purtați lentile cu 12 ore înainte."}}),
        Offered("lac-controllo", "lenti", {"it": "Controllo lenti", "en": "Contact lens check", "ro": "Control lentile"},
                _TESTERS, 15, 0, weight=2),
        Offered("riparazione", "banco", {"it": "Regolazione o riparazione", "en": "Adjustment or repair",
                                         "ro": "Reglare sau reparație"},
                (By("banco-prati"), By("banco-bologna"), By("banco-torino")), 15, 0, weight=2,
                fields={"synonyms": {"it": "vite, asta, naselli"}}),
    ),
    people=ITALIANS,
    clients=40,
    staff=(
        Staff("owner", "Renata Belvedere", "owner"),
        Staff("reception", "Fabio Neri", "reception"),
        Staff("centre", "Silvia Conti", "booking_centre"),
        Staff("irene.zanetti", "Irene Zanetti", "specialist", "irene"),
    ),
    policy={
        "it": "Si può disdire o spostare fino a 3 ore prima, in ogni negozio.",
        "en": "You can cancel or move until 3 hours before, at every shop.",
        "ro": "Puteți anula sau muta cu 3 ore înainte, la orice magazin.",
    },
    settings={"lead_minutes": 60, "horizon_days": 40, "cancel_until_minutes": 180},
    holidays=((12, 8), (12, 25), (12, 26), (1, 1), (1, 6), (4, 25), (5, 1), (6, 2), (8, 15)),
    notes=("Vuole lenti progressive", "Porta la prescrizione"),
    density=0.5,
    around=(2, 7),
)  # fmt: skip
