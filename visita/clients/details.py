"""What is said about a client, checked: the one form that every door fills in."""

from dataclasses import dataclass, replace
from typing import Any

from visita.foundation import phones, text


@dataclass(frozen=True, slots=True)
class Details:
    """`phone` as typed; `external_id` is the client's id in the `source` it was imported from; `address` is kept apart, with
    the personal data."""

    first_name: str
    last_name: str = ""
    phone: str = ""
    email: str = ""
    language: str = ""
    note: str = ""
    source: str = ""
    external_id: str | None = None
    address: str = ""

    @property
    def reachable(self) -> bool:
        """Whether there is a phone or an email to tell them anything by."""
        return bool(self.phone.strip() or self.email.strip())

    def checked(self, country: str, *, lenient: bool = False) -> "Checked":
        """Normalised, or a Refusal of the field; `lenient` (an import) keeps a phone that cannot be parsed."""
        external = text.line(self.external_id or "", field="external_id", limit=120) or None
        return Checked(
            details=replace(
                self,
                first_name=text.line(self.first_name, field="first_name", limit=120, required=True),
                last_name=text.line(self.last_name, field="last_name", limit=120),
                email=text.email(self.email),
                language=text.language(self.language) if self.language else "",
                note=text.note(self.note, field="note"),
                source=text.line(self.source, field="source", limit=60),
                external_id=external,
                address=text.line(self.address, field="address", limit=300),
            ),
            phone=phones.read(self.phone, country, lenient=lenient),
            country=country,
        )


@dataclass(frozen=True, slots=True)
class Checked:
    """Details that may be stored, with the phone's match key."""

    details: Details
    phone: phones.Phone
    country: str

    def columns(self) -> dict[str, Any]:
        """The client's columns and their values."""
        details = self.details
        return {
            "first_name": details.first_name,
            "last_name": details.last_name,
            "phone": self.phone.typed,
            "phone_e164": self.phone.e164,
            "email": details.email,
            "language": details.language,
            "note": details.note,
            "source": details.source,
            "external_id": details.external_id,
        }
