"""A medical practice in Bucharest: two locations, doctors, nurses, a room and a device that visits need together."""

from visita.demo.names import ROMANIANS
from visita.demo.plan import Business, By, Calendar, Consent, Group, Hours, Offered, Place, Question, Staff

_WEEK = Hours("01234", ("08:00-14:00",))
_SATURDAY = Hours("5", ("09:00-15:00",))
_SUNDAY = Hours("6", ("09:00-15:00",))
_ROOM = Hours("0123456", ("08:00-20:00",))


def _occupation(ro: str, en: str) -> dict[str, str]:
    return {"ro": ro, "en": en}


_CALENDARS = (
    Calendar("ionescu", "Elena Ionescu", (_WEEK, _SUNDAY), title="Dr.",
             occupation=_occupation("medic primar gastroenterolog", "consultant gastroenterologist")),
    Calendar("popescu", "Radu Popescu", (Hours("01234", ("13:00-20:00",)), _SATURDAY), title="Dr.",
             occupation=_occupation("medic specialist gastroenterolog", "gastroenterologist")),
    Calendar("dumitrescu", "Ștefan Dumitrescu",
             (Hours("0246", ("09:00-13:00", "13:40-17:00")), Hours("13", ("10:00-18:00",), at="baneasa")),
             title="Dr.", occupation=_occupation("medic primar cardiolog", "consultant cardiologist")),
    Calendar("georgescu", "Ana-Maria Georgescu",
             (Hours("013", ("10:00-16:00",)), _SATURDAY, Hours("6", ("10:00-16:00",), weeks=2, phase=1)),
             title="Dr.", occupation=_occupation("medic specialist dermatolog", "dermatologist")),
    Calendar("munteanu", "Mihai Munteanu", (Hours("01234", ("08:00-12:00", "12:40-16:00"), at="baneasa"),
                                                 Hours("56", ("09:00-14:00",), at="baneasa")),
             title="Dr.", occupation=_occupation("medic de familie", "family doctor")),
    Calendar("turcanu", "Ioana Țurcanu", (Hours("02", ("08:00-14:00",), at="baneasa"), Hours("146", ("12:00-18:00",))),
             title="Dr.", occupation=_occupation("medic specialist imagistică medicală", "radiologist")),
    Calendar("stan", "Gabriela Stan", (Hours("0123456", ("08:00-15:00",)),), title="as.", online=False,
             occupation=_occupation("asistentă medicală", "nurse")),
    Calendar("neagu", "Florin Neagu", (Hours("01234", ("13:00-20:00",)),), title="as.", online=False,
             occupation=_occupation("asistent medical", "nurse")),
    Calendar("endoscopie", "Sala de endoscopie", (_ROOM,), kind="room", online=False),
    Calendar("ecograf", "Ecograf", (_ROOM,), kind="device", online=False),
    Calendar("ecograf-b", "Ecograf Băneasa", (Hours("0123456", ("08:00-18:00",), at="baneasa"),), kind="device",
             online=False),
)  # fmt: skip

_FASTING = {
    "ro": "Nu mâncați nimic cu 8 ore înainte; apă plată puteți bea până cu 4 ore înainte. Aduceți analizele recente.",
    "en": "Do not eat for 8 hours before; still water is fine until 4 hours before. Bring your recent test results.",
}
_COLON = {
    "ro": "Cu două zile înainte, dietă fără fibre. În ziua dinainte beți soluția de pregătire. Veniți însoțit: după"
    " sedare nu conduceți mașina 24 de ore.",
    "en": "Two days before: a diet without fibre. The day before: drink the preparation. Come with somebody: after"
    " sedation do not drive for 24 hours.",
}

_SERVICES = (
    Offered("gastro", "gastro", {"ro": "Consultație gastroenterologie", "en": "Gastroenterology consultation"},
            (By("ionescu"), By("popescu", price=300)), 40, 350, weight=4,
            fields={"is_default": True, "synonyms": {"ro": "stomac, digestiv, burtă"}}),
    Offered("gastro-control", "gastro", {"ro": "Control gastroenterologie", "en": "Gastroenterology follow-up"},
            (By("ionescu"), By("popescu", price=180)), 20, 200, weight=3),
    Offered("gastroscopie", "gastro", {"ro": "Gastroscopie", "en": "Gastroscopy"}, (By("ionescu"), By("popescu")), 40,
            850, needs=(("stan", "neagu"), ("endoscopie",)), weight=2,
            fields={"buffer_after": 20, "preparation": _FASTING, "color": "#b4637a"}),
    Offered("colonoscopie", "gastro", {"ro": "Colonoscopie cu sedare", "en": "Colonoscopy with sedation"},
            (By("ionescu"), By("popescu")), 60, 1600, needs=(("stan", "neagu"), ("endoscopie",)), weight=1.5,
            settings={"approval": True}, fields={"buffer_after": 20, "preparation": _COLON, "color": "#8d5fa8"}),
    Offered("cardio", "cardio", {"ro": "Consultație cardiologie cu EKG", "en": "Cardiology consultation with ECG"},
            (By("dumitrescu"),), 40, 400, weight=3, fields={"synonyms": {"ro": "inimă, tensiune, EKG"}}),
    Offered("cardio-control", "cardio", {"ro": "Control cardiologie", "en": "Cardiology follow-up"},
            (By("dumitrescu"),), 20, 250, weight=2),
    Offered("dermato", "dermato", {"ro": "Consultație dermatologie", "en": "Dermatology consultation"},
            (By("georgescu"),), 20, 320, weight=3),
    Offered("alunite", "dermato", {"ro": "Dermatoscopie alunițe", "en": "Mole check"}, (By("georgescu"),), 40, 450,
            weight=1),
    Offered("familie", "familie", {"ro": "Consultație medic de familie", "en": "Family doctor"}, (By("munteanu"),), 20,
            150, weight=4),
    Offered("video", "familie", {"ro": "Consultație video", "en": "Video consultation"}, (By("munteanu"),), 20, 130,
            weight=1, settings={"video": True}, fields={"synonyms": {"ro": "online, la distanță, telemedicină"}}),
    Offered("vaccin", "familie", {"ro": "Vaccinare", "en": "Vaccination"}, (By("munteanu"),), 20, 120, weight=1),
    Offered("adeverinta", "familie", {"ro": "Eliberare adeverință", "en": "Certificate"}, (By("munteanu"),), 20, None,
            weight=0.5, fields={"online": False}),
    Offered("eco-abdomen", "imagistica", {"ro": "Ecografie abdominală", "en": "Abdominal ultrasound"},
            (By("turcanu"),), 20, 280, needs=(("ecograf", "ecograf-b"),), weight=3, fields={"preparation": _FASTING}),
    Offered("eco-tiroida", "imagistica", {"ro": "Ecografie tiroidiană", "en": "Thyroid ultrasound"}, (By("turcanu"),),
            20, 250, needs=(("ecograf", "ecograf-b"),), weight=2),
)  # fmt: skip

_CONSENTS = (
    Consent(
        {"ro": "Meridian poate păstra datele mele de sănătate ca să mă trateze.",
         "en": "Meridian may keep my health data to treat me."},
        "health",
        {"ro": "Păstrăm numele, telefonul și ce ne spuneți despre sănătate atât cât cere legea (15 ani) și le vede numai"
         " personalul care vă tratează.\n\nPuteți cere oricând o copie sau ștergerea celor ce nu trebuie păstrate:"
         " hello@meridian.example.",
         "en": "We keep your name, phone and what you tell us about your health as long as the law asks (15 years); only"
         " those who treat you see it.\n\nYou can ask for a copy, or for what need not be kept to be erased, at any time:"
         " hello@meridian.example."},
    ),
    Consent(
        {"ro": "Accept regulile clinicii și [politica de confidențialitate](https://meridian.example/confidentialitate).",
         "en": "I accept the rules of the clinic and the [privacy policy](https://meridian.example/privacy)."},
        "privacy",
        {"ro": "Veniți cu 10 minute mai devreme, cu un act de identitate. Copiii vin însoțiți de un adult.",
         "en": "Come 10 minutes early with an identity card. Children come with an adult."},
    ),
    Consent(
        {"ro": "Trimiteți-mi noutăți și oferte, de câteva ori pe an.", "en": "Send me news and offers, a few a year."},
        "marketing", required=False,
    ),
)  # fmt: skip

MERIDIAN = Business(
    slug="meridian",
    name="Clinica Meridian",
    trade="medical",
    language="ro",
    zone="Europe/Bucharest",
    country="RO",
    currency="RON",
    phone="021 555 0147",
    accent="#0f6f78",
    places=(
        Place("Meridian Centru", "Str. Academiei 18", "București", "021 555 0147", journal="08:00-20:00"),
        Place("Meridian Băneasa", "Șos. București-Ploiești 42", "București", "021 555 0163", key="baneasa",
              journal="08:00-18:00"),
    ),
    calendars=_CALENDARS,
    groups=(
        Group("gastro", {"ro": "Gastroenterologie", "en": "Gastroenterology"}, 20),
        Group("cardio", {"ro": "Cardiologie", "en": "Cardiology"}, 20),
        Group("dermato", {"ro": "Dermatologie", "en": "Dermatology"}, 20),
        Group("familie", {"ro": "Medicină de familie", "en": "Family medicine"}, 20),
        Group("imagistica", {"ro": "Imagistică medicală", "en": "Ultrasound"}, 20),
    ),
    services=_SERVICES,
    people=ROMANIANS,
    clients=140,
    staff=(
        Staff("owner", "Carmen Voiculescu", "owner"),
        Staff("reception", "Daniela Matei", "reception"),
        Staff("elena.ionescu", "Dr. Elena Ionescu", "specialist", "ionescu"),
        Staff("secure", "Adrian Preda (cu al doilea factor)", "administrator", second_factor=True),
    ),
    notice={
        "ro": "La Băneasa intrarea este acum prin curte. Vă rugăm să veniți cu 10 minute mai devreme.",
        "en": "At Băneasa the entrance is now through the courtyard. Come 10 minutes early.",
    },
    policy={
        "ro": "Puteți muta sau anula gratuit cu cel puțin 24 de ore înainte. Vă rugăm să aduceți un act de identitate.",
        "en": "You can move or cancel free of charge until 24 hours before. Bring an identity card.",
    },
    settings={"lead_minutes": 120, "horizon_days": 90, "cancel_until_minutes": 1440, "booked_for": ["child", "person"], "subjects_most": 3,
              "letter_moved_sms": True, "letter_called_off_sms": True},
    confirmation={
        "ro": "Dacă ați mai fost la noi, aduceți ultimele rezultate.",
        "en": "If you have been here before, bring your last results.",
    },
    questions=(
        Question("referral", {"ro": "Aveți bilet de trimitere?", "en": "Do you have a referral?"}, "choice", choices={
            "none": {"ro": "Nu, plătesc", "en": "No, I pay"},
            "public": {"ro": "Da, de la medicul de familie", "en": "Yes, from my family doctor"},
            "insurer": {"ro": "Da, de la asigurător", "en": "Yes, from my insurer"},
        }, services=("gastro", "cardio", "dermato", "eco-abdomen", "eco-tiroida")),
    ),
    consents=_CONSENTS,
    holidays=((11, 30), (12, 1), (12, 25), (12, 26), (1, 1), (1, 2), (1, 24), (5, 1), (8, 15)),
    notes=("Prima vizită", "Vine cu analizele de la alt laborator", "Preferă să fie sunată", "Alergie la penicilină"),
    meeting="Ședință de echipă",
)  # fmt: skip
