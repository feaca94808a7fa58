"""How a signed-in client comes to a visit's own page: the manage link with a pass in place of its token.

The token itself is kept as a hash only. A pass is signed for one visit and one session; it dies with the session, and where
the visit is none of its people's any more (a phone that went to somebody else).
"""

from django.core import signing

from visita.bookings import errors
from visita.bookings.models import Visit
from visita.bookings.queries import VisitView, visit, visit_by_token
from visita.clients import contacts, sessions
from visita.clients.models import ClientSession
from visita.foundation import ids, scope

_SALT = "visita.front.pass"
_LIFE = 12 * 3600  # seconds


def issue(session: ClientSession, found: Visit) -> str:
    """A pass for a visit of the session's people."""
    return signing.dumps([scope.current(), found.pk, session.pk], salt=_SALT)


def is_pass(token: str) -> bool:
    """Tokens have no colon in them, signatures always have."""
    return ":" in token


def open_visit(code: str, token: str) -> VisitView:
    """The visit a manage link opens, by its token or by a pass. Refuses link_invalid."""
    if not code.isascii() or "\x00" in code + token:  # nothing of ours, and PostgreSQL takes no NUL
        raise errors.link_invalid()
    if not is_pass(token):
        return visit_by_token(code, token)
    try:
        organization, visit_id, session_id = signing.loads(token, salt=_SALT, max_age=_LIFE)
    except (signing.BadSignature, TypeError, ValueError):
        raise errors.link_invalid() from None
    session = sessions.alive(session_id) if organization == scope.current() else None
    if session is None:
        raise errors.link_invalid()
    found = visit(visit_id)
    theirs = any(each.pk == found.client.pk for each in contacts.people(sessions.contact(session)))
    if not theirs or found.visit.code != ids.read_code(code)[:8]:
        raise errors.link_invalid()
    return found
