"""The live stream: tells open journals that a day changed, so that they ask again (decision 36)."""
