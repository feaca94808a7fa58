"""Whole journeys in a real browser against a real server: few, and each from the first page to the last."""
