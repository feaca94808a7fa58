"""`python -m bench [free-times] [bookings] [race] [import] [steps] [journal] [live] [live-branches] [clients] [network] [lighthouse] [risk]`: all of them without a name."""

import os
import sys
from importlib import import_module
from pathlib import Path

_PARTS = {"free-times": "free_times", "bookings": "bookings", "race": "race", "import": "importing",
          "steps": "front_steps", "journal": "journal", "live": "live", "live-branches": "live_branches", "clients": "network.clients", "network": "network", "lighthouse": "front_pages", "risk": "risk"}  # fmt: skip
_DATA = Path(__file__).resolve().parent.parent / ".data" / "bench"


def _main(names: list[str]) -> None:
    unknown = set(names) - set(_PARTS)
    if unknown:
        raise SystemExit(f"Unknown: {', '.join(sorted(unknown))}. There are {', '.join(_PARTS)}.")
    os.environ |= {"VISITA_DATA": str(_DATA), "DJANGO_SETTINGS_MODULE": "config.settings"}
    os.environ.pop("DATABASE_URL", None)
    import django

    from config import keys

    keys.ensure(_DATA)  # before the settings read it, so that the server that is started reads the same
    django.setup()
    from visita.cli.migrate import apply
    from visita.cli.start import ready

    with ready():
        apply()
        print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before the start")
        for name in names or [each for each in _PARTS if each != "network" or os.environ.get("FULL")]:
            module, _dot, work = _PARTS[name].partition(".")
            getattr(import_module(f"bench.{module}"), work or "run")()


if __name__ == "__main__":
    _main(sys.argv[1:])
