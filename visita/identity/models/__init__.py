"""Models of identity."""

from visita.identity.models.key import ApiKey
from visita.identity.models.rate import RateCounter
from visita.identity.models.user import Membership, User

__all__ = ["ApiKey", "Membership", "RateCounter", "User"]
