"""Tick-boxes: no booking without the required ones, and a proof that nobody can change."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from tests.world import CLIENT, NOW, STAFF, Clinic, at, person, request
from visita.bookings import actions
from visita.bookings.models import Acceptance, Visit
from visita.catalog import actions as catalog
from visita.catalog import documents
from visita.catalog.asking import Where
from visita.foundation.actor import Actor
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.tenancy import actions as tenancy

AT_HOME = Actor("client", None, "Maria Ilie", ip="2001:db8::7", source="web")
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
LABEL = {"en": "I agree to the [terms](https://meridian.example/terms).", "ro": "Sunt de acord."}
BODY = {"en": "Come in time.", "ro": "Veniți la timp."}


def consent(cast: Clinic, **more: Any) -> int:
    """A required consent with a text."""
    values: dict[str, Any] = {"label": LABEL, "body": BODY, **more}
    return catalog.add_consent(cast.id, actor=STAFF, **values).pk


def book(cast: Clinic, *given: Any, **more: Any) -> list[Acceptance]:
    """Book with these ticks; the proofs."""
    actor = more.pop("actor", AT_HOME)
    booked = actions.book(cast.id, request(cast, at(9), consents=given, **more), actor)
    with scope(cast.id):
        return list(Acceptance.objects.filter(visit_id=booked.visit_id).order_by("id"))  # type: ignore[union-attr]


def refused(cast: Clinic, *given: Any, **more: Any) -> Refusal:
    """What is said; nothing is booked."""
    with pytest.raises(Refusal) as caught:
        book(cast, *given, **more)
    with scope(cast.id):
        assert not Visit.objects.exists() and not Acceptance.objects.exists()
    return caught.value


def test_without_the_required_tick_nothing_is_booked(cast: Clinic) -> None:
    terms, news = consent(cast), consent(cast, purpose="marketing", required=False)
    refusal = refused(cast, news)
    assert (refusal.code, refusal.status, refusal.extra["consents"]) == ("consent_required", 422, [terms])
    assert [proof.consent_id for proof in book(cast, terms)] == [terms]


def test_the_proof_says_what_who_when_and_from_where(cast: Clinic) -> None:
    key = consent(cast)
    (proof,) = book(cast, str(key), client=person(language="ro"))
    assert (proof.label, proof.text, proof.language) == (LABEL["ro"], BODY["ro"], "ro")
    assert proof.sha256 == hashlib.sha256(BODY["ro"].encode()).hexdigest()
    assert (proof.version, proof.at, proof.ip, proof.source) == (1, NOW, "2001:db8::7", "web")
    with scope(cast.id):
        visit = Visit.objects.get()
        assert visit.consents == [{"id": key, "version": 1}] and proof.activity_id == visit.activity_id


def test_a_language_without_text_reads_the_organization_s_own(cast: Clinic) -> None:
    (proof,) = book(cast, consent(cast), client=person(language="fi"))
    assert (proof.label, proof.text, proof.language) == (LABEL["en"], BODY["en"], "en")


def test_without_a_body_the_sentence_itself_is_hashed(cast: Clinic) -> None:
    (proof,) = book(cast, consent(cast, body={}))
    assert proof.text == "" and proof.sha256 == hashlib.sha256(LABEL["en"].encode()).hexdigest()


def test_an_uploaded_pdf_is_proved_by_its_hash(cast: Clinic, settings: Any, tmp_path: Path) -> None:
    settings.VISITA_DATA = tmp_path
    digest = documents.keep(cast.id, PDF)
    (proof,) = book(cast, consent(cast, body={}, file_hash=digest, file_name="terms.pdf"))
    assert proof.sha256 == proof.file_hash == hashlib.sha256(PDF).hexdigest()
    assert documents.read(cast.id, digest) == PDF
    (tmp_path / "files" / str(cast.id) / f"{digest}.pdf").write_bytes(PDF + b"more")
    with pytest.raises(Refusal):
        documents.read(cast.id, digest)


@pytest.mark.parametrize(
    ("content", "code"), [(b"<html>", "file_type"), (b"%PDF-1.7", "file_type"), (b"", "file_type")]
)
def test_only_whole_pdfs_are_kept(
    cast: Clinic, settings: Any, tmp_path: Path, content: bytes, code: str
) -> None:
    settings.VISITA_DATA = tmp_path
    with pytest.raises(Refusal) as caught:
        documents.keep(cast.id, content)
    assert caught.value.code == code and not list(tmp_path.rglob("*.pdf"))


def test_another_organization_s_file_is_unknown(cast: Clinic, settings: Any, tmp_path: Path) -> None:
    settings.VISITA_DATA = tmp_path
    digest = documents.keep(cast.id + 1, PDF)
    with pytest.raises(Refusal) as caught:
        consent(cast, body={}, file_hash=digest)
    assert caught.value.code == "not_found"


def test_changed_words_are_another_version_and_must_be_read_again(cast: Clinic) -> None:
    key = consent(cast)
    catalog.change_consent(cast.id, key, {"position": 3}, actor=STAFF)
    catalog.change_consent(cast.id, key, {"body": {"en": "Come earlier."}}, actor=STAFF)
    refusal = refused(cast, f"{key}.1")
    assert (refusal.code, refusal.status) == ("consent_changed", 409)
    (proof,) = book(cast, f"{key}.2")
    assert (proof.version, proof.text, proof.label) == (2, "Come earlier.", LABEL["en"])


def test_an_id_alone_says_what_was_read_only_where_there_was_one_text(cast: Clinic) -> None:
    key = consent(cast)
    catalog.change_consent(cast.id, key, {"body": {"en": "Come earlier."}}, actor=STAFF)
    refusal = refused(cast, key)
    assert (refusal.code, refusal.status, refusal.field) == ("consent_version_needed", 422, "consents")


def test_a_consent_holds_for_its_services_only(cast: Clinic) -> None:
    key = consent(cast, where=[Where(None, None, cast.scan)])
    assert refused(cast, key).code == "bad_choice"
    assert book(cast) == []


def test_a_site_with_its_own_consents_switches_ours_off(cast: Clinic) -> None:
    consent(cast)
    tenancy.set_setting(cast.id, "ask_consents", False, actor=STAFF)
    assert book(cast) == []


def test_staff_do_not_tick_for_the_client(cast: Clinic) -> None:
    consent(cast)
    assert book(cast, actor=STAFF, staff=True) == []


def test_marketing_is_never_a_condition(cast: Clinic) -> None:
    with pytest.raises(Refusal):
        consent(cast, purpose="marketing")
    key = consent(cast, purpose="marketing", required=False)
    with pytest.raises(Refusal):
        catalog.change_consent(cast.id, key, {"required": True}, actor=STAFF)


def test_foreign_and_unknown_ids_are_the_same_bad_choice(cast: Clinic) -> None:
    for given in ("0", "x", 2**62, "\x00", "1.x"):
        assert refused(cast, given).code == "bad_choice"


@pytest.mark.parametrize("table", ["bookings_acceptance", "catalog_consentversion"])
@pytest.mark.parametrize("deed", ["UPDATE {} SET version = 9", "DELETE FROM {}"])
def test_a_proof_cannot_be_changed(cast: Clinic, table: str, deed: str) -> None:
    book(cast, consent(cast))
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), scope(cast.id):
        connection.cursor().execute(deed.format(table))


def test_the_policy_stays_as_it_was_agreed(cast: Clinic) -> None:
    tenancy.change_profile(cast.id, {"policy": {"en": "Half the price.", "ro": "Jumătate."}}, actor=STAFF)
    actions.book(cast.id, request(cast, at(9), client=person(language="ro")), CLIENT)
    tenancy.change_profile(cast.id, {"policy": {"en": "All of it."}}, actor=STAFF)
    tenancy.set_setting(cast.id, "cancel_until_minutes", 10_000, actor=STAFF)
    with scope(cast.id):
        visit = Visit.objects.get()
    assert visit.terms == {"cancel_until": 120, "text": "Jumătate.", "language": "ro"}
    assert actions.cancel(cast.id, visit.pk, CLIENT).status == "cancelled"


def test_staff_book_without_terms_and_the_present_ones_hold(cast: Clinic) -> None:
    booked = actions.book(cast.id, request(cast, at(9), staff=True), STAFF)
    tenancy.set_setting(cast.id, "cancel_until_minutes", 10_000, actor=STAFF)
    with pytest.raises(Refusal) as caught:
        actions.cancel(cast.id, booked.visit_id, CLIENT)  # type: ignore[union-attr]
    assert caught.value.code == "deadline_passed"
