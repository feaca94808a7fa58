"""The machine's own Chromium and how it is started for tests."""

import shutil

_PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def program() -> str | None:
    """The path of the first one found, as `scripts/find-chromium` looks for them."""
    return next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
