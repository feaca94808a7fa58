"""Our answers to the sign-in library's questions."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in is open, sign-up is not: people are let in by a membership."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Nobody makes an account by themselves."""
        return False
