"""What became of a form: the page of the visit it has booked, for whoever sends it again or comes back to it."""

from django.http import QueryDict

from visita.activity.idempotency import Idempotency, replay
from visita.foundation import ids
from visita.foundation.errors import Refusal
from visita.web.front.flow import Flow


def once(flow: Flow) -> Idempotency:
    """The key under which the form of a held time books, one time."""
    return Idempotency("client", "front.booking", flow.key, ids.digest(flow.key))


def address(flow: Flow) -> str:
    """Where the visit is that this form has booked, empty where it has not; refuses in_flight. Inside a scope."""
    stored = replay(once(flow))
    return stored.body.decode() if stored else ""


def looked_at(flow: Flow) -> str:
    """The same for who only looks: the page is no new booking's, and what is being booked is not booked yet."""
    try:
        path, _mark, query = address(flow).partition("?")
    except Refusal:
        return ""
    values = QueryDict(query, mutable=True)
    values.pop("new", None)
    return f"{path}?{values.urlencode()}" if values else path
