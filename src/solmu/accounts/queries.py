"""Whose account a sign-in opens."""

from collections.abc import Iterable

from solmu.accounts.models import Account


def account_first_opened_by(service: str, *, addresses: list[str]) -> Account | None:
    """The account that a sign-in service opens for the first time, by the addresses that it has verified.

    None when the service has opened that account before, as another of its people: the address has changed hands.
    """
    for address in addresses:
        account = Account.objects.filter(email__iexact=address).exclude(socialaccount__provider=service).first()
        if account:
            return account
    return None


def open_accounts(addresses: Iterable[str]) -> dict[str, Account]:
    """The accounts at these very addresses that are not closed, by address."""
    return {account.email: account for account in Account.objects.filter(email__in=list(addresses), is_active=True)}
