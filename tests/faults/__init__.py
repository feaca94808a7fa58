"""What must hold when something dies in the middle of its work."""
