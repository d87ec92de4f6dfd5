"""Sign-in by django-allauth, narrowed: accounts are made by an administrator, never by signing up."""

import logging
from functools import wraps

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.app_settings import REAUTHENTICATION_TIMEOUT
from allauth.account.authentication import get_authentication_records
from allauth.account.utils import get_next_redirect_url
from allauth.account.views import password_change as change_password
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base.constants import AuthError, AuthProcess
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from requests import RequestException

from solmu.access.actor import Actor
from solmu.accounts.queries import account_first_opened_by
from solmu.kernel import clock
from solmu.organisations.queries import actor_for
from solmu.web.ui.context import home_of

_log = logging.getLogger("solmu.signin")


class AccountAdapter(DefaultAccountAdapter):
    """Passwords and second factors of accounts that exist."""

    def is_open_for_signup(self, request) -> bool:
        return False

    def get_login_redirect_url(self, request) -> str:
        actor: Actor = actor_for(request.user, at=clock.now())
        return home_of(actor)

    def is_reauthentication_required(self, *, app: str, **kwargs) -> bool:
        """Who has just signed in, in whatever way, need not type a password to set up the second factor."""
        since = clock.now().timestamp() - REAUTHENTICATION_TIMEOUT
        fresh = any(each["at"] > since for each in get_authentication_records(self.request, self.request.user))
        return not fresh and super().is_reauthentication_required(app=app, **kwargs)

    def respond_user_inactive(self, request, user):
        messages.error(request, _("This account has been closed. Your administrator can tell more."))
        return redirect("account_login")


class ProviderAdapter(DefaultSocialAccountAdapter):
    """An organisation's own sign-in opens an account with the same verified e-mail address, and makes none.

    The first time the address tells whose account it is. After that the service's own identifier of the person does,
    so that a changed address still opens it, and an address that was given to somebody else does not.
    """

    def populate_user(self, request, sociallogin, data):
        told = sociallogin.account.extra_data
        if told.get("id_token", {}).get("sub") != sociallogin.account.uid:
            raise PermissionDenied  # the token is of somebody else than what was told with it, or there is none
        sociallogin.account.extra_data = {}  # of what the service tells, only its identifier of the person is kept
        return super().populate_user(request, sociallogin, data)

    def pre_social_login(self, request, sociallogin) -> None:
        if sociallogin.is_existing:
            return
        verified = [each.email for each in sociallogin.email_addresses if each.verified in {True, "true"}]
        if account := account_first_opened_by(sociallogin.account.provider, addresses=verified):
            sociallogin.connect(request, account)

    def is_open_for_signup(self, request, sociallogin) -> bool:
        context = {"service": sociallogin.provider.name}
        raise ImmediateHttpResponse(render(request, "socialaccount/no_account.html", context, status=403))

    def on_authentication_error(self, request, provider, error=None, exception=None, extra_context=None) -> None:
        if error == AuthError.CANCELLED:
            messages.info(request, _("Signing in was called off."))
            raise ImmediateHttpResponse(redirect("account_login"))
        _log.warning("the organisation's own sign-in failed (%s)", type(exception).__name__)


def _told_plainly(view):
    """A page in plain words when the sign-in service does not answer, or answers what cannot be read."""

    @wraps(view)
    def told(request, provider_id):
        try:
            return view(request, provider_id)
        except SocialApp.DoesNotExist as none:
            raise Http404 from none
        except (RequestException, LookupError, TypeError, ValueError) as error:
            _log.error("the organisation's own sign-in does not answer as it should (%s)", type(error).__name__)
            return render(request, "socialaccount/authentication_error.html", status=503)

    return told


@require_safe
@_told_plainly
def leave_for_service(request, provider_id):
    """Leads to the organisation's own sign-in; a plain link does, because no form may lead to another site."""
    provider = get_adapter(request).get_provider(request, provider_id)
    return provider.redirect(request, AuthProcess.LOGIN, next_url=get_next_redirect_url(request))


come_from_service = _told_plainly(openid_connect.callback)


def password_change(request):
    """The form, for those who sign in with a password."""
    if request.user.is_authenticated and not request.user.has_usable_password():
        return redirect("mfa_index")
    return change_password(request)
