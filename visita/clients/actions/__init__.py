"""The only writers of clients, subjects, codes and sessions."""

from visita.clients.actions.add_subject import add_subject
from visita.clients.actions.archive_subject import archive_subject
from visita.clients.actions.change import change
from visita.clients.actions.change_subject import change_subject
from visita.clients.actions.end_session import end_session
from visita.clients.actions.file import add_file, remove_file
from visita.clients.actions.find_or_register import find_or_register
from visita.clients.actions.follow_contact import follow_contact
from visita.clients.actions.issue_code import issue_code
from visita.clients.actions.merge import merge
from visita.clients.actions.note import change_note, remove_note, write_note
from visita.clients.actions.register import register
from visita.clients.actions.set_password import remove_password, set_password
from visita.clients.actions.set_personal_data import set_personal_data
from visita.clients.actions.settle import accept_difference, dismiss_difference, dismiss_double
from visita.clients.actions.start_session import start_session
from visita.clients.actions.tag import change_tag, tag, untag
from visita.clients.actions.try_code import try_code
from visita.clients.actions.try_password import try_password
from visita.clients.actions.unmerge import unmerge

__all__ = [
    "accept_difference",
    "add_file",
    "add_subject",
    "archive_subject",
    "change",
    "change_note",
    "change_subject",
    "change_tag",
    "dismiss_difference",
    "dismiss_double",
    "end_session",
    "find_or_register",
    "follow_contact",
    "issue_code",
    "merge",
    "register",
    "remove_file",
    "remove_note",
    "remove_password",
    "set_password",
    "set_personal_data",
    "start_session",
    "tag",
    "try_code",
    "try_password",
    "unmerge",
    "untag",
    "write_note",
]
