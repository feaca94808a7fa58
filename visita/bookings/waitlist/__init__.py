"""The waitlist (BY-05): who waits is offered what comes free, by the engine's word and in order.

`windows` says which times somebody wants, `matching` asks the engine for them, `filling` goes through those who wait when
time has come free, `consumers` hears of it. The writers are `bookings.actions.wait`, `offer`, `accept` and `end_offer`.
"""
