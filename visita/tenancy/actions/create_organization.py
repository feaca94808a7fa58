"""Create an organization: its row, and behind the wall its profile."""

from collections.abc import Mapping, Sequence

from django.db import IntegrityError, transaction

from visita.activity.record import record
from visita.foundation import places
from visita.foundation.actor import Actor
from visita.foundation.scope import scope
from visita.tenancy import policies, verbs
from visita.tenancy.errors import slug_taken
from visita.tenancy.models import FormerSlug, Organization, Profile
from visita.tenancy.reading import profile_readers, read


def create_organization(
    slug: str,
    *,
    name: str,
    zone: str,
    country: str,
    actor: Actor,
    trade: str = "other",
    language: str = "en",
    languages: Sequence[str] = (),
    currency: str = "EUR",
    phone: str = "",
    email: str = "",
    accent: str = "",
    notice: Mapping[str, str] | None = None,
    policy: Mapping[str, str] | None = None,
    confirmation: Mapping[str, str] | None = None,
) -> Organization:
    """A new organization with its profile. Refuses slug_invalid, slug_taken and each field that cannot be kept."""
    sent = {
        "name": name, "trade": trade, "language": language, "languages": list(languages) or [language],
        "currency": currency, "country": country, "phone": phone, "email": email, "accent": accent,
        "notice": notice or {}, "policy": policy or {}, "confirmation": confirmation or {},
    }  # fmt: skip
    fields = read(profile_readers(places.country(country)), sent)
    slug, zone = policies.slug(slug), places.zone(zone)
    with transaction.atomic(durable=True):
        organization = _insert(slug, zone)
        with scope(organization.pk):
            event = record(verbs.ORGANIZATION_CREATED, "organization", organization.pk, actor, {"slug": slug})
            Profile.objects.create(activity_id=event, **fields)
    return organization


def _insert(slug: str, zone: str) -> Organization:
    if FormerSlug.objects.filter(slug=slug).exists():
        raise slug_taken()
    try:
        with transaction.atomic():
            return Organization.objects.create(slug=slug, zone=zone)
    except IntegrityError:  # two creators of one name: the unique key decides
        raise slug_taken() from None
