"""The language a person works in, chosen in the staff's menu and kept with the person."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from visita.identity import actions
from visita.identity.models import User


@require_POST
@login_required
def language(request: HttpRequest) -> HttpResponse:
    """`language`, one of those the staff side speaks; goes back to `next`, a path of this site."""
    assert isinstance(request.user, User)
    wanted, back = request.POST.get("language", ""), request.POST.get("next", "")
    if wanted in dict(settings.LANGUAGES):
        actions.set_language(request.user.pk, wanted)
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    return redirect(back if safe else "/desk/")
