"""The only writers of specialties and services."""

from visita.catalog.actions.add_service import add_service
from visita.catalog.actions.add_specialty import add_specialty
from visita.catalog.actions.change_service import change_service
from visita.catalog.actions.change_specialty import change_specialty

__all__ = ["add_service", "add_specialty", "change_service", "change_specialty"]
