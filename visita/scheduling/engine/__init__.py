"""The time engine: one pure function from rules, claims and now to starts and reasons (docs/engine.md).

No database and no clock of its own. Instants are integer epoch minutes in UTC.

>>> from datetime import date
>>> from zoneinfo import ZoneInfo
>>> monday = date(2026, 11, 23)
>>> rules = [Rule(weekday=0, start=540, end=600, valid_from=date(2026, 1, 1))]
>>> work = open_time(rules, {}, {}, monday, monday, ZoneInfo("Europe/Bucharest"))
>>> nine = 29_923_620  # 09:00 in Bucharest, 07:00 UTC
>>> people = {3: Calendar(3, work), 5: Calendar(5, work, Claims.pairs([(nine, nine + 30)]))}
>>> need = Need(minutes=30, candidates=(3, 5))
>>> offers(Window(nine, nine + 60), need, people) == {nine: (3,), nine + 15: (3,), nine + 30: (3, 5)}
True
>>> [reason.code for reason in explain(nine + 45, need, people)]
['too_long', 'too_long']
"""

from visita.scheduling.engine.claims import Claims
from visita.scheduling.engine.extras import clashes, extras
from visita.scheduling.engine.gaps import beside, relaxed
from visita.scheduling.engine.needs import (
    ANY_MINUTE,
    NO_LIMITS,
    Calendar,
    Claim,
    Group,
    Limits,
    Need,
    StartRule,
    Window,
)
from visita.scheduling.engine.offers import offers
from visita.scheduling.engine.placing import allocate, allocations, choose_lanes, main_claims, rank
from visita.scheduling.engine.reasons import Reason, explain
from visita.scheduling.engine.sequence import Item, reach, sequence_starts, sequences
from visita.scheduling.engine.sessions import Session, session_offers
from visita.scheduling.engine.working import Rule, WorkingTime, open_time

__all__ = [
    "ANY_MINUTE",
    "NO_LIMITS",
    "Calendar",
    "Claim",
    "Claims",
    "Group",
    "Item",
    "Limits",
    "Need",
    "Reason",
    "Rule",
    "Session",
    "StartRule",
    "Window",
    "WorkingTime",
    "allocate",
    "allocations",
    "beside",
    "choose_lanes",
    "clashes",
    "explain",
    "extras",
    "main_claims",
    "offers",
    "open_time",
    "rank",
    "reach",
    "relaxed",
    "sequence_starts",
    "sequences",
    "session_offers",
]
