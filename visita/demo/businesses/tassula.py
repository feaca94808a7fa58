"""A vet clinic in Helsinki: visits are about pets; operations need a vet, a nurse and the theatre, and are confirmed."""

from visita.demo.names import FINNS
from visita.demo.plan import Business, By, Calendar, Group, Hours, Offered, Pets, Place, Staff

_PETS = Pets(
    names={
        "dog": ("Musti", "Bella", "Rekku", "Luna", "Halli", "Peppi", "Nalle", "Väinö"),
        "cat": ("Misse", "Viiru", "Pörri", "Kisu", "Nöpö", "Tiuhti"),
        "rabbit": ("Pupu", "Hilma", "Lumi"),
    },
    facts={
        "dog": (("breed", "suomenlapinkoira"), ("breed", "labradorinnoutaja"), ("breed", "sekarotuinen"),
                ("breed", "mäyräkoira")),
        "cat": (("breed", "maatiaiskissa"), ("breed", "norjalainen metsäkissa")),
        "rabbit": (("breed", "kääpiökani"),),
    },
)  # fmt: skip

_OPERATION = {
    "fi": "Eläin on paastossa kello 22:sta alkaen edellisenä iltana; vettä saa juoda aamuun asti. Tuo eläin kello 8–9.",
    "en": "No food from 10 p.m. the evening before; water is fine until morning. Bring your pet between 8 and 9.",
}

_CALENDARS = (
    Calendar("aino", "Aino Virtanen", (Hours("0123", ("08:30-12:00", "12:30-16:30")), Hours("6", ("10:00-16:00",))), title="ELL",
             occupation={"fi": "eläinlääkäri, pieneläinkirurgi", "en": "vet, small-animal surgeon"}),
    Calendar("mikko", "Mikko Lahtinen",
             (Hours("134", ("10:00-14:00", "14:30-19:00")), Hours("56", ("11:00-17:00",))),
             title="ELL", occupation={"fi": "eläinlääkäri, hammashoito", "en": "vet, dentistry"}),
    Calendar("tuuli", "Tuuli Niemi", (Hours("01234", ("08:00-16:00",)), Hours("56", ("10:00-17:00",))),
             occupation={"fi": "klinikkaeläinhoitaja", "en": "veterinary nurse"}),
    Calendar("sali", "Leikkaussali", (Hours("0123456", ("08:00-17:00",)),), kind="room", online=False),
)  # fmt: skip

_SERVICES = (
    Offered("tutkimus", "vastaanotto", {"fi": "Eläinlääkärin tutkimus", "en": "Examination by a vet"},
            (By("aino"), By("mikko")), 30, 68, weight=5, fields={"is_default": True}),
    Offered("rokotus", "vastaanotto", {"fi": "Rokotus ja terveystarkastus", "en": "Vaccination and health check"},
            (By("aino"), By("mikko")), 20, 59, weight=4, fields={"synonyms": {"fi": "rokote, piikki, penikkatauti"}}),
    Offered("kontrolli", "vastaanotto", {"fi": "Kontrollikäynti", "en": "Follow-up"}, (By("aino"), By("mikko")), 20,
            42, weight=2),
    Offered("kynnet", "hoitaja", {"fi": "Kynsien leikkuu", "en": "Claw trim"}, (By("tuuli"),), 15, 22, weight=3),
    Offered("siru", "hoitaja", {"fi": "Mikrosiru ja passi", "en": "Microchip and passport"}, (By("tuuli"),), 30, 49,
            weight=2),
    Offered("sterilointi", "leikkaukset", {"fi": "Sterilointi", "en": "Spaying"}, (By("aino"),), 90, 320,
            needs=(("sali",), ("tuuli",)), weight=3, settings={"approval": True},
            fields={"buffer_before": 15, "buffer_after": 30, "preparation": _OPERATION, "color": "#7a5ea8"}),
    Offered("hampaat", "leikkaukset", {"fi": "Hammaskiven poisto", "en": "Dental cleaning"},
            (By("mikko"), By("aino", 75, 290)), 60, 260, needs=(("sali",),), weight=3,
            fields={"buffer_after": 30, "preparation": _OPERATION, "color": "#3f7f93"}),
    Offered("lopetus", "vastaanotto", {"fi": "Viimeinen hyvästi", "en": "Farewell"}, (By("aino"), By("mikko")), 60,
            150, weight=0.2, fields={"online": False, "buffer_after": 20}),
)  # fmt: skip

TASSULA = Business(
    slug="tassula",
    name="Eläinklinikka Tassula",
    trade="vet",
    language="fi",
    zone="Europe/Helsinki",
    country="FI",
    currency="EUR",
    phone="09 555 0172",
    accent="#2e7d4f",
    places=(Place("Tassula Kallio", "Vaasankatu 12", "Helsinki", "09 555 0172", journal="08:00-19:00"),),
    calendars=_CALENDARS,
    groups=(
        Group("vastaanotto", {"fi": "Vastaanotto", "en": "Consultations"}, 10),
        Group("hoitaja", {"fi": "Hoitajan vastaanotto", "en": "Nurse"}, 15),
        Group("leikkaukset", {"fi": "Leikkaukset ja hammashoito", "en": "Operations and dentistry"}, 30),
    ),
    services=_SERVICES,
    people=FINNS,
    subjects=_PETS,
    clients=110,
    staff=(
        Staff("owner", "Leena Harju", "owner"),
        Staff("reception", "Oona Koivisto", "reception"),
        Staff("aino.virtanen", "Aino Virtanen", "specialist", "aino"),
    ),
    notice={
        "fi": "Kissoille on oma odotustila: kysy vastaanotosta.",
        "en": "Cats have a waiting room of their own: ask at the reception.",
    },
    policy={
        "fi": "Peruutathan ajan viimeistään edellisenä päivänä. Leikkausajat vahvistamme soittamalla.",
        "en": "Cancel at the latest the day before. We confirm operations by phone.",
    },
    kinds={
        "dog": {"fi": "Koira", "en": "Dog"},
        "cat": {"fi": "Kissa", "en": "Cat"},
        "rabbit": {"fi": "Kani", "en": "Rabbit"},
    },
    settings={"lead_minutes": 60, "horizon_days": 45, "cancel_until_minutes": 1440, "booked_for": ["pet"], "ask_kind": True},
    confirmation={
        "fi": "Tuothan kissan ja kanin kuljetuskopassa, koiran hihnassa.",
        "en": "Bring cats and rabbits in a carrier, dogs on a lead.",
    },
    holidays=((12, 6), (12, 24), (12, 25), (12, 26), (1, 1), (1, 6), (5, 1)),
    notes=("Arka, tarvitsee rauhaa", "Puree vieraita", "Verikokeet otettu viime viikolla", "Syö erikoisruokavaliota"),
    meeting="Tiimipalaveri",
)  # fmt: skip
