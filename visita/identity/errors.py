"""Refusals of identity in its own words."""

from django.utils.translation import gettext_lazy as _

from visita.foundation.errors import Refusal


def not_found() -> Refusal:
    """Unknown and foreign ids get the same answer."""
    return Refusal("not_found", 404, _("This does not exist."))


def forbidden() -> Refusal:
    """The role lacks the right."""
    return Refusal("forbidden", 403, _("Your role does not allow this. Ask an administrator."))


def email_taken() -> Refusal:
    """Somebody already signs in with this address."""
    return Refusal("email_taken", 409, _("This email address already has an account."), field="email")


def password_weak(reasons: list[str]) -> Refusal:
    """The password validators' own sentences."""
    return Refusal("password_weak", 422, " ".join(reasons), field="password")


def slow_down(seconds: int) -> Refusal:
    """Too many requests in this window; `retry_after` in seconds."""
    text = _("Too many requests; nothing was saved. Try again in a little while.")
    return Refusal("slow_down", 429, text, retry_after=seconds)


def too_many_views(most: int) -> Refusal:
    """One person keeps only so many views of a table."""
    return Refusal(
        "too_many", 422, _("You keep as many views as there is room for. Remove one first."), limit=most
    )
