"""A beauty salon in Moscow: ten stylists with their own lengths and prices, colouring that leaves a hole."""

from visita.demo.names import RUSSIANS
from visita.demo.plan import Business, By, Calendar, Group, Hours, Offered, Place, Staff, steps

_EARLY = Hours("01236", ("10:00-14:00", "14:30-18:00"))
_LATE = Hours("12456", ("12:00-16:00", "16:30-21:00"))
_EVEN = Hours("0123456", ("10:00-15:00", "15:30-20:00"), weeks=2, phase=0)
_ODD = Hours("0123456", ("10:00-15:00", "15:30-20:00"), weeks=2, phase=1)


def _stylist(key: str, name: str, hours: Hours, ru: str, en: str) -> Calendar:
    return Calendar(key, name, (hours,), occupation={"ru": ru, "en": en})


_CALENDARS = (
    _stylist("vera", "Вера Соколова", _EARLY, "арт-директор, колорист", "art director, colourist"),
    _stylist("alisa", "Алиса Громова", _LATE, "топ-стилист", "top stylist"),
    _stylist("timur", "Тимур Хасанов", _EARLY, "мужской мастер", "barber"),
    _stylist("nina", "Нина Лебедева", _EVEN, "стилист", "stylist"),
    _stylist("zoya", "Зоя Ефимова", _ODD, "стилист", "stylist"),
    _stylist("lena", "Елена Королёва", _LATE, "колорист", "colourist"),
    _stylist("marat", "Марат Юсупов", _LATE, "мужской мастер", "barber"),
    _stylist("dina", "Дина Алиева", _EARLY, "мастер маникюра", "nail artist"),
    _stylist("sonya", "Софья Фёдорова", _EVEN, "мастер маникюра", "nail artist"),
    _stylist("rita", "Маргарита Щукина", _ODD, "мастер по бровям", "brow artist"),
)

_CUT = (By("vera", 75, 5500), By("alisa", 60, 4500), By("nina"), By("zoya"), By("lena", 60, 3900))
_COLOUR = (By("vera", 165, 15500), By("alisa", None, 12500), By("lena"), By("nina", 165, 9900))
_MEN = (By("timur"), By("marat", 30, 2000), By("nina", 45, 1900))
_NAILS = (By("dina"), By("sonya", 75, 2300))

_SERVICES = (
    Offered("cut", "hair", {"ru": "Женская стрижка", "en": "Women's cut"}, _CUT, 60, 3500, weight=4, guests="women",
            fields={"is_default": True, "synonyms": {"ru": "постричься, каре, чёлка"}}),
    Offered("styling", "hair", {"ru": "Укладка", "en": "Blow-dry"}, (*_CUT[:2], By("nina", 45), By("zoya", 45)), 45,
            2200, guests="women", weight=1.5),
    Offered("fringe", "hair", {"ru": "Стрижка чёлки", "en": "Fringe trim"},
            tuple(By(by.key) for by in _CUT), 15, 900, guests="women", weight=0.8),
    Offered("colour", "colour", {"ru": "Окрашивание в один тон", "en": "Single colour"}, _COLOUR, 150, 8900, guests="women", weight=5,
            fields={"hole_after": 45, "hole_minutes": 45, "color": "#a8572f", "buffer_after": 15,
                    "synonyms": {"ru": "покраска, окраска, краска, тонирование", "en": "dye, tint"},
                    "preparation": {"ru": "Не мойте голову в день окрашивания. Если бывает аллергия, скажите мастеру.",
                                    "en": "Do not wash your hair on the day. Tell us about allergies."}}),
    Offered("balayage", "colour", {"ru": "Балаяж", "en": "Balayage"}, (By("vera"), By("lena", 210, 16500)), 195, 19500,
            guests="women", weight=2, fields={"hole_after": 90, "hole_minutes": 45, "color": "#c98a2b", "buffer_after": 15,
                                     "synonyms": {"ru": "мелирование, покраска, осветление", "en": "highlights"}}),
    Offered("men", "men", {"ru": "Мужская стрижка", "en": "Men's cut"}, _MEN, 45, 1700, weight=4, guests="men"),
    Offered("beard", "men", {"ru": "Оформление бороды", "en": "Beard trim"}, (By("timur"), By("marat")), 30, 1200,
            weight=2, guests="men"),
    Offered("manicure", "nails", {"ru": "Маникюр с покрытием", "en": "Manicure with polish"}, _NAILS, 90, 2600,
            guests="women", weight=3),
    Offered("pedicure", "nails", {"ru": "Педикюр", "en": "Pedicure"}, (By("dina"), By("sonya")), 75, 3200, guests="women", weight=1.5,
            fields={"buffer_after": 15}),
    Offered("brows", "brows", {"ru": "Коррекция и окрашивание бровей", "en": "Brow shaping and tint"}, (By("rita"),),
            45, 1800, guests="women", weight=3),
    Offered("lashes", "brows", {"ru": "Ламинирование ресниц", "en": "Lash lamination"}, (By("rita"),), 75, 3400,
            guests="women", weight=1),
)  # fmt: skip

SILUET = Business(
    slug="siluet",
    name="Салон «Силуэт»",
    trade="beauty",
    language="ru",
    zone="Europe/Moscow",
    country="RU",
    currency="RUB",
    phone="+7 495 555-01-29",
    accent="#a23b72",
    places=(Place("Силуэт на Покровке", "ул. Покровка, 27", "Москва", "+7 495 555-01-29", journal="10:00-21:00"),),
    calendars=_CALENDARS,
    groups=(
        Group("hair", {"ru": "Волосы", "en": "Hair"}, 15),
        Group("colour", {"ru": "Окрашивание", "en": "Colour"}, 15),
        Group("men", {"ru": "Мужской зал", "en": "Men"}, 15),
        Group("nails", {"ru": "Ногтевой сервис", "en": "Nails"}, 15),
        Group("brows", {"ru": "Брови и ресницы", "en": "Brows and lashes"}, 15),
    ),
    services=_SERVICES,
    people=RUSSIANS,
    clients=160,
    staff=(
        Staff("owner", "Галина Орлова", "owner"),
        Staff("reception", "Кристина Белова", "reception"),
        Staff("vera.sokolova", "Вера Соколова", "specialist", "vera"),
    ),
    notice={
        "ru": "До конца месяца — маска для волос в подарок к любому окрашиванию.",
        "en": "Until the end of the month: a hair mask with every colouring.",
    },
    policy={
        "ru": "Отменить или перенести запись можно не позднее чем за 12 часов. Опоздание больше 15 минут сокращает"
        " время услуги.",
        "en": "You can cancel or move until 12 hours before. Being more than 15 minutes late shortens your time.",
    },
    paths={"time-first": steps("day", "service", "time", "person")},
    settings={"letters_sms_instead": True, "lead_minutes": 60, "horizon_days": 60, "cancel_until_minutes": 720, "moves_limit": 3, "items_gap_minutes": 30, "subjects_most": 3, "tag_manager": "GTM-DEMO123", "facebook_pixel": "100200300400", "map_embed": "https://www.openstreetmap.org/export/embed.html?bbox=37.640%2C55.757%2C37.656%2C55.765&layer=mapnik&marker=55.761%2C37.648"},
    holidays=((1, 1), (1, 2)),
    notes=("Любит кофе без сахара", "Аллергия на аммиак", "Первый визит", "Просит мастера без разговоров"),
    meeting="Планёрка",
    density=0.9,
)  # fmt: skip
