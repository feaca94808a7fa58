"""Schema changes of bookings, in order."""
