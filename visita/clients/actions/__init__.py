"""The only writers of clients and subjects."""

from visita.clients.actions.add_subject import add_subject
from visita.clients.actions.change import change
from visita.clients.actions.find_or_register import find_or_register
from visita.clients.actions.register import register

__all__ = ["add_subject", "change", "find_or_register", "register"]
