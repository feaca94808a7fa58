"""One doctor's practice in Chișinău: nobody to choose, few services, two languages written in two alphabets."""

from dataclasses import replace

from visita.demo.names import ROMANIANS
from visita.demo.plan import Business, By, Calendar, Group, Hours, Offered, Place, Staff

_DOCTOR = (By("ceban"),)

CEBAN = Business(
    slug="dr-ceban",
    name="Cabinet Dr. Ceban",
    trade="practice",
    language="ro",
    languages=("ro", "ru"),
    zone="Europe/Chisinau",
    country="MD",
    currency="MDL",
    phone="022 55 01 84",
    accent="#4b5f9e",
    places=(Place("Cabinet Dr. Ceban", "Str. Mitropolit Varlaam 65", "Chișinău", "022 55 01 84", journal="08:00-17:00"),),
    calendars=(
        Calendar("ceban", "Natalia Ceban", (Hours("01345", ("09:00-12:30", "13:30-17:00")), Hours("6", ("10:00-13:00",))),
                 title="Dr.", occupation={"ro": "medic endocrinolog", "ru": "врач-эндокринолог"}),
    ),
    groups=(Group("cabinet", {"ro": "Consultații", "ru": "Приём"}, 20),),
    services=(
        Offered("prima", "cabinet", {"ro": "Prima consultație", "ru": "Первичный приём"}, _DOCTOR, 40, 500, weight=3,
                fields={"is_default": True, "synonyms": {"ro": "tiroidă, hormoni, diabet",
                                                         "ru": "щитовидная железа, гормоны, диабет"},
                        "preparation": {"ro": "Aduceți analizele din ultimele șase luni.",
                                        "ru": "Возьмите с собой анализы за последние полгода."}}),
        Offered("repetat", "cabinet", {"ro": "Consultație repetată", "ru": "Повторный приём"}, _DOCTOR, 20, 300, weight=4),
        Offered("eco", "cabinet", {"ro": "Ecografia glandei tiroide", "ru": "УЗИ щитовидной железы"}, _DOCTOR, 20, 350,
                weight=2, fields={"synonyms": {"ro": "USG", "ru": "ультразвук"}}),
        Offered("rezultate", "cabinet", {"ro": "Discutarea rezultatelor la telefon", "ru": "Разбор анализов по телефону"},
                _DOCTOR, 20, 150, weight=1),
    ),
    people=replace(ROMANIANS, phone="069######"),
    clients=25,
    staff=(
        Staff("owner", "Dr. Natalia Ceban", "owner", "ceban"),
        Staff("reception", "Liuba Rotaru", "reception"),
        Staff("nurse", "Veronica Guțu", "specialist", "ceban"),
    ),
    policy={
        "ro": "Anulați sau mutați vizita cel târziu cu o zi înainte.",
        "ru": "Отменить или перенести визит можно не позднее чем за день.",
    },
    settings={"lead_minutes": 240, "horizon_days": 60, "cancel_until_minutes": 1440, "several_services": False,
              "online_hours": [*([day, 540, 750] for day in (0, 1, 3, 4)), [6, 600, 780]]},
    notice={
        "ro": "Online se programează dimineața; după-amiaza ne sunați.",
        "ru": "Онлайн можно записаться на утро, на вторую половину дня — по телефону.",
    },
    holidays=((12, 25), (1, 1), (1, 7), (1, 8), (3, 8), (5, 1), (5, 9)),
    notes=("Vine cu trimitere", "Говорит по-русски"),
    around=(3, 8),
)  # fmt: skip
