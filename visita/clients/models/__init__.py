"""Models of clients."""

from visita.clients.models.client import Client, SearchKey, Subject

__all__ = ["Client", "SearchKey", "Subject"]
