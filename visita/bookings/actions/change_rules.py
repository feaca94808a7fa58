"""Change the rules of a service after its effect on the visits to come was seen. They keep their time, length and price."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from visita.bookings import rule_change
from visita.bookings.rule_change import Effect, Rule
from visita.catalog import queries
from visita.catalog.actions import change_service
from visita.catalog.errors import not_found
from visita.catalog.models import Service
from visita.foundation import numbers
from visita.foundation.action import Action
from visita.foundation.actor import Actor
from visita.foundation.errors import Refusal
from visita.scheduling.errors import changed_meanwhile
from visita.tenancy.actions import set_setting
from visita.tenancy.settings import YEAR


class RulesFelt(Refusal):
    """409: booked visits differ from the new rule; the same request with `agreed` = the effect's token makes it."""

    def __init__(self, effect: Effect) -> None:
        message = _("Visits are booked by the old rule. Nothing was changed yet.")
        super().__init__("rules_felt", 409, message, token=effect.token(), visits=effect.counts())
        self.effect = effect


@Action
def change_rules(
    service_id: int,
    changes: dict[str, Any],
    lead: int | None,
    *,
    actor: Actor,
    version: int,
    agreed: str = "",
) -> None:
    """`changes` as of change_service; `lead` minutes of notice, None as the organization's; `version` as `version_of` gave.

    Refuses changed_meanwhile, rules_felt unless `agreed` is its token, and what change_service refuses. The service's row
    is locked, so two people cannot both save what only one of them saw.
    """
    service = Service.objects.select_for_update(no_key=True).filter(pk=service_id, archived_at=None).first()
    if service is None:
        raise not_found()
    if version_of(service) != version:
        raise changed_meanwhile(version_of(service))
    old = _rule(service)
    new = _rule(change_service.here(service_id, changes, actor=actor))
    effect = rule_change.compare(rule_change.rows(service_id), old, new) if new != old else Effect()
    if effect.felt and effect.token() != agreed:
        raise RulesFelt(effect)
    if lead is not None:
        numbers.minutes(lead, field="lead", high=YEAR)
    set_setting.here("lead_minutes", lead, actor=actor, scope_kind="service", scope_id=service_id)


def version_of(service: Service) -> int:
    """The act that made the service as it is: another after every change."""
    return service.activity_id or 0


def _rule(service: Service) -> Rule:
    return rule_change.rule(
        service, None if service.specialty_id is None else queries.specialty(service.specialty_id)
    )
