"""Rights and the ready roles made of them (US-01). A right refused is refused at every door."""

from typing import Final

VISITS_SEE: Final = "visits.see"
VISITS_SEE_OWN: Final = "visits.see_own"
VISITS_BOOK: Final = "visits.book"
VISITS_CHANGE: Final = "visits.change"
VISITS_CHANGE_OWN: Final = "visits.change_own"
VISITS_CANCEL: Final = "visits.cancel"
VISITS_CANCEL_MANY: Final = "visits.cancel_many"
VISITS_STATUS: Final = "visits.status"
VISITS_OVERBOOK: Final = "visits.overbook"
VISITS_OVERRIDE_RULES: Final = "visits.override_rules"
VISITS_DISCOUNT: Final = "visits.discount"
CLIENTS_SEE: Final = "clients.see"
CLIENTS_CHANGE: Final = "clients.change"
CLIENTS_EXPORT: Final = "clients.export"
CLIENTS_PHONES: Final = "clients.phones"
WORKING_TIME_SEE: Final = "working_time.see"
WORKING_TIME_CHANGE: Final = "working_time.change"
WORKING_TIME_CHANGE_OWN: Final = "working_time.change_own"
CATALOG_CHANGE: Final = "catalog.change"
RESOURCES_CHANGE: Final = "resources.change"
SETTINGS_CHANGE: Final = "settings.change"
MEMBERS_CHANGE: Final = "members.change"
KEYS_CHANGE: Final = "keys.change"
REPORTS_SEE: Final = "reports.see"
HISTORY_SEE: Final = "history.see"
READINGS_SEE: Final = "readings.see"
ONLINE_CHANGE: Final = "online.change"

ALL: Final = frozenset(
    {
        VISITS_SEE, VISITS_SEE_OWN, VISITS_BOOK, VISITS_CHANGE, VISITS_CHANGE_OWN, VISITS_CANCEL, VISITS_CANCEL_MANY, VISITS_STATUS,
        VISITS_OVERBOOK, VISITS_OVERRIDE_RULES, VISITS_DISCOUNT, CLIENTS_SEE, CLIENTS_CHANGE, CLIENTS_EXPORT, CLIENTS_PHONES, WORKING_TIME_SEE,
        WORKING_TIME_CHANGE, WORKING_TIME_CHANGE_OWN, CATALOG_CHANGE, RESOURCES_CHANGE, SETTINGS_CHANGE,
        MEMBERS_CHANGE, KEYS_CHANGE, REPORTS_SEE, HISTORY_SEE, READINGS_SEE, ONLINE_CHANGE,
    }
)  # fmt: skip

_OWN = frozenset({VISITS_SEE_OWN, WORKING_TIME_SEE})
_BOOKING = frozenset(
    {VISITS_SEE, VISITS_SEE_OWN, VISITS_BOOK, VISITS_CHANGE, VISITS_CHANGE_OWN, VISITS_CANCEL}
)
_CLIENTS = frozenset({CLIENTS_SEE, CLIENTS_CHANGE, CLIENTS_PHONES})

ROLES: Final[dict[str, frozenset[str]]] = {
    "owner": ALL,
    "administrator": ALL - {MEMBERS_CHANGE, KEYS_CHANGE},
    "reception": _BOOKING
    | _CLIENTS
    | {VISITS_STATUS, VISITS_DISCOUNT, WORKING_TIME_SEE, WORKING_TIME_CHANGE, HISTORY_SEE},
    "booking_centre": _BOOKING | _CLIENTS | {WORKING_TIME_SEE},
    "online_keeper": frozenset({VISITS_SEE, WORKING_TIME_SEE, WORKING_TIME_CHANGE, ONLINE_CHANGE}),
    "specialist": _OWN
    | {VISITS_BOOK, VISITS_CHANGE_OWN, VISITS_STATUS, CLIENTS_SEE, CLIENTS_CHANGE, WORKING_TIME_CHANGE_OWN},
    "specialist_view": _OWN,
    "assistant": _OWN,
    "assistant_without_hours": frozenset({VISITS_SEE_OWN}),
    "analyst": frozenset({REPORTS_SEE}),
    "partner": frozenset({VISITS_BOOK, VISITS_SEE_OWN}),
}


def may(role: str, right: str) -> bool:
    """Whether a ready role has a right; an unknown role has none."""
    return right in ROLES.get(role, frozenset())
