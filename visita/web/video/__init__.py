"""The room of a visit held by video: one page for both sides, the client's by manage link, the staff's by sign-in."""
