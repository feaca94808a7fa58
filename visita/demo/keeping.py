"""What the staff of some businesses wrote down about their clients: tags, notes, a birthday today. Once."""

from datetime import date

from visita.clients import actions
from visita.clients.models import Client, Tag
from visita.clients.personal_data import Personal
from visita.demo.world import World
from visita.foundation import clock

# By slug: tags with their colours, and what was written down
WORDS = {
    "meridian": ((("Abonament", "green"), ("Alergie", "red"), ("Sună înainte", "amber")),
                 ("Alergic la penicilină.", "Preferă dimineața, vine cu soțul.")),
    "kingsway": ((("Fleet", "blue"), ("Pays by invoice", "violet")),
                 ("Keys through the letterbox before eight.", "Ask about the winter tyres.")),
    "siluet": ((("Постоянная", "green"), ("Аллергия на краску", "red")), ("Кофе без сахара.", "Любит окно у стены.")),
}  # fmt: skip


def keep(world: World) -> None:
    """Inside a durable scope of the business; nothing where something is kept already."""
    known = WORDS.get(world.business.slug)
    if known is None or Tag.objects.exists():
        return
    tags, notes = known
    people = list(Client.objects.filter(archived_at=None).order_by("id")[:24])
    for at, client in enumerate(people):
        name, color = tags[at % len(tags)]
        actions.tag.here(client.pk, name, actor=world.desk, color=color)
    for client, words in zip(people, notes, strict=False):
        actions.write_note.here(client.pk, words, actor=world.desk)
    today = clock.now().date()
    for away, client in enumerate(people[:3]):
        born = date(1984 + away, today.month, min(today.day + away, 28))
        actions.set_personal_data.here(client.pk, Personal(birth_date=born.isoformat()), actor=world.desk)
