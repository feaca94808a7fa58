"""What can happen to those who may enter, as the record names it."""

MEMBER_ADDED = "member.added"
MEMBER_CHANGED = "member.changed"
MEMBER_REMOVED = "member.removed"
KEY_CREATED = "key.created"
KEY_REVOKED = "key.revoked"
VIEW_SAVED = "view.saved"
VIEW_REMOVED = "view.removed"
