"""The only writers of the delivery log."""

from visita.messaging.actions.begin import begin
from visita.messaging.actions.settle import settle

__all__ = ["begin", "settle"]
