"""Whose account a sign-in opens."""

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
