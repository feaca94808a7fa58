"""The only writers of visits. Each verb is one file; each opens its own durable scope and commits before it returns."""

from visita.bookings.actions.accept import Answers, accept
from visita.bookings.actions.add_session import add_session
from visita.bookings.actions.answer import answer
from visita.bookings.actions.book import book
from visita.bookings.actions.book_series import book_series
from visita.bookings.actions.bring_back import Wish, bring_back, undo_last
from visita.bookings.actions.call_ticket import (
    call_next,
    call_ticket,
    leave_queue,
    no_answer,
    put_before,
    wait_again,
)
from visita.bookings.actions.cancel import cancel
from visita.bookings.actions.change_series import cancel_series, change_series
from visita.bookings.actions.change_services import change_services
from visita.bookings.actions.device import add_device, revoke_device
from visita.bookings.actions.discount import DiscountWish, discount, take_back_discount
from visita.bookings.actions.end_choice import end_choice, expire_choice
from visita.bookings.actions.end_offer import end_offer, expire_offer
from visita.bookings.actions.fit_risk import fit_risk
from visita.bookings.actions.give_choice import give_choice
from visita.bookings.actions.hold import extend_hold, hold, release_hold
from visita.bookings.actions.join_queue import check_in, join_queue
from visita.bookings.actions.keep import keep
from visita.bookings.actions.mark import mark
from visita.bookings.actions.move import move
from visita.bookings.actions.note import note
from visita.bookings.actions.offer import Time, offer
from visita.bookings.actions.park import park, unpark
from visita.bookings.actions.restore import restore
from visita.bookings.actions.settle import arrive, complete, confirm, mark_no_show
from visita.bookings.actions.start_ticket import finish_ticket, start_ticket
from visita.bookings.actions.take_choice import take_choice
from visita.bookings.actions.together import cancel_together, restore_together
from visita.bookings.actions.unkeep import unkeep
from visita.bookings.actions.wait import WaitRequest, change_waiting, join, leave, wish_earlier
from visita.bookings.actions.withdraw_consent import withdraw_consent

__all__ = [
    "Answers",
    "DiscountWish",
    "Time",
    "WaitRequest",
    "Wish",
    "accept",
    "add_device",
    "add_session",
    "answer",
    "arrive",
    "book",
    "book_series",
    "bring_back",
    "call_next",
    "call_ticket",
    "cancel",
    "cancel_series",
    "cancel_together",
    "change_series",
    "change_services",
    "change_waiting",
    "check_in",
    "complete",
    "confirm",
    "discount",
    "end_choice",
    "end_offer",
    "expire_choice",
    "expire_offer",
    "extend_hold",
    "finish_ticket",
    "fit_risk",
    "give_choice",
    "hold",
    "join",
    "join_queue",
    "keep",
    "leave",
    "leave_queue",
    "mark",
    "mark_no_show",
    "move",
    "no_answer",
    "note",
    "offer",
    "park",
    "put_before",
    "release_hold",
    "restore",
    "restore_together",
    "revoke_device",
    "start_ticket",
    "take_back_discount",
    "take_choice",
    "undo_last",
    "unkeep",
    "unpark",
    "wait_again",
    "wish_earlier",
    "withdraw_consent",
]
