"""An orthopaedic workshop in Trento: a measuring, then a fitting days later, then a check; shoes, soles, braces."""

from visita.demo.names import ITALIANS
from visita.demo.plan import Business, By, Calendar, Group, Hours, Offered, Place, Staff

_BOTH = (By("degasperi"), By("hofer"))
_PRESCRIPTION = {"it": "Portate la prescrizione del medico e le scarpe che usate di più.",
                 "en": "Bring the doctor's prescription and the shoes you wear most."}  # fmt: skip

PASSO = Business(
    slug="passo",
    name="Ortopedia Passo",
    trade="orthopaedics",
    language="it",
    languages=("it", "en"),
    zone="Europe/Rome",
    country="IT",
    currency="EUR",
    phone="0461 555 018",
    accent="#48617a",
    places=(Place("Ortopedia Passo", "Via San Marco 33", "Trento", "0461 555 018", journal="08:30-18:30"),),
    calendars=(
        Calendar("degasperi", "Bruno Degasperi", (Hours("01234", ("08:30-12:00", "14:30-18:30")),),
                 occupation={"it": "tecnico ortopedico", "en": "orthopaedic technician"}),
        Calendar("hofer", "Greta Hofer", (Hours("0124", ("09:00-13:00", "14:00-17:00")), Hours("5", ("09:00-12:30",))),
                 occupation={"it": "tecnica ortopedica, plantari", "en": "orthopaedic technician, insoles"}),
        Calendar("pedana", "Pedana baropodometrica", (Hours("012345", ("08:30-18:30",)),), kind="device", online=False),
    ),
    groups=(
        Group("plantari", {"it": "Plantari e calzature", "en": "Insoles and shoes"}, 15),
        Group("tutori", {"it": "Tutori e protesi", "en": "Braces and prostheses"}, 15),
    ),
    services=(
        Offered("misura", "plantari", {"it": "Plantari: analisi e misura", "en": "Insoles: gait analysis and measuring"}, _BOTH,
                45, 60, needs=(("pedana",),), weight=4,
                fields={"is_default": True, "preparation": _PRESCRIPTION,
                        "synonyms": {"it": "piede, passo, calcagno, alluce", "en": "foot, heel, sole"}}),
        Offered("prova", "plantari", {"it": "Plantari: prova e consegna", "en": "Insoles: fitting"}, _BOTH, 30, 0, weight=4),
        Offered("calzatura", "plantari", {"it": "Calzatura su misura: impronta", "en": "Custom shoes: cast"}, (By("degasperi"),),
                60, 90, weight=1, fields={"preparation": _PRESCRIPTION}),
        Offered("busto", "tutori", {"it": "Busto o tutore: misura", "en": "Corset or brace: measuring"}, _BOTH, 45, 50, weight=2,
                fields={"preparation": _PRESCRIPTION, "synonyms": {"it": "schiena, scoliosi, ginocchio", "en": "back, knee"}}),
        Offered("controllo", "tutori", {"it": "Controllo e regolazione", "en": "Check and adjustment"}, _BOTH, 20, 0, weight=2),
    ),
    people=ITALIANS,
    clients=25,
    staff=(
        Staff("owner", "Bruno Degasperi", "owner", "degasperi"),
        Staff("reception", "Monica Tomasi", "reception"),
        Staff("greta.hofer", "Greta Hofer", "specialist", "hofer"),
    ),
    policy={
        "it": "Si può spostare o disdire fino al giorno prima.",
        "en": "You can move or cancel until the day before.",
    },
    settings={"client_password": True, "schemes": True, "client_fields": {"last_name": "required", "email": "asked", "birth_date": "required", "tax_code": "required", "city": "asked"}, "lead_minutes": 240, "horizon_days": 60, "cancel_until_minutes": 1440},
    holidays=((12, 8), (12, 25), (12, 26), (1, 1), (1, 6), (4, 25), (5, 1), (6, 2), (8, 15)),
    notes=("Convenzione ASL", "Sedia a rotelle"),
    around=(2, 7),
)  # fmt: skip
