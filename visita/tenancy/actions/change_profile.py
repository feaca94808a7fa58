"""Change how the organization presents itself."""

from typing import Any

from visita.activity.record import record
from visita.foundation import scope
from visita.foundation.action import Action
from visita.foundation.actor import Actor
from visita.tenancy import verbs
from visita.tenancy.models import Profile
from visita.tenancy.reading import profile_readers, read


@Action
def change_profile(changes: dict[str, Any], *, actor: Actor) -> Profile:
    """Set the given fields of the profile; refuses what cannot be kept."""
    profile = Profile.objects.select_for_update(no_key=True).get()
    fields = read(profile_readers(changes.get("country", profile.country)), changes)
    for name, value in fields.items():
        setattr(profile, name, value)
    event = record(verbs.PROFILE_CHANGED, "organization", scope.current(), actor, {"fields": sorted(fields)})
    profile.activity_id = event
    profile.save()
    return profile
