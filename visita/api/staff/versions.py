"""If-Match: staff programs say which version they read, so that nobody overwrites what they have not seen."""

import re

from django.http import HttpRequest
from django.utils.translation import gettext as _

from visita.foundation.errors import Refusal

_TAG = re.compile(r'(?:W/)?"?(\d{1,9})"?', re.ASCII)


def if_match(request: HttpRequest) -> int:
    """The version of `If-Match` (`3` or `"3"`); refuses 428 where it is missing, 422 where it is no version."""
    sent = request.headers.get("If-Match", "").strip()
    if not sent:
        text = _("Send “If-Match” with the version you read, so that no one else's change is lost.")
        raise Refusal("version_required", 428, text)
    match = _TAG.fullmatch(sent)
    if match is None:
        text = _('“If-Match” takes the version as it was given, such as "3".')
        raise Refusal("bad_version", 422, text, field="If-Match")
    return int(match[1])


def etag(version: int) -> str:
    """The version as an ETag."""
    return f'"{version}"'
