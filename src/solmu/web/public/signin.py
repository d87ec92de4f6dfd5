"""Sign-in by django-allauth, narrowed: accounts are made by an administrator, never by signing up."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from solmu.access.actor import Actor
from solmu.kernel import clock
from solmu.organisations.queries import actor_for
from solmu.web.ui.context import home_of


class AccountAdapter(DefaultAccountAdapter):
    """Passwords and second factors of accounts that exist."""

    def is_open_for_signup(self, request) -> bool:
        return False

    def get_login_redirect_url(self, request) -> str:
        actor: Actor = actor_for(request.user, at=clock.now())
        return home_of(actor)

    def respond_user_inactive(self, request, user):
        messages.error(request, _("This account has been closed. Your administrator can tell more."))
        return redirect("account_login")


class ProviderAdapter(DefaultSocialAccountAdapter):
    """An organisation's own sign-in opens an account with the same verified e-mail address, and makes none."""

    def is_open_for_signup(self, request, sociallogin) -> bool:
        return False
