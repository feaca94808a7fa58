"""The only writers of clients and subjects."""

from visita.clients.actions.add_subject import add_subject
from visita.clients.actions.change import change
from visita.clients.actions.find_or_register import find_or_register
from visita.clients.actions.merge import merge
from visita.clients.actions.register import register
from visita.clients.actions.settle import accept_difference, dismiss_difference, dismiss_double
from visita.clients.actions.unmerge import unmerge

__all__ = [
    "accept_difference",
    "add_subject",
    "change",
    "dismiss_difference",
    "dismiss_double",
    "find_or_register",
    "merge",
    "register",
    "unmerge",
]
