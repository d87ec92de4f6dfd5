"""A visitor's own choices: language, appearance, and in which unit a worker acts."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from solmu.accounts.models import Account
from solmu.organisations.queries import actor_for
from solmu.web.edge import ACTIVE_UNIT
from solmu.web.ui.context import home_of

_YEAR = 365 * 24 * 60 * 60


def _back(request) -> HttpResponseRedirect:
    wanted = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(wanted if safe else "/")


def _remember(request, response, name: str, value: str) -> None:
    response.set_cookie(
        name, value, max_age=_YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE, httponly=True
    )


@require_POST
def language(request):
    """Changes the language of the pages."""
    chosen = request.POST.get("language", "")
    response = _back(request)
    if chosen in dict(settings.LANGUAGES):
        _remember(request, response, settings.LANGUAGE_COOKIE_NAME, chosen)
    return response


@require_POST
def theme(request):
    """Light, dark, or as the device is."""
    chosen = request.POST.get("theme", "")
    response = _back(request)
    if chosen in Account.Theme.values:
        _remember(request, response, "theme", chosen)
    return response


@require_POST
@login_required
def unit(request):
    """Acts from now on in another of the person's own units."""
    actor = actor_for(request.user, at=request.actor.at, unit_id=request.POST.get("unit"))
    request.session[ACTIVE_UNIT] = str(actor.unit_id)
    return HttpResponseRedirect(home_of(actor))
