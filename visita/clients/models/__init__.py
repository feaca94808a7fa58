"""Models of clients."""

from visita.clients.models.client import Client, SearchKey, Subject
from visita.clients.models.doubt import Difference, Double, Merge

__all__ = ["Client", "Difference", "Double", "Merge", "SearchKey", "Subject"]
