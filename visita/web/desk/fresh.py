"""What an open page asks about itself: which program it should run, which day it is, the token its forms send."""

from functools import cache
from hashlib import blake2b
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token

from visita.foundation.scope import scope
from visita.web.desk.answers import answer
from visita.web.desk.door import Guest, data
from visita.web.desk.frame import frame, only
from visita.web.desk.reading import query


@cache
def build() -> str:
    """A mark of the scripts this process serves; another one after an update."""
    manifest = Path(str(settings.DJANGO_VITE["default"]["manifest_path"]))
    return blake2b(manifest.read_bytes(), digest_size=6).hexdigest() if manifest.exists() else ""


@data
def now(request: HttpRequest, guest: Guest) -> HttpResponse:
    """`?location=`: the program's mark, the location's date, and a token good for this sign-in."""
    only(guest)
    with scope(guest.organization.pk):
        today = frame(request, guest, query(request)).today
    return answer({"build": build(), "today": today.isoformat(), "token": get_token(request)})
