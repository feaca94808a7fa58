"""The queue at the desk: who waits, since when and how long still; numbers, calling, going in, the end."""
