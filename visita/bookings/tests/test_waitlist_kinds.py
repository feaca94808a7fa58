"""Who waits with a dog is offered only what is for dogs, and the visit made of the offer is the dog's (BY-05, SV-14)."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.world import CLIENT, MONDAY, NOW, STAFF, Clinic, at, clinic, person, request
from visita.activity import worker
from visita.bookings import actions
from visita.bookings.models import Appointment, Offer, Visit, Waiting
from visita.bookings.requests import Booked, SubjectDetails
from visita.bookings.waitlist import matching
from visita.bookings.waitlist.windows import Window
from visita.clients.actions import archive_subject
from visita.clients.models import Subject
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.scheduling import actions as scheduling
from visita.tenancy.actions import set_setting

pytestmark = pytest.mark.django_db
REX, MIA = SubjectDetails("dog", "Rex", {"breed": "Corgi"}), SubjectDetails("cat", "Mia")


@pytest.fixture
def vets() -> Iterator[Clinic]:
    """Ana sees dogs, Mihai cats; each has half an hour on Monday."""
    with clock.at(NOW):
        made = clinic()
        for who, kind in ((made.ana, "dog"), (made.mihai, "cat")):
            set_setting(made.id, "for_kinds", [kind], actor=STAFF, scope_kind="resource", scope_id=who)
            scheduling.set_exception(made.id, who, made.location, MONDAY, [(540, 570)], actor=STAFF)
        worker.drain()
        yield made


def join(vets: Clinic, about: SubjectDetails | None, *, who: int | None = None, kind: str = "") -> Waiting:
    client = person("Vera", "Waits", phone="", email="vera@example.test")
    wish = actions.WaitRequest(
        ((vets.visit, who),), Window(MONDAY, MONDAY), client=client, subject=about, kind=kind
    )
    return actions.join(vets.id, wish, CLIENT)


def later() -> None:
    with clock.at(NOW + timedelta(seconds=10)):
        worker.drain()


def offered(vets: Clinic) -> list[int]:
    """With whom the open offers are."""
    with scope(vets.id):
        return [offer.parts[0]["resource"] for offer in Offer.objects.filter(status="open").order_by("id")]


@pytest.mark.parametrize(("about", "who"), [(REX, "ana"), (MIA, "mihai")])
def test_the_offer_is_with_somebody_for_the_kind(vets: Clinic, about: SubjectDetails, who: str) -> None:
    join(vets, about)
    later()
    assert offered(vets) == [getattr(vets, who)]


def test_a_time_of_others_is_not_offered_and_the_next_in_line_gets_it(vets: Clinic) -> None:
    actions.book(vets.id, request(vets, at(9), who=vets.ana), STAFF)
    cat, dog = join(vets, MIA), join(vets, REX)
    later()
    with scope(vets.id):
        assert list(Offer.objects.values_list("waiting_id", flat=True)) == [cat.pk]
        look = matching.Look(staff=True)  # by hand neither
        assert not look.fitting(dog, None, None, MONDAY, MONDAY)


def test_the_visit_is_the_dogs_and_asks_for_it_no_more(vets: Clinic) -> None:
    waiting = join(vets, REX)
    later()
    booked = actions.accept(vets.id, waiting.pk, actions.Answers(), CLIENT)
    assert isinstance(booked, Booked)
    with scope(vets.id):
        visit = Visit.objects.get(pk=booked.visit_id)
        dog = Subject.objects.get()
        assert (visit.subject_id, dog.name, dog.details) == (dog.pk, "Rex", {"breed": "Corgi"})
        assert Appointment.objects.get(visit_id=visit.pk).resource_id == vets.ana


def test_who_waits_with_two_animals_waits_twice_and_again_with_one_once(vets: Clinic) -> None:
    first, second, again = join(vets, REX), join(vets, MIA), join(vets, REX)
    assert first.pk == again.pk != second.pk and again.again


def test_a_kind_without_a_name_narrows_too(vets: Clinic) -> None:
    waiting = join(vets, None, kind="cat")
    later()
    assert waiting.subject_id is None and offered(vets) == [vets.mihai]


def test_a_word_that_is_no_kind_here_narrows_nothing(vets: Clinic) -> None:
    waiting = join(vets, SubjectDetails("parrot", "Kiki"))
    assert waiting.kind == "" and waiting.subject_id


@pytest.mark.parametrize("staff", [False, True])
def test_what_is_never_given_to_dogs_is_not_waited_for(vets: Clinic, staff: bool) -> None:
    wish = actions.WaitRequest(
        ((vets.visit, vets.mihai),), Window(MONDAY, MONDAY), client=person("Vera"), subject=REX, staff=staff
    )
    with pytest.raises(Refusal, match="not_eligible"):
        actions.join(vets.id, wish, STAFF if staff else CLIENT)
    with scope(vets.id):
        assert not Waiting.objects.exists() and not Subject.objects.exists()


def test_a_dog_put_away_meanwhile_is_asked_for_anew(vets: Clinic) -> None:
    waiting = join(vets, REX)
    later()
    with scope(vets.id):
        dog = Subject.objects.get()
    archive_subject(vets.id, dog.pk, waiting.client_id, actor=STAFF)
    answers = actions.Answers(subject=SubjectDetails("dog", "Bella"))
    booked = actions.accept(vets.id, waiting.pk, answers, CLIENT)
    assert isinstance(booked, Booked)
    with scope(vets.id):
        visit = Visit.objects.get()
        assert list(Subject.objects.filter(archived_at=None).values_list("pk", "name")) == [
            (visit.subject_id, "Bella")
        ]


def test_a_visit_wished_earlier_with_anyone_stays_with_those_for_its_kind(vets: Clinic) -> None:
    with clock.at(NOW - timedelta(days=1)):
        booked = actions.book(
            vets.id, request(vets, at(10, 0, MONDAY + timedelta(days=1)), subject=MIA), CLIENT
        )
    assert isinstance(booked, Booked)
    actions.wish_earlier(vets.id, booked.visit_id, CLIENT, anyone=True, since=MONDAY)
    later()
    assert offered(vets) == [vets.mihai]
