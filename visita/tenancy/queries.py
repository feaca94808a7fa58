"""Reads of tenancy. The first three need no scope: they are how one is found."""

from visita.foundation import instances, prepared, scope
from visita.tenancy.errors import not_found
from visita.tenancy.models import FormerSlug, Location, Organization, Profile, Setting

ACTIVE = "active"
_BY_SLUG = (
    "SELECT id, public_id, slug, zone, status FROM tenancy_organization WHERE slug = %s AND status = %s"
)

_MINE = "organization_id = %s"
_AT_WORK = "organization_id = %s AND archived_at IS NULL ORDER BY position, id"


def by_slug(slug: str) -> Organization | None:
    """The active organization of this present slug."""
    if not slug.isascii() or not slug.isprintable():  # PostgreSQL takes neither NUL nor half a surrogate pair
        return None
    with prepared.cursor() as cursor:  # by hand, since it stands before every request
        cursor.execute(_BY_SLUG, [slug, ACTIVE])
        row = cursor.fetchone()
    return None if row is None else Organization(*row)


def by_former_slug(slug: str) -> Organization | None:
    """The organization that once had this slug: its address redirects."""
    if not slug.isascii() or not slug.isprintable():
        return None
    former = (
        FormerSlug.objects.filter(slug=slug, organization__status=ACTIVE)
        .select_related("organization")
        .first()
    )
    return former.organization if former else None


def by_public_id(public_id: str) -> Organization | None:
    """The active organization a token or key begins with."""
    if not public_id.isascii() or not public_id.isalnum():
        return None
    return Organization.objects.filter(public_id=public_id, status=ACTIVE).first()


def profile() -> Profile:
    """How the organization of the running scope presents itself."""
    found = instances.one(Profile, _MINE, [scope.current()])
    if found is None:
        raise Profile.DoesNotExist
    return found


def profile_and_locations() -> tuple[Profile, list[Location]]:
    """Both in one round trip."""
    mine = [scope.current()]
    profiles, places = prepared.together(
        instances.question(Profile, _MINE, mine), instances.question(Location, _AT_WORK, mine)
    )
    return profiles()[0], places()


def locations() -> list[Location]:
    """Its locations at work, in their order."""
    return instances.all_of(Location, _AT_WORK, [scope.current()])


def location(location_id: int) -> Location:
    """One of them; refuses not_found."""
    found = Location.objects.filter(pk=location_id, archived_at=None).first()
    if found is None:
        raise not_found()
    return found


def setting_rows() -> list[Setting]:
    """All settings of the organization, for `settings.value`."""
    return list(Setting.objects.all())
