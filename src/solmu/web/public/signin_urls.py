"""The sign-in pages in use; those of django-allauth that Solmu does not need are left out."""

from allauth.account import views as account
from django.urls import include, path

from solmu.web.public import signin

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", signin.password_change, name="account_change_password"),
    path("2fa/", include("allauth.mfa.urls")),
    path("<slug:provider_id>/login/", signin.leave_for_service, name="openid_connect_login"),
    path("<slug:provider_id>/login/callback/", signin.come_from_service, name="openid_connect_callback"),
]
