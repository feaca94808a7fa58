"""The library's sign-in forms in our look: no placeholders for labels, no links to pages that do not exist."""

from typing import Any

from allauth.account.forms import LoginForm
from allauth.mfa.base.forms import AuthenticateForm
from django import forms


def _dress(form: forms.Form) -> None:
    for field in form.fields.values():
        field.help_text = ""
        field.widget.attrs.pop("placeholder", None)
        if not isinstance(field.widget, forms.CheckboxInput):
            field.widget.attrs["class"] = "input"


class SignIn(LoginForm):  # type: ignore[misc]  # the library is untyped
    """Email and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(self)


class SecondFactor(AuthenticateForm):  # type: ignore[misc]  # the library is untyped
    """The code of the authenticator app, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(self)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code"}
