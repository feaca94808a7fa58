"""The import of real appointments through the booking action: rows a second, and the memory it takes."""

import gzip
import os
import resource
import secrets
import subprocess
import sys
import tempfile
from itertools import islice
from pathlib import Path
from time import perf_counter

from bench import tables

_ROOT = Path(__file__).resolve().parent.parent
_FILE = _ROOT.parent / "shared" / "data" / "appointments-vitoria-2016.csv.gz"
_MAPPING = _ROOT / "examples" / "import" / "vitoria-2016.toml"
_ROWS = 100_000 if os.environ.get("FULL") == "1" else 3_000


def run() -> None:
    """Import the first rows (all with FULL=1) into an organization of its own, and print the rate."""
    if not _FILE.exists():
        print(f"\nImport: {_FILE.name} is not here (looked beside the checkout), skipped.")
        return
    with tempfile.TemporaryDirectory() as folder:
        part = Path(folder) / "part.csv"
        with gzip.open(_FILE, "rt", encoding="utf-8") as lines:
            part.write_text("".join(islice(lines, _ROWS + 1)))
        rows = part.read_text().count("\n") - 1
        begun = perf_counter()
        command = ["import", "appointments", str(part), "--mapping", str(_MAPPING)]
        command += [
            "--organization",
            f"vitoria-{secrets.token_hex(3)}",
            "--refused",
            str(Path(folder) / "refused.csv"),
        ]
        subprocess.run(
            [sys.executable, "-c", "from visita.cli import main; main()", *command], check=True, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        seconds = perf_counter() - begun
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    tables.show(
        "Import of real appointments",
        ("rows", "seconds", "rows / s", "MB"),
        [(rows, seconds, rows / seconds, memory)],
    )
    print(f"  {rows / seconds:.0f} rows a second, {tables.met(rows / seconds, 100, least=True)}")
