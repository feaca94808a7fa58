"""Where screens take the formats of times, dates and prices from."""

from visita.foundation.formats import Formats, formats_for

__all__ = ["Formats", "formats_for"]
