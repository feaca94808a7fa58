"""What a second, explicit press goes over after a refusal, for those who may."""

from visita.bookings.requests import Pressed
from visita.foundation.errors import Refusal
from visita.identity import rights
from visita.web.desk.door import Guest
from visita.web.desk.reading import Body


def goes_over(guest: Guest, refusal: Refusal | None) -> str:
    """The name of the box that ticked would book all the same: a warning that was read, or by right against a rule."""
    if refusal is None:
        return ""
    if refusal.code in ("slot_taken", "not_offered") and guest.may(rights.VISITS_OVERBOOK):
        return "" if refusal.field == "service" else "force"
    if refusal.code not in ("rule_warned", "rule_refused", "not_eligible"):
        return ""
    if refusal.code == "rule_warned":
        return "warned"
    return "override" if guest.may(rights.VISITS_OVERRIDE_RULES) else ""


def require(guest: Guest, sent: Body) -> None:
    """Refuse a box ticked without the right for it."""
    if sent.flag("force"):
        guest.require(rights.VISITS_OVERBOOK)
    if sent.flag("override"):
        guest.require(rights.VISITS_OVERRIDE_RULES)


def pressed(sent: Body) -> Pressed:
    """Which of them was ticked, for a visit that only claims its time (again)."""
    return Pressed(sent.flag("warned"), sent.flag("override"))
