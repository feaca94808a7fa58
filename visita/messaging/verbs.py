"""Names of what is done about messages, as they stand in the activity record."""

TOLD = "visit.told"
UNTOLD = "visit.untold"
CODES_UNUSED = "codes.unused"
