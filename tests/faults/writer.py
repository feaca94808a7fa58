"""A writer that books until it is killed: each code is printed only after the booking was acknowledged."""

import itertools
import sys
from datetime import datetime, timedelta

import django


def _main(organization: int, service: int, chair: int, first: str) -> None:
    django.setup()
    from tests.world import CLIENT, NOW, person
    from visita.bookings import actions
    from visita.bookings.requests import Booked, BookRequest, Item
    from visita.foundation import clock

    with clock.at(NOW):
        for number in itertools.count():
            start = datetime.fromisoformat(first) + timedelta(days=number // 7, minutes=30 * (number % 7))
            if start.weekday() > 4:
                continue
            request = BookRequest((Item(service, chair, start),), client=person(f"Client{number}"))
            booked = actions.book(organization, request, CLIENT)
            assert isinstance(booked, Booked)
            print(booked.code, flush=True)  # noqa: T201  # the acknowledgement


if __name__ == "__main__":
    _main(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
