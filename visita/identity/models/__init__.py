"""Models of identity."""

from visita.identity.models.key import ApiKey
from visita.identity.models.preference import Preference
from visita.identity.models.rate import RateCounter
from visita.identity.models.user import Membership, User
from visita.identity.models.view import SavedView

__all__ = ["ApiKey", "Membership", "Preference", "RateCounter", "SavedView", "User"]
