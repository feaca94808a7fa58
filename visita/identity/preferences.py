"""How a person likes the desk; inside a scope."""

from typing import Any

from visita.identity.models import Preference


def preferences(user_id: int) -> dict[str, Any]:
    """Every value kept for this person, by name."""
    return dict(Preference.objects.filter(user_id=user_id).values_list("name", "value"))


def preference(user_id: int, name: str) -> Any:
    """One value, None where nothing was kept."""
    return Preference.objects.filter(user_id=user_id, name=name).values_list("value", flat=True).first()
