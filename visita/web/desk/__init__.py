"""The staff's screens: the day journal, its list, the visit's panel, and the changes made from them."""
