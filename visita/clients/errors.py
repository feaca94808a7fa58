"""Refusals of clients in its own words."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from visita.foundation import clock
from visita.foundation.errors import Refusal


def not_found() -> Refusal:
    """Unknown and foreign ids get the same answer."""
    return Refusal("not_found", 404, _("This does not exist."))


def changed_meanwhile(version: int) -> Refusal:
    """Somebody saved the client since the form was opened."""
    text = _("Somebody else has just changed this. Your text is kept: look at the new state and save again.")
    return Refusal("changed_meanwhile", 409, text, version=version)


def merge_same() -> Refusal:
    """A record cannot be merged into itself."""
    return Refusal("merge_same", 422, _("These two are one record already."), field="other")


def already_merged() -> Refusal:
    """Somebody merged one of the two meanwhile."""
    text = _("One of the two was merged meanwhile. Look at the client again; nothing was changed.")
    return Refusal("already_merged", 409, text)


def not_merged() -> Refusal:
    """Undone before, or the survivor was itself merged since: undo that first."""
    text = _("This merge cannot be undone now: it was undone already, or the client was merged again since.")
    return Refusal("not_merged", 409, text)


def unmerge_contradicts(count: int) -> Refusal:
    """What was booked since belongs to both."""
    text = _("This merge cannot be undone: later visits belong to both. Change those visits first.")
    return Refusal("unmerge_contradicts", 409, text, count=count)


def settled_already() -> Refusal:
    """Somebody decided it meanwhile."""
    return Refusal("settled_already", 409, _("Somebody has decided this meanwhile."))


def code_wrong(left: int) -> Refusal:
    """`left` tries remain for this code."""
    text = _("This code is not right. Look at the newest message and type it again.")
    return Refusal("code_wrong", 400, text, field="code", left=left)


def code_expired() -> Refusal:
    """Too old, used before, replaced by a newer one, or asked for by another page: one answer for all."""
    text = _("This code works no more. Ask for a new one.")
    return Refusal("code_expired", 400, text, field="code")


def too_many_tries(until: datetime) -> Refusal:
    """Too many wrong codes; it goes on at `until`."""
    seconds = max(1, int((until - clock.now()).total_seconds()))
    text = _("Too many wrong codes. Wait a while, then ask for a new one.")
    return Refusal("too_many_tries", 429, text, field="code", retry_after=seconds)


def password_wrong() -> Refusal:
    """One answer for a wrong password, for none and for a contact nobody has."""
    text = _(
        "The phone or email and the password do not belong together. Type them again, or sign in with a code."
    )
    return Refusal("password_wrong", 400, text, field="password")


def too_many_guesses(seconds: int) -> Refusal:
    """Too many wrong passwords; a code leads in meanwhile."""
    text = _("Too many tries with a password. Sign in with a code.")
    return Refusal("too_many_tries", 429, text, field="password", retry_after=seconds)


def password_weak(reasons: list[str]) -> Refusal:
    """`reasons` are sentences about what is wrong with it."""
    return Refusal("password_weak", 422, " ".join(reasons), field="password", reasons=reasons)


def password_long(most: int) -> Refusal:
    """Longer than anybody types."""
    text = _("A password has at most %(most)s characters.") % {"most": most}
    return Refusal("password_weak", 422, text, field="password", limit=most)


def password_needs_proof() -> Refusal:
    """The session is not fresh, and the present password was not typed right."""
    text = _("This is not your present password. Type it again, or sign in anew with a code.")
    return Refusal("password_wrong", 400, text, field="present")


def signed_out() -> Refusal:
    """No living session stands behind the request."""
    return Refusal("signed_out", 401, _("You are signed out. Sign in again with a code."))


def too_many_files(most: int) -> Refusal:
    """409: more files than a card is for."""
    text = _("A client has at most %(most)s files here. Remove one first.") % {"most": most}
    return Refusal("too_many_files", 409, text, most=most)
