"""The waitlist at the desk: who waits, in which order, why not yet, and what could be offered to them by hand."""
