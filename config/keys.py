"""The install's secret key: made at the first start, kept under the data folder, readable by its user alone."""

import os
import secrets
from pathlib import Path


def key_file(data: Path) -> Path:
    """Where the key of this data folder stands."""
    return data / "keys" / "secret_key"


def ensure(data: Path) -> None:
    """Makes the key file (0600) where it is missing; of two processes that try at once, the first wins."""
    path = key_file(data)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    half = path.with_name(f"secret_key.{os.getpid()}")
    descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(64))
    try:
        os.link(half, path)
    except FileExistsError:
        pass
    finally:
        half.unlink()


def read(data: Path) -> str:
    """The key; one for this process only where none was made yet, so that checkers can load settings."""
    try:
        return key_file(data).read_text()
    except FileNotFoundError:
        return secrets.token_urlsafe(64)
