"""The only writers of organizations, locations and settings."""

from visita.tenancy.actions.add_location import add_location
from visita.tenancy.actions.change_location import change_location
from visita.tenancy.actions.change_profile import change_profile
from visita.tenancy.actions.change_slug import change_slug
from visita.tenancy.actions.create_organization import create_organization
from visita.tenancy.actions.set_embed_origins import set_embed_origins
from visita.tenancy.actions.set_picture import set_picture
from visita.tenancy.actions.set_services_page import set_services_page
from visita.tenancy.actions.set_setting import set_setting
from visita.tenancy.actions.set_style import set_style

__all__ = [
    "add_location",
    "change_location",
    "change_profile",
    "change_slug",
    "create_organization",
    "set_embed_origins",
    "set_picture",
    "set_services_page",
    "set_setting",
    "set_style",
]
