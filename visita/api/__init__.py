"""The JSON API under `/api/v1/`: strict at the border, thin behind it.

Words: problem (an error answer, RFC 9457), caller (who asks), step (a state change of a visit). Invariants: every
operation is closed unless it says `anyone`; no answer below `/api/` is HTML but the reading page; bad input is
refused by name before an action runs.
"""
