"""What can happen to a client, as the record names it."""

CLIENT_REGISTERED = "client.registered"
CLIENT_CHANGED = "client.changed"
SUBJECT_ADDED = "subject.added"
