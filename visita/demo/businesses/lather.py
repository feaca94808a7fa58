"""Pet grooming in Melbourne: dogs by size, cats, rabbits; the kind is asked first, an animal a table."""

from dataclasses import replace

from visita.demo.names import LONDONERS
from visita.demo.plan import Business, By, Calendar, Group, Hours, Offered, Pets, Place, Staff

_ALL = (By("jess"), By("tran"))
_DOGS, _CATS, _RABBITS = ({"for_kinds": [kind]} for kind in ("dog", "cat", "rabbit"))

LATHER = Business(
    slug="lather",
    name="Wag & Lather",
    trade="grooming",
    language="en",
    languages=("en",),
    zone="Australia/Melbourne",
    country="AU",
    currency="AUD",
    phone="(03) 5550 0157",
    accent="#6a4c93",
    places=(Place("Wag & Lather", "301 Lygon St", "Brunswick East", "(03) 5550 0157", journal="08:00-18:00"),),
    calendars=(
        Calendar("jess", "Jess Cooper", (Hours("12345", ("08:30-12:30", "13:00-17:00")),), occupation={"en": "groomer, big dogs"}),
        Calendar("tran", "Linh Tran", (Hours("0356", ("09:00-13:00", "13:30-17:30")),), occupation={"en": "groomer, cats and poodles"}),
        Calendar("tub", "Big tub", (Hours("0123456", ("08:00-18:00",)),), kind="device", online=False),
    ),
    groups=(
        Group("dogs", {"en": "Dogs"}, 15),
        Group("cats", {"en": "Cats"}, 15),
        Group("small", {"en": "Rabbits and guinea pigs"}, 15),
    ),
    services=(
        Offered("dog-small", "dogs", {"en": "Wash and cut, small dog (up to 10 kg)"}, _ALL, 60, 75, weight=5, settings=_DOGS,
                fields={"is_default": True, "synonyms": {"en": "clip, groom, terrier, cavoodle, puppy"}}),
        Offered("dog-medium", "dogs", {"en": "Wash and cut, medium dog (10 to 25 kg)"}, _ALL, 90, 95, weight=4, settings=_DOGS,
                fields={"synonyms": {"en": "clip, groom, spaniel, border collie"}}),
        Offered("dog-large", "dogs", {"en": "Wash and cut, large dog (over 25 kg)"}, (By("jess"),), 120, 125,
                needs=(("tub",),), weight=2, settings=_DOGS, fields={"buffer_after": 15, "synonyms": {"en": "labrador, retriever, poodle"}}),
        Offered("nails", "dogs", {"en": "Nail trim"}, _ALL, 15, 20, weight=3, fields={"synonyms": {"en": "claws"}}),
        Offered("cat", "cats", {"en": "Cat: brush-out and bath"}, (By("tran"),), 75, 90, weight=2, settings=_CATS,
                fields={"preparation": {"en": "Bring your cat in a closed carrier."}, "buffer_after": 15}),
        Offered("rabbit", "small", {"en": "Rabbit: coat and claws"}, (By("tran"),), 30, 40, weight=1, settings=_RABBITS),
    ),
    people=replace(LONDONERS, phone="0491 57# ###"),
    subjects=Pets(
        names={"dog": ("Banjo", "Matilda", "Ziggy", "Biscuit", "Vegemite"), "cat": ("Kiki", "Mr Whiskers", "Pavlova"),
               "rabbit": ("Clover", "Dusty")},
        facts={"dog": (("breed", "cavoodle"), ("breed", "kelpie"), ("breed", "labrador")),
               "cat": (("breed", "ragdoll"), ("breed", "domestic shorthair")), "rabbit": (("breed", "lop"),)},
    ),
    clients=35,
    staff=(
        Staff("owner", "Jess Cooper", "owner", "jess"),
        Staff("reception", "Mia Papadopoulos", "reception"),
        Staff("linh.tran", "Linh Tran", "specialist", "tran"),
    ),
    notice={"en": "Vaccinations up to date, please: bring the booklet on the first visit."},
    policy={"en": "Move or cancel until the evening before."},
    settings={"lead_minutes": 120, "horizon_days": 45, "cancel_until_minutes": 720, "booked_for": ["pet"],
              "ask_kind": True},
    kinds={"dog": {"en": "Dog"}, "cat": {"en": "Cat"}, "rabbit": {"en": "Rabbit or guinea pig"}},
    holidays=((12, 25), (12, 26), (1, 1), (1, 26), (4, 25)),
    notes=("Nervous with dryers", "Bites when nails are cut", "Very gentle"),
    density=0.8,
    around=(3, 8),
)  # fmt: skip
