"""The parts screens are made of: icons, the organization's accent, words for times and prices."""
