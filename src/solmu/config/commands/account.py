"""Makes, lists and ends accounts, so that a new installation gets its first administrator.

  solmu account add aino@example.org --name "Aino Salmi" --role administrator \\
      --organisation "Rantasäätiö" --kind ngo --unit "Toimisto"
  solmu account password aino@example.org
  solmu account end aino@example.org
  solmu account forget-sign-in aino@example.org
  solmu account list

The organisation and the unit are made when they do not exist yet. The password is asked, or made and printed once."""

import getpass
import secrets
import sys

from solmu.config.console import USAGE, Stopped, confirm, say, start_django

ROLES = ("counsellor", "family_worker", "receiver", "partner", "coordinator", "steward", "administrator")
KINDS = ("municipality", "county", "ngo", "parish", "state", "other")


def add_arguments(parser) -> None:
    deeds = parser.add_subparsers(dest="deed", metavar="DEED", required=True)
    add = deeds.add_parser("add", help="make an account, or give an account one more role in a unit")
    add.add_argument("email")
    add.add_argument("--name", help="the person's name (for a new account)")
    add.add_argument("--organisation", required=True)
    add.add_argument("--kind", choices=KINDS, help="of a new organisation")
    add.add_argument("--unit", required=True)
    add.add_argument("--role", choices=ROLES, required=True)
    add.add_argument("--title", default="", help="what the person is called in the unit")
    add.add_argument("--language", choices=("fi", "sv", "en"), default="fi")
    add.add_argument("--no-password", action="store_true", help="signs in by the organisation's own sign-in only")
    password = deeds.add_parser("password", help="set a new password; open sign-ins end")
    password.add_argument("email")
    password.add_argument("--forget-second-factor", action="store_true", help="the person has lost it; sets a new one")
    end = deeds.add_parser("end", help="close an account; what it did stays in the records and the log")
    end.add_argument("email")
    end.add_argument("--yes", action="store_true", help="do not ask")
    forget = deeds.add_parser(
        "forget-sign-in", help="forget who somebody is at the organisation's own sign-in; the next one there tells anew"
    )
    forget.add_argument("email", nargs="?")
    forget.add_argument("--everybody", action="store_true", help="the organisation has changed its sign-in service")
    deeds.add_parser("list", help="list the accounts and what each may do where")


def run(options) -> int:
    start_django()
    deeds = {"add": _add, "password": _password, "end": _end, "forget-sign-in": _forget_sign_in, "list": _list}
    return deeds[options.deed](options)


def _actor():
    from solmu.access.actor import system
    from solmu.kernel import clock

    return system(clock.now())


def _add(options) -> None:
    from solmu.organisations.actions import add_member, has_account

    new = not has_account(options.email)
    if new and not options.name:
        raise Stopped("A new account needs --name.", USAGE)
    password = _ask_password() if new and not options.no_password else None
    add_member(
        _actor(),
        email=options.email,
        name=options.name or "",
        organisation=options.organisation,
        kind=options.kind,
        unit=options.unit,
        role=options.role,
        title=options.title,
        language=options.language,
        password=password,
    )
    say(f"{options.email} is now {options.role.replace('_', ' ')} in {options.unit}, {options.organisation}.")


def _password(options) -> None:
    from solmu.organisations.actions import set_password

    set_password(
        _actor(),
        email=options.email,
        password=_ask_password(),
        forget_second_factor=options.forget_second_factor,
    )
    say(f"{options.email} has a new password. Open sign-ins have ended.")


def _end(options) -> None:
    from django.db import transaction

    from solmu.casework.actions.leaving import release_who_left
    from solmu.organisations.actions import end_account
    from solmu.referrals.actions import release_claims_of_who_left

    confirm(f"{options.email} can no longer sign in.", yes=options.yes)
    actor = _actor()
    with transaction.atomic():
        end_account(actor, email=options.email)
        pairs, claims = release_who_left(actor), release_claims_of_who_left(actor)
    say(f"{options.email} is closed. Pairs that now look for a worker: {pairs}. Contacts back in the queue: {claims}.")


def _forget_sign_in(options) -> None:
    from solmu.organisations.actions import forget_sign_in

    if bool(options.email) == options.everybody:
        raise Stopped("Give the address of one account, or --everybody.", USAGE)
    number = forget_sign_in(_actor(), email=options.email)
    say(f"Forgotten: {number}. At the next sign-in there the verified address tells whose account it is.")


def _list(_options) -> None:
    from solmu.organisations.queries import all_members

    for member in all_members(_actor()):
        say("\t".join(member))


def _ask_password() -> str:
    """Asked twice at a terminal; else made, and printed once."""
    if not sys.stdin.isatty():
        made = secrets.token_urlsafe(15)
        say(f"Password (shown only now): {made}")
        return made
    typed = getpass.getpass("Password (at least 12 characters): ")
    if typed != getpass.getpass("The same again: "):
        raise Stopped("The two were not the same. Nothing was changed.", USAGE)
    return typed
