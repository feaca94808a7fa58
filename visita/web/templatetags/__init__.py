"""Tags and filters for the screens' templates."""
