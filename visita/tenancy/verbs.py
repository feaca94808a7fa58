"""What can happen to an organization, as the record names it."""

ORGANIZATION_CREATED = "organization.created"
PROFILE_CHANGED = "organization.changed"
SLUG_CHANGED = "organization.renamed"
LOCATION_ADDED = "location.added"
LOCATION_CHANGED = "location.changed"
SETTING_SET = "setting.set"
