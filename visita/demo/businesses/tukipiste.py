"""A city's social services in Tampere: free of charge, asked for and confirmed, in person or by phone, four languages."""

from visita.demo.names import FINNS
from visita.demo.plan import (
    Business,
    By,
    Calendar,
    Group,
    Hours,
    Offered,
    Place,
    Question,
    Staff,
    Step,
    steps,
)

_WEEK = (Hours("0134", ("08:30-11:30", "12:30-15:30")), Hours("2", ("12:00-17:00",)))
_WORKERS = (By("salla"), By("mohamed"))
_MONEY = {
    "fi": "Ota mukaan tiliotteet kahdelta kuukaudelta, vuokrasopimus ja viimeisin palkkakuitti tai etuuspäätös.",
    "en": "Bring bank statements of two months, your rental contract and your last payslip or benefit decision.",
    "ru": "Возьмите выписки со счёта за два месяца, договор аренды и последний расчётный листок или решение о пособии.",
}

_ABOUT = Step("question", "about", {"fi": "Mihin tarvitset apua?", "en": "What do you need help with?",
                                    "ru": "С чем вам помочь?"}, answers={
    "money": ({"fi": "Raha, tuet ja laskut", "en": "Money, benefits and bills", "ru": "Деньги, пособия и счета"},
              ("toimeentulo", "velka")),
    "home": ({"fi": "Asuminen", "en": "Housing", "ru": "Жильё"}, ("asuminen",)),
    "family": ({"fi": "Perhe ja arki", "en": "Family and everyday life", "ru": "Семья и быт"}, ("perhe",)),
    "talk": ({"fi": "Haluan ensin puhua jonkun kanssa", "en": "I want to talk to somebody first",
              "ru": "Хочу сначала поговорить"}, ("puhelin",)),
})  # fmt: skip

TUKIPISTE = Business(
    slug="tukipiste",
    name="Hervannan tukipiste",
    trade="social",
    language="fi",
    languages=("fi", "en", "ru"),
    zone="Europe/Helsinki",
    country="FI",
    currency="EUR",
    phone="03 555 0126",
    accent="#00687a",
    places=(Place("Hervannan tukipiste", "Insinöörinkatu 38", "Tampere", "03 555 0126", journal="08:00-17:00"),),
    calendars=(
        Calendar("salla", "Salla Rantanen", _WEEK, occupation={"fi": "sosiaalityöntekijä", "en": "social worker",
                                                              "ru": "социальный работник"}),
        Calendar("mohamed", "Mohamed Ali", _WEEK, occupation={"fi": "sosiaaliohjaaja, suomi, englanti, arabia",
                 "en": "adviser, Finnish, English, Arabic", "ru": "консультант: финский, английский, арабский"}),
        Calendar("irina", "Irina Kuusisto", (Hours("024", ("09:00-15:00",)), Hours("5", ("10:00-13:00",))),
                 occupation={"fi": "velkaneuvoja, suomi ja venäjä", "en": "debt adviser, Finnish and Russian",
                             "ru": "консультант по долгам, по-русски"}),
    ),
    groups=(
        Group("raha", {"fi": "Raha ja asuminen", "en": "Money and housing", "ru": "Деньги и жильё"}, 15),
        Group("perhe", {"fi": "Perhe ja arki", "en": "Family and everyday life", "ru": "Семья и быт"}, 15),
    ),
    services=(
        Offered("toimeentulo", "raha", {"fi": "Toimeentulotuki: neuvonta", "en": "Income support: advice",
                                        "ru": "Пособие на жизнь: консультация"}, _WORKERS, 45, weight=4,
                fields={"is_default": True, "preparation": _MONEY,
                        "synonyms": {"fi": "raha, tuki, Kela", "en": "money, benefits", "ru": "деньги, пособие"}}),
        Offered("velka", "raha", {"fi": "Velkaneuvonta", "en": "Debt advice", "ru": "Консультация по долгам"},
                (By("irina"),), 60, weight=2, fields={"preparation": _MONEY, "synonyms": {"fi": "ulosotto, laskut",
                "en": "bills", "ru": "кредит, счета"}}),
        Offered("asuminen", "raha", {"fi": "Asumisneuvonta", "en": "Housing advice", "ru": "Вопросы жилья"}, _WORKERS, 30,
                weight=2, fields={"synonyms": {"fi": "vuokra, häätö", "en": "rent, eviction", "ru": "аренда"}}),
        Offered("perhe", "perhe", {"fi": "Perhetyön ensitapaaminen", "en": "Family support: first meeting",
                                   "ru": "Поддержка семьи: первая встреча"}, (By("salla"),), 60, weight=1, settings={"approval": True}),
        Offered("puhelin", "perhe", {"fi": "Soittoaika", "en": "Call from us", "ru": "Звонок специалиста"},
                (*_WORKERS, By("irina")), 15, weight=3, fields={"synonyms": {"fi": "puhelinaika", "en": "phone"}}),
    ),
    people=FINNS,
    clients=30,
    staff=(
        Staff("owner", "Marja-Liisa Kivelä", "owner"),
        Staff("reception", "Henna Laakso", "reception"),
        Staff("salla.rantanen", "Salla Rantanen", "specialist", "salla"),
    ),
    notice={
        "fi": "Palvelut ovat maksuttomia. Kiireellisessä hädässä soita 112.",
        "en": "Our services are free of charge. In an emergency call 112.",
        "ru": "Наши услуги бесплатны. В экстренном случае звоните 112.",
    },
    policy={
        "fi": "Voit siirtää tai perua ajan itse vielä samana aamuna. Käynti on luottamuksellinen.",
        "en": "You can move or cancel until the same morning. What you tell us is confidential.",
        "ru": "Перенести или отменить встречу можно до утра того же дня. Всё, что вы скажете, останется между нами.",
    },
    settings={"lead_minutes": 60, "horizon_days": 28, "cancel_until_minutes": 120, "several_services": False},
    paths={"": (_ABOUT, *steps("service", "time"))},
    questions=(
        Question("interpreter", {"fi": "Tarvitsetko tulkin?", "en": "Do you need an interpreter?", "ru": "Нужен переводчик?"},
                 "choice", choices={"no": {"fi": "En", "en": "No", "ru": "Нет"},
                                    "ar": {"fi": "Kyllä, arabia", "en": "Yes, Arabic", "ru": "Да, арабский"},
                                    "other": {"fi": "Kyllä, muu kieli", "en": "Yes, another language", "ru": "Да, другой"}}),
    ),
    holidays=((12, 6), (12, 24), (12, 25), (12, 26), (1, 1), (1, 6), (5, 1)),
    notes=("Tarvitsee tulkin", "Tulee tukihenkilön kanssa", "Lastenvaunut"),
    meeting="Tiimi",
    density=0.8,
    around=(2, 8),
)  # fmt: skip
