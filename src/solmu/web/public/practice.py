"""Where every family and worker is invented, one signs in by choosing who to be."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from solmu.accounts.queries import open_accounts
from solmu.demo.region import WORKERS, email_of
from solmu.kernel import clock
from solmu.organisations.queries import actor_for
from solmu.web.ui.context import home_of


@require_POST
def enter(request):
    """Signs in as one of the invented workers; in an installation for real families there is no such page."""
    if not settings.SOLMU_DEMO:
        raise Http404
    invented = {email_of(plan.key) for plan in WORKERS}
    chosen = request.POST.get("who", "")
    account = open_accounts(invented & {chosen}).get(chosen)
    if account is None:
        raise Http404
    login(request, account, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect(home_of(actor_for(account, at=clock.now())))


urls = [path("practice/enter/", enter, name="practice_enter")]
