"""The question every change of working time must answer: whom does it leave outside? Asked here, answered above.

Bookings stand in a layer above and give their answer by `watch`: the watcher looks at the calendars concerned before the
change, under their locks, and returns what is asked after it; that refuses unless `agreed` is the token of exactly the
visits it would strand. So no door (screen, API, import) loses a visit silently.
"""

from collections.abc import Callable, Sequence
from typing import Final

After = Callable[[str], None]
Watcher = Callable[[Sequence[int]], After]

_WATCHERS: Final[list[Watcher]] = []


def watch(watcher: Watcher) -> None:
    """Called once by each package that keeps something in calendars, when its app is ready."""
    _WATCHERS.append(watcher)


def look(resource_ids: Sequence[int]) -> After:
    """Look at the resources' calendars now; the result is called with `agreed` after the change."""
    asked = [watcher(resource_ids) for watcher in _WATCHERS]

    def after(agreed: str) -> None:
        for each in asked:
            each(agreed)

    return after
