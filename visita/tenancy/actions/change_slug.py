"""Give an organization another name in its address; the old one keeps leading here."""

from django.db import IntegrityError, transaction

from visita.activity.record import record
from visita.foundation import scope
from visita.foundation.action import Action
from visita.foundation.actor import Actor
from visita.tenancy import policies, verbs
from visita.tenancy.errors import slug_taken
from visita.tenancy.models import FormerSlug, Organization


@Action
def change_slug(slug: str, *, actor: Actor) -> Organization:
    """Refuses slug_invalid, and slug_taken when another organization has or had the name."""
    slug = policies.slug(slug)
    organization = Organization.objects.select_for_update(no_key=True).get(pk=scope.current())
    old = organization.slug
    if slug == old:
        return organization
    if FormerSlug.objects.filter(slug=slug).exclude(organization=organization).exists():
        raise slug_taken()
    FormerSlug.objects.filter(slug=slug).delete()
    organization.slug = slug
    _save(organization)
    FormerSlug.objects.create(slug=old, organization=organization)
    record(verbs.SLUG_CHANGED, "organization", organization.pk, actor, {"from": old, "to": slug})
    return organization


def _save(organization: Organization) -> None:
    try:
        with transaction.atomic():
            organization.save(update_fields=["slug"])
    except IntegrityError:
        raise slug_taken() from None
