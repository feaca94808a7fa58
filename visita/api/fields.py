"""The building stones of the schemas: ids, texts and instants that say exactly what they take."""

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from visita.catalog.answers import NOTE as LONGEST_ANSWER
from visita.foundation import text
from visita.foundation.errors import Refusal

HIGHEST = 2**63 - 1
FIRST_YEAR, LAST_YEAR = 1970, 2199
LAST_PAGE = 999_999

_INSTANT = re.compile(
    r"(\d{4}-\d{2}-\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(\.\d{1,9})?)?([Zz]|[+-]\d{2}:\d{2})", re.ASCII
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Strict(BaseModel):
    """A body whose fields are exactly those listed; anything else is `unknown_field`."""

    model_config = ConfigDict(extra="forbid", strict=True)


def _line(limit: int, *, required: bool = False) -> AfterValidator:
    """The rule of one line of text, as a schema's validator."""
    return AfterValidator(lambda value: _text(partial(text.line, limit=limit, required=required), value))


def _text(rule: Callable[..., str], value: str) -> str:
    """A rule of `foundation.text`, its refusal turned into an error of this field beside those of the others."""
    try:
        return rule(value, field="")
    except Refusal as refusal:
        raise PydanticCustomError("refused", str(refusal.message), {"code": refusal.code}) from None


def _row_id(value: Any) -> Any:
    """Ids come as numbers in bodies and as digits in addresses; what no row can have is 404, not 422."""
    if isinstance(value, str):
        if not re.fullmatch(r"\d{1,19}", value, re.ASCII):
            raise PydanticCustomError("no_such_id", "There is no such id.")
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and not 1 <= value <= HIGHEST:
        raise PydanticCustomError("no_such_id", "There is no such id.")
    return value


def _no_text(value: Any) -> Any:
    if isinstance(value, str):
        raise PydanticCustomError("wrong_type", "Write the id as a number.")
    return value


def _instant(value: Any) -> datetime:
    match = _INSTANT.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise _bad_datetime()
    day, hour, minute, second, fraction, offset = match.groups()
    if int(second or 0) or int((fraction or ".0")[1:]):
        if int(second or 0) < 60:
            raise PydanticCustomError("not_offered", "Times are whole minutes; choose one that is offered.")
        raise _bad_datetime()
    return _read(f"{day}T{hour}:{minute}{offset.upper()}")


def _read(written: str) -> datetime:
    try:
        value = datetime.fromisoformat(written)
    except ValueError:
        raise _bad_datetime() from None
    if not FIRST_YEAR < value.year < LAST_YEAR:
        raise _bad_datetime()
    return value


def _bad_datetime() -> PydanticCustomError:
    return PydanticCustomError(
        "bad_datetime", "Write a date and time with its offset, such as 2026-11-23T09:00:00+02:00."
    )


def _day(value: Any) -> date:
    try:
        day = date.fromisoformat(value) if isinstance(value, str) and _DAY.fullmatch(value) else None
    except ValueError:
        day = None
    if day is None or not FIRST_YEAR < day.year < LAST_YEAR:
        raise PydanticCustomError("bad_datetime", "Write a date that exists, such as 2026-11-23.")
    return day


def _page(value: Any) -> int:
    digits = str(value)
    if not re.fullmatch(r"\d{1,6}", digits, re.ASCII) or int(digits) < 1:
        raise PydanticCustomError("bad_page", "Pages are numbered from 1; follow the numbers of the answer.")
    return int(digits)


def _day_or_instant(value: Any) -> date | datetime:
    if isinstance(value, str) and len(value) <= 10:
        return _day(value)
    if (
        isinstance(value, str) and value[-6:-5] == " "
    ):  # "+02:00" sent unescaped in an address arrives as " 02:00"
        value = f"{value[:-6]}+{value[-5:]}"
    return _instant(value)


_ID_SCHEMA = {"type": "integer", "minimum": 1, "maximum": HIGHEST}
_WHEN = {"type": "string", "format": "date-time", "examples": ["2026-11-23T09:00:00+02:00"]}
_DATE = {"type": "string", "format": "date", "examples": ["2026-11-23"]}

UrlId = Annotated[int, BeforeValidator(_row_id), WithJsonSchema(_ID_SCHEMA)]
BodyId = Annotated[int, BeforeValidator(_row_id), BeforeValidator(_no_text), WithJsonSchema(_ID_SCHEMA)]
Instant = Annotated[datetime, BeforeValidator(_instant), WithJsonSchema(_WHEN)]
Day = Annotated[date, BeforeValidator(_day), WithJsonSchema(_DATE)]
DayOrInstant = Annotated[
    date | datetime, BeforeValidator(_day_or_instant), WithJsonSchema({"anyOf": [_DATE, _WHEN]})
]
Name = Annotated[str, Field(max_length=120), _line(120, required=True)]
Short = Annotated[str, Field(max_length=120), _line(120)]
Phone = Annotated[str, Field(max_length=32), _line(32)]
Address = Annotated[str, Field(max_length=300), _line(300)]
Email = Annotated[str, Field(max_length=254), AfterValidator(partial(_text, text.email))]
Reason = Annotated[str, Field(max_length=500), _line(500)]
Answer = Annotated[str, Field(max_length=LONGEST_ANSWER), AfterValidator(partial(_text, text.note))]
Note = Annotated[str, Field(max_length=text.LONGEST_NOTE), AfterValidator(partial(_text, text.note))]
Seats = Annotated[int, Field(ge=1, le=1000)]
Version = Annotated[int, Field(ge=1, le=2**31 - 1)]
Page = Annotated[
    int, BeforeValidator(_page), WithJsonSchema({"type": "integer", "minimum": 1, "maximum": LAST_PAGE})
]


Agreed = Annotated[str, Field(max_length=64), _line(64)]
"""The token of visits a change of working time may leave outside."""
