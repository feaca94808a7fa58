"""The trades and their own words: what each calls those who come and those who do the work (ORG-11).

Every word is a text of its own for the translators: a language may decline "by doctor" as it must.
"""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise
_BY, _PEOPLE, _CLIENT = _("By person"), _("People"), _("Client")
_PATIENT, _OWNER, _DRIVER = _("Patient"), _("Owner"), _("Driver")
_KINDS = ((_PATIENT, "patient"), (_OWNER, "owner"), (_DRIVER, "driver"))
_PLURALS = ((_PATIENT, _("Patients")), (_OWNER, _("Owners")), (_DRIVER, _("Drivers")))
_KNOW, _DOCTOR_KNOWS = _("What should we know?"), _("What should the doctor know?")


@dataclass(frozen=True, slots=True)
class Words:
    """The tab that starts with the person, the heading over several of them, who comes, and what to tell them."""

    by: Text = _BY
    people: Text = _PEOPLE
    client: Text = _CLIENT
    know: Text = _KNOW

    @property
    def who(self) -> str:
        """The kind of those who come, for whole sentences of their own: client, patient, owner, driver."""
        return next((kind for one, kind in _KINDS if one is self.client), "client")

    @property
    def clients(self) -> Text:
        """All who come."""
        return next((many for one, many in _PLURALS if one is self.client), _("Clients"))


@dataclass(frozen=True, slots=True)
class Trade:
    """A trade's name, the family it is listed in, and its words."""

    name: Text
    family: Text
    words: Words = Words()


_HEALTH, _BEAUTY, _ANIMALS = _("Health"), _("Beauty"), _("Animals")
_VEHICLES, _SPORT, _OFFICES = _("Vehicles"), _("Sport"), _("Advice and offices")
_DOCTOR = Words(_("By doctor"), _("Doctors"), _PATIENT, _DOCTOR_KNOWS)
_MASTER = Words(_("By stylist"), _("Stylists"))

TRADES: Final[dict[str, Trade]] = {
    "practice": Trade(_("Medical practice"), _HEALTH, _DOCTOR),
    "medical": Trade(_("Clinic"), _HEALTH, _DOCTOR),
    "clinic": Trade(_("Clinic"), _HEALTH, _DOCTOR),
    "dental": Trade(_("Dental clinic"), _HEALTH, Words(_("By dentist"), _("Dentists"), _PATIENT)),
    "physiotherapy": Trade(_("Physiotherapy"), _HEALTH, Words(_("By therapist"), _("Therapists"), _PATIENT)),
    "optician": Trade(_("Optician"), _HEALTH, Words(_("By optician"), _("Opticians"))),
    "orthopaedics": Trade(_("Orthopaedic workshop"), _HEALTH, Words(_("By technician"), _("Technicians"))),
    "beauty": Trade(_("Beauty salon"), _BEAUTY, _MASTER),
    "barber": Trade(_("Barber"), _BEAUTY, Words(_("By barber"), _("Barbers"))),
    "nails": Trade(_("Nail studio"), _BEAUTY, Words(_("By nail artist"), _("Nail artists"))),
    "massage": Trade(_("Massage studio"), _BEAUTY, Words(_("By therapist"), _("Therapists"))),
    "vet": Trade(_("Vet"), _ANIMALS, Words(_("By vet"), _("Vets"), _OWNER, _("What should the vet know?"))),
    "grooming": Trade(_("Pet grooming"), _ANIMALS, Words(_("By groomer"), _("Groomers"), _OWNER)),
    "inspection": Trade(_("Vehicle inspection"), _VEHICLES, Words(client=_DRIVER)),
    "garage": Trade(_("Garage and car wash"), _VEHICLES, Words(_("By mechanic"), _("Mechanics"), _DRIVER)),
    "sports": Trade(_("Sports hall"), _SPORT, Words(_("By instructor"), _("Instructors"))),
    "trainer": Trade(_("Personal trainer"), _SPORT, Words(_("By trainer"), _("Trainers"))),
    "notary": Trade(_("Notary"), _OFFICES),
    "social": Trade(_("Social services"), _OFFICES, Words(_("By adviser"), _("Advisers"))),
}


def words(trade: str) -> Words:
    """The words of a trade; the plain ones where it is not known."""
    found = TRADES.get(trade)
    return found.words if found else Words()


def health(trade: str) -> bool:
    """Whether what is known of clients here is health data."""
    found = TRADES.get(trade)
    return found is not None and found.family is _HEALTH
