"""Who works where: accounts, memberships and their ends. Done by an administrator, or by the operator's commands."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.deeds import Deed
from solmu.accounts.models import Account
from solmu.kernel.errors import InvalidInput, Refused
from solmu.organisations.models import Membership, Organisation, Unit


class NoSuchAccount(Refused):
    """Nobody signs in with this address."""

    message = _("There is no account with this e-mail address.")


def has_account(email: str) -> bool:
    """Whether somebody has an account with this address."""
    return Account.objects.filter(email__iexact=email).exists()


def add_member(
    actor: Actor,
    *,
    email: str,
    name: str,
    organisation: str,
    unit: str,
    role: str,
    kind: str | None = None,
    title: str = "",
    language: str = "fi",
    password: str | None = None,
) -> Membership:
    """Lets a person act in a role in a unit; what is missing of account, organisation and unit is made.

    Done again, it changes nothing. A password is for a new account only.
    """
    with transaction.atomic():
        _may_manage(actor)
        account = Account.objects.filter(email__iexact=email).first() or _new_account(email, name, language, password)
        home, _made = Organisation.objects.get_or_create(
            name=organisation, defaults={"kind": kind or Organisation.Kind.OTHER}
        )
        desk, _made = Unit.objects.get_or_create(organisation=home, name=unit)
        membership, _made = Membership.objects.get_or_create(
            account=account,
            unit=desk,
            role=role,
            ended_on=None,
            defaults={"title": title, "started_on": actor.today},
        )
    return membership


def set_password(actor: Actor, *, email: str, password: str, forget_second_factor: bool = False) -> None:
    """Gives an account a new password; every open sign-in ends, because it was made with the old one."""
    with transaction.atomic():
        _may_manage(actor)
        account = _account(email)
        _check_password(password, account)
        account.set_password(password)
        account.is_active = True
        account.save(update_fields=["password", "is_active"])
        if forget_second_factor:
            from allauth.mfa.models import Authenticator

            Authenticator.objects.filter(user=account).delete()


def end_account(actor: Actor, *, email: str) -> None:
    """Closes an account today: no more sign-ins, no more roles. Its deeds stay in the records and in the log."""
    with transaction.atomic():
        _may_manage(actor)
        account = _account(email)
        Account.objects.filter(pk=account.pk).update(is_active=False)
        Membership.objects.filter(account=account, ended_on=None).update(ended_on=actor.today)


def forget_sign_in(actor: Actor, *, email: str | None) -> int:
    """Forgets who an account (None: everybody) is at the organisation's own sign-in; returns how many were known.

    The address that the service has verified tells it anew: for a person with a new identifier, or after the
    organisation has changed the service.
    """
    from allauth.socialaccount.models import SocialAccount

    with transaction.atomic():
        _may_manage(actor)
        known = SocialAccount.objects.filter(user=_account(email)) if email else SocialAccount.objects.all()
        return known.delete()[0]


def _may_manage(actor: Actor) -> None:
    gate.require(actor, Deed.MANAGE_ORGANISATION if actor.account_id else Deed.KEEP_UP)


def _account(email: str) -> Account:
    account = Account.objects.filter(email__iexact=email).first()
    if account is None:
        raise NoSuchAccount
    return account


def _new_account(email: str, name: str, language: str, password: str | None) -> Account:
    account = Account(email=email, name=name)
    try:
        validate_email(email)
    except ValidationError as error:
        raise InvalidInput({"email": error.messages[0]}) from error
    if password is not None:
        _check_password(password, account)
    return Account.objects.create_user(email, password, name=name, language=language)


def _check_password(password: str, account: Account) -> None:
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise InvalidInput({"password": " ".join(error.messages)}) from error
