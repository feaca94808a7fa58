"""Sending: the log first, then the adapters in a thread of their own, then how it went.

Nobody waits for a provider, so a page takes the same time whether anything is sent or not (reliability S6).
"""

import logging
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final

from django.conf import settings
from django.db import connection

from visita.clients.contacts import Contact
from visita.foundation.scope import scope
from visita.messaging import adapters, limits
from visita.messaging.actions import begin, begin_again, settle
from visita.messaging.actions.begin_again import About
from visita.messaging.message import Message, NotSent
from visita.messaging.models import DeliveryState

_POOL: Final = ThreadPoolExecutor(max_workers=2, thread_name_prefix="outgoing")
_log = logging.getLogger("visita.messaging")


def post(
    organization_id: int, message: Message, recipient: str, *, withheld: bool = False, counted: bool = False
) -> None:
    """Write the log and hand the message over; call it outside any transaction. `withheld` writes the log only, and so does
    an SMS beyond the limits (`counted`: its sender has counted it)."""
    if message.channel == "sms" and not (withheld or counted):
        with scope(organization_id):
            withheld = bool(limits.hindrance(Contact("phone", message.to)))
    delivery = begin(organization_id, message, recipient, withheld=withheld)
    if withheld:
        return
    if settings.MESSAGES_LATER:
        _POOL.submit(_send_and_let_go, organization_id, delivery.pk, message).add_done_callback(_tell)
    else:
        _send(organization_id, delivery.pk, message)


def deliver(
    organization_id: int, message: Message, recipient: str, *, withheld: str = "", about: About | None = None
) -> None:
    """Send in this thread, for errands of the worker: returns when the message has left, raises NotSent.

    What was sent before under the same key is not sent again. Where an earlier attempt died in the middle, nobody
    knows: it is sent again under its key, and the log says that it may be a double. `withheld`: why it is only noted.
    What it is `about` is told once, whichever letter about that visit leaves first. Raises Behind where the letter is to be
    composed anew.
    """
    delivery = begin_again(organization_id, message, recipient, withheld=withheld, about=about)
    if delivery is not None and not withheld:
        _send(organization_id, delivery.pk, message, told=True, doubt=delivery.reason)


def _send_and_let_go(organization_id: int, delivery_id: int, message: Message) -> None:
    try:
        _send(organization_id, delivery_id, message)
    finally:
        connection.close()


def _tell(done: Future[None]) -> None:
    """A thread of a pool has nobody else to tell."""
    if error := done.exception():
        _log.error("a message was not sent: %s", type(error).__name__)


def _send(
    organization_id: int, delivery_id: int, message: Message, *, told: bool = False, doubt: str = ""
) -> None:
    """`told`: the caller hears of a failure too; `doubt` is what the log says of a message that left."""
    try:
        references = [each.send(message) for each in adapters.chosen(message.channel)]
    except NotSent as failure:
        _log.warning("delivery %s was not sent: %s", delivery_id, failure.reason)
        settle(organization_id, delivery_id, DeliveryState.FAILED, reason=failure.reason)
        if told:
            raise
        return
    settle(
        organization_id, delivery_id, DeliveryState.SENT, reference=next(iter(references), ""), reason=doubt
    )
