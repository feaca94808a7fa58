"""One wording for a field that was left empty, whether the framework or the house's own rules find it so."""

from django import forms
from django.utils.translation import gettext_lazy as _

_PLAIN = forms.Field.default_error_messages["required"]


def one_wording(form: forms.Form) -> None:
    """Call it when every field stands; a field with words of its own (a tick) keeps them."""
    for field in form.fields.values():
        if field.error_messages["required"] is _PLAIN:
            field.error_messages["required"] = _("Fill in this field.")
