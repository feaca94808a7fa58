"""A sports hall in Rome: classes with places, pitches at fixed hours, a gym that many share."""

from visita.demo.names import ITALIANS
from visita.demo.plan import Business, By, Calendar, Group, Hours, Lesson, Offered, Place, Staff

_OPEN = Hours("01234", ("07:00-22:00",))
_WEEKEND = Hours("56", ("09:00-20:00",))
_FIELD_HOURS = ("09:00", "10:30", "12:00", "16:00", "17:30", "19:00", "20:30")


def _hall(key: str, name: str, online: bool = True) -> Calendar:
    return Calendar(key, name, (_OPEN, _WEEKEND), kind="room", online=online)


def _teacher(key: str, name: str, it: str, en: str) -> Calendar:
    return Calendar(key, name, (_OPEN, _WEEKEND), occupation={"it": it, "en": en})


_CALENDARS = (
    _teacher("chiara", "Chiara Ferri", "istruttrice di yoga", "yoga teacher"),
    _teacher("davide", "Davide Costa", "istruttore di pilates e spinning", "pilates and spinning coach"),
    _hall("sala-a", "Sala A", online=False),
    _hall("sala-b", "Sala B", online=False),
    _hall("calcetto", "Campo da calcetto"),
    _hall("padel-1", "Padel 1"),
    _hall("padel-2", "Padel 2"),
    _hall("pesi", "Sala pesi"),
)

_CLASS = {"kind": "class", "max_party": 2}

_SERVICES = (
    Offered("yoga", "corsi", {"it": "Yoga dolce", "en": "Gentle yoga"}, (By("chiara"),), 60, 14,
            needs=(("sala-a",),),
            fields={**_CLASS, "icon": "people", "preparation": {"it": "Porta un tappetino o prendilo in prestito.",
                                                                "en": "Bring a mat or borrow one."}}),
    Offered("pilates", "corsi", {"it": "Pilates", "en": "Pilates"}, (By("davide"),), 50, 15, needs=(("sala-a",),),
            fields=_CLASS),
    Offered("spinning", "corsi", {"it": "Spinning", "en": "Spinning"}, (By("davide"),), 45, 12, needs=(("sala-b",),),
            fields={**_CLASS, "max_party": 1}),
    Offered("calcetto", "campi", {"it": "Calcetto (campo intero)", "en": "Five-a-side pitch"}, (By("calcetto"),), 90,
            84, weight=1, fields={"start_hours": _FIELD_HOURS, "synonyms": {"it": "calcio a 5, pallone"}}),
    Offered("padel", "campi", {"it": "Padel (campo)", "en": "Padel court"}, (By("padel-1"), By("padel-2")), 60, 40,
            weight=1, fields={"is_default": True, "buffer_after": 0}),
    Offered("pesi", "palestra", {"it": "Ingresso sala pesi", "en": "Gym entry"}, (By("pesi"),), 90, 9, weight=1,
            fields={"max_party": 4, "start_step": 30}),
    Offered("scheda", "personal", {"it": "Scheda di allenamento", "en": "Training plan"},
            (By("davide"),), 45, 38, weight=0.15),
)  # fmt: skip

_LESSONS = (
    Lesson("yoga", "024", "07:30", ("chiara", "sala-a"), 14),
    Lesson("yoga", "13", "18:30", ("chiara", "sala-a"), 14),
    Lesson("yoga", "56", "10:00", ("chiara", "sala-a"), 14),
    Lesson("pilates", "024", "18:00", ("davide", "sala-a"), 10),
    Lesson("pilates", "5", "11:30", ("davide", "sala-a"), 10),
    Lesson("spinning", "13", "19:45", ("davide", "sala-b"), 12),
    Lesson("spinning", "024", "13:00", ("davide", "sala-b"), 12),
    Lesson("spinning", "6", "11:30", ("davide", "sala-b"), 12),
)

AURORA = Business(
    slug="aurora",
    name="Centro Sportivo Aurora",
    trade="sports",
    language="it",
    zone="Europe/Rome",
    country="IT",
    currency="EUR",
    phone="06 5555 0138",
    accent="#e0661b",
    places=(Place("Aurora Trastevere", "Via della Lungara 41", "Roma", "06 5555 0138", journal="07:00-22:00"),),
    calendars=_CALENDARS,
    groups=(
        Group("corsi", {"it": "Corsi", "en": "Classes"}, 30, 14),
        Group("campi", {"it": "Campi", "en": "Pitches and courts"}, 30),
        Group("palestra", {"it": "Palestra", "en": "Gym"}, 30, 12),
        Group("personal", {"it": "Personal training", "en": "Personal training"}, 15),
    ),
    services=_SERVICES,
    lessons=_LESSONS,
    people=ITALIANS,
    clients=130,
    staff=(
        Staff("owner", "Silvia Marchetti", "owner"),
        Staff("reception", "Paolo Serra", "reception"),
        Staff("chiara.ferri", "Chiara Ferri", "specialist", "chiara"),
    ),
    notice={
        "it": "Spogliatoi nuovi al piano -1. Lucchetto alla cassa.",
        "en": "New changing rooms on the lower floor. Padlocks at the desk.",
    },
    policy={
        "it": "Si può disdire fino a 6 ore prima. Per i corsi serve il certificato medico.",
        "en": "You can cancel until 6 hours before. Classes need a medical certificate.",
    },
    settings={"lead_minutes": 30, "horizon_days": 30, "cancel_until_minutes": 360, "letter_booked_email": False},
    holidays=((12, 25), (1, 1)),
    notes=("Porta un amico", "Certificato medico in scadenza", "Prima volta"),
    density=0.4,
)  # fmt: skip
