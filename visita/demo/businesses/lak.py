"""A nail studio in Almaty: short visits with additions, the next one offered right after the last."""

from visita.demo.names import RUSSIANS
from visita.demo.plan import Business, By, Calendar, Deal, Group, Hours, Offered, Place, Staff

_NAILS = (By("aigerim"), By("polina"), By("dana"))
_DAILY = Hours("0123", ("10:00-15:00", "15:30-20:00"))

LAK = Business(
    slug="lak",
    name="Студия «Лак»",
    trade="nails",
    language="ru",
    languages=("ru", "en"),
    zone="Asia/Almaty",
    country="KZ",
    currency="KZT",
    phone="+7 727 355-01-42",
    accent="#b03060",
    places=(Place("Студия «Лак»", "пр. Абая, 44", "Алматы", "+7 727 355-01-42", journal="10:00-20:00"),),
    calendars=(
        Calendar("aigerim", "Айгерим Сулейменова", (_DAILY, Hours("5", ("10:00-18:00",))),
                 occupation={"ru": "мастер маникюра, топ", "en": "senior nail artist"}),
        Calendar("polina", "Полина Ким", (Hours("2345", ("11:00-20:00",)), Hours("6", ("10:00-17:00",))),
                 occupation={"ru": "мастер маникюра", "en": "nail artist"}),
        Calendar("dana", "Дана Ермекова", (Hours("0156", ("10:00-19:00",)),),
                 occupation={"ru": "мастер маникюра и бровей", "en": "nails and brows"}),
        Calendar("kreslo", "Педикюрное кресло", (Hours("0123456", ("10:00-20:00",)),), kind="device", online=False),
    ),
    groups=(
        Group("ruki", {"ru": "Руки", "en": "Hands"}, 15),
        Group("nogi", {"ru": "Ноги", "en": "Feet"}, 15),
        Group("dobavki", {"ru": "Дополнительно", "en": "Additions"}, 15),
        Group("brovi", {"ru": "Брови", "en": "Brows"}, 15),
    ),
    services=(
        Offered("gel", "ruki", {"ru": "Маникюр с гель-лаком", "en": "Gel manicure"}, (By("aigerim", 90, 9500), *_NAILS[1:]),
                105, 8000, guests="women", weight=6,
                fields={"is_default": True, "synonyms": {"ru": "шеллак, покрытие, ногти", "en": "shellac, nails"}}),
        Offered("klassika", "ruki", {"ru": "Маникюр без покрытия", "en": "Manicure, no polish"}, _NAILS, 45, 4500, weight=3),
        Offered("pedikur", "nogi", {"ru": "Педикюр с гель-лаком", "en": "Gel pedicure"}, _NAILS, 90, 10500,
                needs=(("kreslo",),), guests="women", weight=3),
        Offered("snyatie", "dobavki", {"ru": "Снятие покрытия", "en": "Removing old gel"}, _NAILS, 15, 1000, weight=2),
        Offered("dizain", "dobavki", {"ru": "Дизайн ногтей", "en": "Nail art"}, _NAILS, 30, 3000, guests="women", weight=1,
                fields={"synonyms": {"ru": "рисунок, стразы, френч", "en": "drawing, french"}}),
        Offered("brovi", "brovi", {"ru": "Коррекция бровей", "en": "Brow shaping"}, (By("dana"),), 30, 3500, weight=2),
    ),
    people=RUSSIANS,
    clients=40,
    staff=(
        Staff("owner", "Мадина Оспанова", "owner"),
        Staff("reception", "Юлия Пак", "reception"),
        Staff("aigerim", "Айгерим Сулейменова", "specialist", "aigerim"),
    ),
    policy={
        "ru": "Отменить или перенести запись можно за 4 часа. После трёх неявок записываем по телефону.",
        "en": "You can cancel or move until 4 hours before. After three missed visits we book by phone only.",
    },
    settings={"lead_minutes": 30, "horizon_days": 30, "cancel_until_minutes": 240, "items_gap_minutes": 0, "gap_avoidance": "soft"},
    deals=(
        Deal("brovi", {"ru": "Тихие часы", "en": "Quiet hours"}, 20, "0123", "10:00-13:00"),
        Deal("klassika", {"ru": "Тихие часы", "en": "Quiet hours"}, 15, "0123", "10:00-13:00"),
    ),
    holidays=((12, 16), (1, 1), (1, 2), (3, 8), (3, 21), (3, 22)),
    notes=("Короткая длина", "Аллергия на акрил", "Нужен тёмный цвет"),
    meeting="Приёмка материалов",
    density=0.8,
    around=(3, 8),
)  # fmt: skip
