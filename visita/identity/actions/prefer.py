"""Remember how a person likes the desk. No event: a slider moved is nobody's deed (decision 49)."""

import json
from typing import Any

from visita.foundation.action import Action
from visita.foundation.errors import Refusal
from visita.identity.models import Preference

LONGEST = 8000  # characters of one value as JSON


@Action
def prefer(user_id: int, name: str, value: Any) -> None:
    """The value of `name` for this person, in place of the one before. Refuses too_long."""
    if len(json.dumps(value)) > LONGEST:
        raise Refusal("too_long", 422, "", field=name, limit=LONGEST)
    Preference.objects.update_or_create(user_id=user_id, name=name, defaults={"value": value})
