"""Example businesses around today, made through the same actions as real ones. Nothing here runs unless asked for."""
