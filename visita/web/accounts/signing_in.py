"""The library's sign-in page; after too many wrong passwords its answer says so to programs, too (D: rate limit)."""

from typing import Any, Final

from allauth.account.views import LoginView
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpResponse

_FIVE_MINUTES: Final = 5 * 60  # the library's window for wrong passwords of one account


class SignInView(LoginView):  # type: ignore[misc]  # the library is untyped
    """Email and password; 429 with Retry-After while neither is looked at."""

    def form_invalid(self, form: Any) -> HttpResponse:
        """The form again, with what is wrong."""
        answer: HttpResponse = super().form_invalid(form)
        if form.has_error(NON_FIELD_ERRORS, "too_many_login_attempts"):
            answer.status_code = 429
            answer["Retry-After"] = str(_FIVE_MINUTES)
        return answer
