"""The only writers of resources, working time and blocked time."""

from visita.scheduling.actions.add_resource import add_resource
from visita.scheduling.actions.block import block
from visita.scheduling.actions.change_hours import change_hours
from visita.scheduling.actions.change_resource import change_resource
from visita.scheduling.actions.remove_exception import remove_exception
from visita.scheduling.actions.set_exception import set_exception
from visita.scheduling.actions.set_working_time import set_working_time
from visita.scheduling.actions.unblock import unblock

__all__ = [
    "add_resource",
    "block",
    "change_hours",
    "change_resource",
    "remove_exception",
    "set_exception",
    "set_working_time",
    "unblock",
]
