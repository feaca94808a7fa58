"""The part without a key: an organization, its free times, holds, bookings, and the client's own booking."""
