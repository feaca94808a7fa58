"""Patience with whoever types wrong codes or passwords: every tenth try waits longer. Inside a scope."""

from datetime import datetime, timedelta
from typing import Final

from django.db import connection

from visita.clients import codes
from visita.clients.models import CodePatience
from visita.foundation import clock, scope

_WRONG: Final = """
INSERT INTO clients_codepatience AS p (organization_id, contact, wrong, last) VALUES (%s, %s, 1, %s)
ON CONFLICT ON CONSTRAINT code_patience_once DO UPDATE
  SET wrong = CASE WHEN greatest(p.last, p.until) < %s THEN 1 ELSE p.wrong + 1 END, last = excluded.last
RETURNING wrong"""
_FORGET: Final = timedelta(days=1)


def over(key: str) -> datetime | None:
    """Until when nothing may be tried with this key; None where it may."""
    until = CodePatience.objects.filter(contact=key).values_list("until", flat=True).first()
    return until if until and until > clock.now() else None


def forget(key: str) -> None:
    """It was typed right."""
    CodePatience.objects.filter(contact=key).delete()


def count_wrong(key: str) -> None:
    """One more wrong try; the tenth makes wait."""
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(_WRONG, [scope.current(), key, now, now - _FORGET])
        wrong = int(cursor.fetchone()[0])
    wait = codes.wait_after(wrong)
    if wait:
        CodePatience.objects.filter(contact=key).update(until=now + wait)
