"""A phone or an email at which a client can be reached and, by a code sent there, recognised."""

from dataclasses import dataclass
from typing import Literal

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from visita.clients import queries
from visita.clients.models import Client
from visita.foundation import phones, scope, text
from visita.foundation.errors import Refusal

Kind = Literal["phone", "email"]


@dataclass(frozen=True, slots=True)
class Contact:
    """`value` is an E.164 number or a lower-cased address."""

    kind: Kind
    value: str

    @property
    def key(self) -> str:
        """What stands for the contact in tables of codes: nobody who reads them learns whom they are about."""
        return self._key()

    def is_called(self, key: str) -> bool:
        """Whether a key, or the beginning of one, is this contact's, by the present secret or a former one."""
        secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
        return bool(key) and any(self._key(secret).startswith(key) for secret in secrets)

    def _key(self, secret: str | bytes | None = None) -> str:
        told = f"{scope.current()}|{self.kind}|{self.value}"
        return str(salted_hmac("visita.contact", told, secret=secret, algorithm="sha256").hexdigest())

    @property
    def shown(self) -> str:
        """As a page or a log may say it: +40 ••• 014, m•••@example.org."""
        if self.kind == "phone":
            return f"{phones.dial_code(self.value)} ••• {self.value[-3:]}"
        name, _at, host = self.value.partition("@")
        return f"{name[:1]}•••@{host}"


def read(typed: str, country: str, *, field: str = "contact") -> Contact:
    """What a person typed, phone or email; refuses required, phone_invalid, phone_not_supported, email_invalid."""
    value = text.line(typed, field=field, limit=254, required=True)
    if "@" in value:
        return Contact("email", text.email(value, field=field))
    if not any(letter.isdigit() for letter in value):
        raise Refusal("contact_invalid", 422, _("Type a mobile phone or an email address."), field=field)
    return phone(value, country, field=field)


def phone(typed: str, country: str, *, field: str = "phone") -> Contact:
    """A phone as a contact; refuses phone_invalid and phone_not_supported."""
    found = phones.read(typed, country, field=field)
    if not found.e164:
        raise text.missing(field)
    return Contact("phone", found.e164)


def people(contact: Contact) -> list[Client]:
    """The clients who have this contact: one person, or a family that shares a phone. Inside a scope.

    A record that was merged stands for its survivor, so an old phone still leads there.
    """
    own = {"phone_e164": contact.value} if contact.kind == "phone" else {"email": contact.value}
    found = {_survivor(each) for each in Client.objects.filter(**own).only("id", "merged_into_id")}
    found = found or {0}  # nobody: Django would spare the second look, and the clock would tell who is known
    here = Client.objects.filter(pk__in=found, archived_at=None)
    return sorted(here, key=lambda each: (each.first_name, each.last_name, each.pk))


def _survivor(client: Client) -> int:
    if client.merged_into_id is None:
        return client.pk
    try:
        return queries.client(client.merged_into_id).pk
    except Refusal:
        return client.pk
