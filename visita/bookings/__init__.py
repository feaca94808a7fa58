"""The visit's life: hold, book, confirm, move, cancel, arrive, complete, no-show, restore.

Words: visit, appointment, allocation, session, place. Invariant: only the actions here write these tables."""
