"""How well missed visits are foreseen, on 55,000 real appointments of which a fifth were missed, split by patient.

One half of the patients fits what is usual, the other half is judged, each visit by what was known of its patient on the
day before. Yardsticks: everybody at the base rate (below), a logistic model over every column of the file (above).
"""

import csv
import gzip
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b
from pathlib import Path
from statistics import fmean

from bench.tables import show
from visita.bookings import risk

_FILE = Path("shared/data/appointments-vitoria-2016.csv.gz")
_ROOT = Path(__file__).resolve().parent.parent
_STEPS = 6  # of Newton's; more change nothing in the fourth digit


@dataclass(frozen=True, slots=True)
class Visit:
    """One row: what was known before it (the patient's earlier visits), and whether it was missed."""

    patient: str
    days: int
    came: int
    missed: int
    columns: tuple[float, ...]
    no_show: int


def run() -> None:
    """Print discrimination and calibration beside the yardsticks."""
    path = next((each for each in (_ROOT.parent / _FILE, _ROOT.parent.parent / _FILE) if each.exists()), None)
    if path is None:
        print(f"\nRisk: no data at ../{_FILE}; nothing was measured.")
        return
    visits = _visits(path)
    known = [each for each in visits if _half(each.patient)]
    judged = [each for each in visits if not _half(each.patient)]
    model, base = _fit(known), fmean(each.no_show for each in known)
    prior, upper = risk.Model(), _Logistic(known)
    answers = {
        "everybody at the base rate": [base for _each in judged],
        "days ahead alone": [model.usual[risk.ahead(each.days)] for each in judged],
        "without a past (fixed prior)": [prior.risk(each.days, each.came, each.missed) for each in judged],
        "Visita": [model.risk(each.days, each.came, each.missed) for each in judged],
        "logistic over all columns": [upper(each) for each in judged],
    }
    truth = [each.no_show for each in judged]
    rows = [(name, auc(p, truth), brier(p, truth), ece(p, truth)) for name, p in answers.items()]
    title = f"No-show risk: fitted on {len(known):,} visits, judged on {len(judged):,} of other patients"
    show(title, ("model", "AUC", "Brier", "ECE"), rows)
    deciles = [
        (at + 1, f"{100 * p:.1f} %", f"{100 * y:.1f} %", n)
        for at, (p, y, n) in enumerate(_tenths(answers["Visita"], truth))
    ]
    show("Visita by tenths", ("tenth", "foreseen", "missed", "visits"), deciles)


def _visits(path: Path) -> list[Visit]:
    """The file's rows in the order of their days; what was booked after its own day is left out."""
    with gzip.open(path, "rt", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row["day"])
    found, past = [], defaultdict[str, list[tuple[str, int]]](list)
    for row in rows:
        days = (date.fromisoformat(row["day"]) - datetime.fromisoformat(row["booked_at"]).date()).days
        if days < 0:
            continue
        before = [missed for day, missed in past[row["patient_id"]] if day < row["day"]]
        came, missed = before.count(0), before.count(1)
        no_show = int(row["no_show"])
        found.append(Visit(row["patient_id"], days, came, missed, _columns(row, days, came, missed), no_show))
        past[row["patient_id"]].append((row["day"], no_show))
    return found


def _columns(row: dict[str, str], days: int, came: int, missed: int) -> tuple[float, ...]:
    """Everything the file knows, the clinics by a few hashed switches."""
    age, clinic = int(row["age"]) / 100, _hash(row["place"]) % 8
    ahead = tuple(float(risk.ahead(days) == each) for each in range(1, len(risk.PRIOR)))
    weekday = date.fromisoformat(row["day"]).weekday()
    switches = tuple(float(clinic == each) for each in range(1, 8))
    return (1.0, *ahead, math.log1p(came), math.log1p(missed), age, age * age, float(row["sex"] == "M"),
            float(row["sms_sent"]), float(weekday == 0), float(weekday >= 4), *switches)  # fmt: skip


def _hash(value: str) -> int:
    return int.from_bytes(blake2b(value.encode(), digest_size=4).digest(), "big")


def _half(patient: str) -> bool:
    return _hash(patient) % 2 == 0


def _fit(visits: Iterable[Visit]) -> risk.Model:
    of, missed = [0] * len(risk.PRIOR), [0] * len(risk.PRIOR)
    for each in visits:
        of[risk.ahead(each.days)] += 1
        missed[risk.ahead(each.days)] += each.no_show
    return risk.fitted(of, missed)


class _Logistic:
    """Logistic regression over all columns by Newton's steps, no library; a little ridge keeps it defined."""

    def __init__(self, visits: Sequence[Visit]) -> None:
        groups: dict[tuple[float, ...], list[int]] = defaultdict(lambda: [0, 0])
        for each in visits:
            groups[each.columns][0] += 1
            groups[each.columns][1] += each.no_show
        rows = [([(at, x) for at, x in enumerate(columns) if x], n, y) for columns, (n, y) in groups.items()]
        self.weights = [0.0] * len(visits[0].columns)
        for _step in range(_STEPS):
            self.weights = [w + d for w, d in zip(self.weights, self._newton(rows), strict=True)]

    def _newton(self, rows: Iterable[tuple[list[tuple[int, float]], int, int]]) -> list[float]:
        size = len(self.weights)
        slope, bend = [0.0] * size, [[float(i == j) for j in range(size)] for i in range(size)]
        for columns, n, y in rows:
            p = _share(sum(self.weights[at] * x for at, x in columns))
            off, weight = y - n * p, n * p * (1 - p)
            for at, x in columns:
                slope[at] += off * x
                row, part = bend[at], weight * x
                for other, z in columns:
                    row[other] += part * z
        return _solved(bend, slope)

    def __call__(self, visit: Visit) -> float:
        return _share(sum(map(float.__mul__, self.weights, visit.columns)))


def _share(score: float) -> float:
    return 1 / (1 + math.exp(-score))


def _solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """The x with matrix · x = right, for a positive definite matrix (Gauss without pivots)."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for at, row in enumerate(rows):
        for other in rows[:at] + rows[at + 1 :]:
            factor = other[at] / row[at]
            other[at:] = [x - factor * y for x, y in zip(other[at:], row[at:], strict=True)]
    return [row[-1] / row[at] for at, row in enumerate(rows)]


def auc(foreseen: Sequence[float], truth: Sequence[int]) -> float:
    """How often of two visits, one missed and one kept, the missed one was foreseen higher; ties count half."""
    pairs = sorted(zip(foreseen, truth, strict=True))
    ranks, at = 0.0, 0
    while at < len(pairs):
        end = at
        while end < len(pairs) and pairs[end][0] == pairs[at][0]:
            end += 1
        ranks += sum(y for _p, y in pairs[at:end]) * (at + end + 1) / 2
        at = end
    positive = sum(truth)
    return (ranks - positive * (positive + 1) / 2) / (positive * (len(truth) - positive))


def brier(foreseen: Sequence[float], truth: Sequence[int]) -> float:
    """Mean square of what was foreseen against what came."""
    return fmean((p - y) ** 2 for p, y in zip(foreseen, truth, strict=True))


def ece(foreseen: Sequence[float], truth: Sequence[int]) -> float:
    """Mean distance between foreseen and true shares over the tenths."""
    return sum(n * abs(p - y) for p, y, n in _tenths(foreseen, truth)) / len(truth)


def _tenths(foreseen: Sequence[float], truth: Sequence[int]) -> list[tuple[float, float, int]]:
    """(foreseen, true share, visits) of each tenth, the lowest first."""
    pairs = sorted(zip(foreseen, truth, strict=True), key=lambda pair: pair[0])
    size = -(-len(pairs) // 10)
    parts = [pairs[at : at + size] for at in range(0, len(pairs), size)]
    return [(fmean(p for p, _y in part), fmean(y for _p, y in part), len(part)) for part in parts]
