"""Passwords of clients: an organization may let them have one beside the codes (CA-01); off at first.

It belongs to the phone or email that was shown, by a code, to be theirs. Only its slow hash is kept.
"""

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from visita.clients import contacts, errors
from visita.clients.contacts import Contact
from visita.clients.models import ClientPassword
from visita.foundation import ids
from visita.tenancy import settings

LONGEST = 200

# whether clients may choose a password for their account
settings.declare("client_password", bool, False)


def required(typed: str) -> str:
    """A new password as typed; refuses password_weak with what is wrong with it."""
    try:
        validate_password(typed)
    except ValidationError as refused:
        raise errors.password_weak([_said(each) for each in refused.error_list]) from None
    if len(typed) > LONGEST:
        raise errors.password_long(LONGEST)
    return typed


def _said(refused: ValidationError) -> str:
    """The framework says all but the length in every language of ours."""
    if refused.code == "password_too_short":
        return _("At least 12 characters. A short sentence is easy to remember.")
    return str(refused.messages[0])


def kept(contact: Contact) -> ClientPassword | None:
    """The password of a contact, if one was set. Inside a scope."""
    return ClientPassword.objects.filter(contact=contact.key).first()


def opening(contact: Contact) -> ClientPassword | None:
    """The same where it opens an account: somebody has the contact, and nobody new since it was set.

    A number may have gone to another person; whoever has it now shows so by a code, and may then set a password.
    """
    found, people = kept(contact), contacts.people(contact)
    return found if found and people and all(each.created <= found.set_at for each in people) else None


def right(password: ClientPassword | None, typed: str) -> bool:
    """Whether it is the one kept; where there is none it takes as long to say no."""
    typed = typed[: LONGEST + 1]
    if password is None:
        make_password(typed)
        return False
    return check_password(typed, password.digest)


def key(contact: Contact) -> str:
    """Where wrong tries are counted: guessing passwords keeps nobody from signing in by a code."""
    return ids.digest(f"password|{contact.key}")
