"""The only writers of what can be booked and of what a booking asks."""

from visita.catalog.actions.add_consent import add_consent
from visita.catalog.actions.add_field import add_field
from visita.catalog.actions.add_kind import add_kind
from visita.catalog.actions.add_path import add_path
from visita.catalog.actions.add_promotion import add_promotion, end_promotion
from visita.catalog.actions.add_service import add_service
from visita.catalog.actions.add_specialty import add_specialty
from visita.catalog.actions.archive_consent import archive_consent
from visita.catalog.actions.archive_field import archive_field
from visita.catalog.actions.archive_path import archive_path
from visita.catalog.actions.change_consent import change_consent
from visita.catalog.actions.change_field import change_field
from visita.catalog.actions.change_kind import change_kind
from visita.catalog.actions.change_path import change_path
from visita.catalog.actions.change_service import change_service
from visita.catalog.actions.change_specialty import change_specialty

__all__ = [
    "add_consent",
    "add_field",
    "add_kind",
    "add_path",
    "add_promotion",
    "add_service",
    "add_specialty",
    "archive_consent",
    "archive_field",
    "archive_path",
    "change_consent",
    "change_field",
    "change_kind",
    "change_path",
    "change_service",
    "change_specialty",
    "end_promotion",
]
