"""Messages to people: the port (channels and adapters), the log of deliveries, and one-time codes with their limits.

What a message says stands with whoever sends it; here is how it leaves the house and what is remembered of it.
"""
