"""What can happen to calendars, as the record names it."""

RESOURCE_ADDED = "resource.added"
RESOURCE_CHANGED = "resource.changed"
WORKING_TIME_SET = "working_time.set"
EXCEPTION_SET = "working_time.exception_set"
EXCEPTION_REMOVED = "working_time.exception_removed"
BLOCKED = "time.blocked"
UNBLOCKED = "time.unblocked"
