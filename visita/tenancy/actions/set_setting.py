"""Set one setting at one place of the cascade, or take it away there."""

from typing import Any

from visita.activity.record import record
from visita.foundation import scope
from visita.foundation.action import Action
from visita.foundation.actor import Actor
from visita.tenancy import verbs
from visita.tenancy.errors import setting_invalid
from visita.tenancy.models import Setting
from visita.tenancy.settings import CASCADE, KEYS


@Action
def set_setting(
    key: str, value: Any, *, actor: Actor, scope_kind: str = "organization", scope_id: int = 0
) -> None:
    """`value` None removes the row, so that the next wider place decides. Refuses bad_setting."""
    if key not in KEYS or scope_kind not in CASCADE:
        raise setting_invalid(key)
    place: dict[str, Any] = {"scope_kind": scope_kind, "scope_id": scope_id, "key": key}
    kept = None if value is None else KEYS[key].read(value)  # before the record, which holds what is kept
    event = record(verbs.SETTING_SET, "organization", scope.current(), actor, {**place, "value": kept})
    if kept is None:
        Setting.objects.filter(**place).delete()
        return
    Setting.objects.update_or_create(**place, defaults={"value": kept, "activity_id": event})
