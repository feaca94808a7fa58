"""What brings clients and what becomes of them: so far the funnel of the booking pages.

Its words: a *step* of the funnel is reached, a *door* is how a visitor came in, a *channel* who sent them.
It counts people by nothing: no cookie, no address, no fingerprint, only sums a day.
"""
