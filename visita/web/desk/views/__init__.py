"""The journal seen in other ways than one day: week, month, rooms, locations side by side; and getting about in them."""
