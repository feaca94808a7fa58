"""The waiting room: a screen with numbers and a kiosk to check in, each opened by an address with a token of its own."""
