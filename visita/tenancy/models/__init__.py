"""Models of tenancy."""

from visita.tenancy.models.location import Location
from visita.tenancy.models.organization import FormerSlug, Organization, Profile
from visita.tenancy.models.rules_version import RulesVersion
from visita.tenancy.models.setting import Setting

__all__ = ["FormerSlug", "Location", "Organization", "Profile", "RulesVersion", "Setting"]
