"""Append-only record of who did what to which object; the outbox; idempotency keys.

Invariants: a row is never changed except `dispatched_at`; ids are plain numbers, no key points upward."""
