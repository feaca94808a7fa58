"""The only writers of users, memberships and keys."""

from visita.identity.actions.add_member import add_member
from visita.identity.actions.change_member import change_member
from visita.identity.actions.create_key import create_key
from visita.identity.actions.create_user import create_user
from visita.identity.actions.prefer import prefer
from visita.identity.actions.remove_member import remove_member
from visita.identity.actions.revoke_key import revoke_key
from visita.identity.actions.save_view import remove_view, save_view
from visita.identity.actions.set_language import set_language

__all__ = [
    "add_member",
    "change_member",
    "create_key",
    "create_user",
    "prefer",
    "remove_member",
    "remove_view",
    "revoke_key",
    "save_view",
    "set_language",
]
