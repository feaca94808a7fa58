"""Two worked examples of booking rules of one's own."""
