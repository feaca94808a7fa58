"""What is rung on the live channel: which day of which location changed, nothing about whom (decision 36)."""

from datetime import datetime

from visita.foundation import scope


def news(location_id: int, local: datetime, version: int) -> str:
    """`organization:location:date:version`; a screen that shows that day asks again through its own right."""
    return f"{scope.current()}:{location_id}:{local:%Y-%m-%d}:{version}"
