"""As many random worlds as there is time for: `python -m visita.scheduling.tests.engine.soak 5000` (per zone)."""

import sys

from hypothesis import given, settings

from visita.scheduling.tests.engine.test_worlds import QUICK, check_world
from visita.scheduling.tests.engine.worlds import ZONES, worlds


def soak(examples: int) -> None:
    """Runs `examples` worlds in each zone; raises with the smallest world found in which engine and oracle differ."""
    for zone in ZONES:
        settings(QUICK, max_examples=examples, derandomize=False)(given(worlds(zone))(check_world))()
        sys.stdout.write(f"{zone}: {examples} worlds agree\n")


if __name__ == "__main__":
    soak(int(sys.argv[1]))
