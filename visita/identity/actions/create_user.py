"""Create a person who can sign in. A user belongs to no organization; what they may enter, `add_member` says."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from visita.foundation import numbers, text
from visita.identity.errors import email_taken, password_weak
from visita.identity.models import User

SHORTEST = 12  # characters of a password (reliability, C.8)


def create_user(
    *, email: str, name: str = "", password: str | None = None, language: str = "en", hashed: str = ""
) -> User:
    """A new user; without a password they must be invited. Refuses email_invalid, email_taken, password_weak.

    `hashed`: instead of a password, one that was hashed before (another system's, the demo's one for all).
    """
    address = text.email(email)
    if not address:
        raise text.missing("email")
    name = text.line(name, field="name", limit=200)
    language = text.language(language)
    if password is not None:
        _check(password, User(email=address, name=name))
    try:
        with transaction.atomic():
            return User.objects.create_user(address, password, hashed, name=name, language=language)
    except IntegrityError:
        raise email_taken() from None


def _check(password: str, user: User) -> None:
    numbers.whole(len(password), field="password", low=SHORTEST, high=1000, code="password_weak")
    try:
        validate_password(password, user)
    except ValidationError as refused:
        raise password_weak(refused.messages) from None
