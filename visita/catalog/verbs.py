"""What can happen to the catalogue, as the record names it."""

SPECIALTY_ADDED = "specialty.added"
SPECIALTY_CHANGED = "specialty.changed"
SERVICE_ADDED = "service.added"
SERVICE_CHANGED = "service.changed"
