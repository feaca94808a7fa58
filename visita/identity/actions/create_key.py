"""Create a key by which another program acts for the organization."""

from visita.activity.record import record
from visita.foundation import ids, numbers, scope, text
from visita.foundation.action import Action
from visita.foundation.actor import Actor
from visita.foundation.sequence import next_id
from visita.identity import verbs
from visita.identity.models import ApiKey
from visita.identity.rights import ROLES
from visita.tenancy.models import Organization


@Action
def create_key(label: str, *, actor: Actor, role: str = "administrator") -> tuple[ApiKey, str]:
    """The row and the key itself ("<public id>-…"), which is shown this once and never kept."""
    label = text.line(label, field="label", limit=120, required=True)
    numbers.one_of(role, ROLES, field="role")
    public_id = Organization.objects.values_list("public_id", flat=True).get(pk=scope.current())
    plaintext = ids.token(public_id)
    pk = next_id(ApiKey)
    event = record(verbs.KEY_CREATED, "key", pk, actor, {"role": role})
    key = ApiKey.objects.create(pk=pk, label=label, role=role, hash=ids.digest(plaintext), activity_id=event)
    return key, plaintext
