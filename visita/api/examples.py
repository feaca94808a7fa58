"""Bodies shown in the description; the tests send each of them to a world made for it."""

from typing import Any

_START = "2026-11-23T09:00:00+02:00"
_ITEM = {"service": 1, "resource": None, "start": _START}
_CLIENT = {
    "first_name": "Ioana",
    "last_name": "Popescu",
    "phone": "+40 722 123 456",
    "email": "ioana.popescu@example.org",
}

EXAMPLES: dict[tuple[str, str], Any] = {
    ("post", "/api/v1/organizations/{slug}/holds"): {"location": None, "items": [_ITEM], "seats": 1},
    ("post", "/api/v1/organizations/{slug}/bookings"): {
        "location": None,
        "items": [_ITEM],
        "seats": 1,
        "hold": None,
        "client": _CLIENT,
        "subject": None,
        "fields": {},
        "consents": [],
        "note": "",
    },
    ("post", "/api/v1/organizations/{slug}/waitlist"): {
        "items": [{"service": 1, "resource": None}],
        "first_day": "2026-11-23",
        "last_day": "2026-11-27",
        "client": _CLIENT,
    },
    ("post", "/api/v1/bookings/{code}/cancellation"): {"reason": "I fell ill", "version": None},
    ("post", "/api/v1/bookings/{code}/move"): {
        "start": "2026-11-23T10:00:00+02:00",
        "resource": None,
        "version": None,
    },
    ("post", "/api/v1/visits"): {"items": [_ITEM], "client": _CLIENT, "note": "Came by phone"},
    ("post", "/api/v1/series/plan"): {
        "visit": {"items": [_ITEM], "client": _CLIENT},
        "repeat": {"unit": "week", "count": 6},
    },
    ("post", "/api/v1/series"): {
        "visit": {"items": [_ITEM], "client": _CLIENT},
        "repeat": {"unit": "week", "count": 2},
        "occasions": [{"number": 1, "items": [_ITEM], "price_minor": None}],
    },
    ("post", "/api/v1/series/{series_id}/change/plan"): {"visit": 1, "span": "following", "time": "10:30"},
    ("post", "/api/v1/series/{series_id}/change"): {
        "visit": 1,
        "span": "all",
        "time": "10:30",
        "visits": [{"visit": 1, "version": 1, "items": [{"start": "2026-11-23T10:30:00+02:00"}]}],
    },
    ("post", "/api/v1/series/{series_id}/cancellation"): {"visits": [{"visit": 1, "version": 1}]},
    ("post", "/api/v1/waitlist"): {
        "client": 1,
        "items": [{"service": 1, "resource": None}],
        "first_day": "2026-11-23",
        "last_day": "2026-11-27",
        "weekdays": [],
        "parts": [{"start": 1020, "end": 1440}],
    },
    ("post", "/api/v1/visits/{visit_id}/move"): {"start": "2026-11-23T10:00:00+02:00", "resource": None},
    ("put", "/api/v1/visits/{visit_id}/services"): {
        "services": [{"service": 1, "appointment": 1, "minutes": 20}]
    },
    ("post", "/api/v1/visits/{visit_id}/discounts"): {"percent": 10, "reason": "Birthday"},
    ("post", "/api/v1/visits/{visit_id}/cancellation"): {"reason": "Called in"},
    ("post", "/api/v1/visits/{visit_id}/restoration"): {"warned": False, "override": False},
    ("post", "/api/v1/clients"): _CLIENT,
    ("patch", "/api/v1/clients/{client_id}"): {"note": "Prefers mornings"},
    ("post", "/api/v1/resources"): {"name": "Andrei Pop", "kind": "person", "locations": [1]},
    ("patch", "/api/v1/resources/{resource_id}"): {"title": "Dr."},
    ("put", "/api/v1/resources/{resource_id}/working-time"): {
        "patterns": [{"weekday": 0, "start": "09:00", "end": "17:00"}]
    },
    ("put", "/api/v1/resources/{resource_id}/exceptions/{day}"): {"intervals": [], "reason": "vacation"},
    ("put", "/api/v1/locations/{location_id}/closed-days/{day}"): {"intervals": [], "reason": "holiday"},
}
