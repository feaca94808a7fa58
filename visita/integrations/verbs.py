"""Names of what integrations do as a whole, as they stand in the activity record."""

IMPORTED = "visits.imported"
