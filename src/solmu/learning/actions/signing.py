"""A worker goes along with a colleague's work, and the colleague signs it. No family is named."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.deeds import Deed
from solmu.agenda import actions as agenda
from solmu.agenda.models import Item
from solmu.kernel.errors import InvalidInput, NotNow
from solmu.kernel.models import insert_or, save_version
from solmu.learning.actions.finding import module_in_use
from solmu.learning.actions.modules import record
from solmu.learning.actions.reminding import renew
from solmu.learning.models import SignOff
from solmu.learning.queries.signing import signers
from solmu.learning.queries.standings import InUse, in_use, members
from solmu.operating_models.queries import package_of
from solmu.organisations.rules import add_working_days

ANSWERED_WITHIN = 10  # working days in which a colleague is asked to answer


class AskedAlready(NotNow):
    """One colleague is asked at a time."""

    message = _("You have already asked a colleague to sign this. Take that back first.")


def ask_sign_off(actor: Actor, *, model_id: UUID, module_id: str, asked_of_id: UUID | None) -> SignOff:
    """Asks a colleague who is oriented, or a coordinator, to sign that the actor went along."""
    with transaction.atomic():
        gate.require(actor, Deed.OWN_ORIENTATION)
        own, module = module_in_use(actor.organisation_id, model_id, module_id, "shadow")
        _check_signer(actor, own, asked_of_id)
        row = SignOff(
            organisation_id=actor.organisation_id,
            account_id=actor.account_id,
            asked_of_id=asked_of_id,
            model_id=model_id,
            module_id=module.id,
            asked_at=actor.at,
        )
        insert_or(row, AskedAlready)
        own_rows = SignOff.objects.filter(account_id=actor.account_id, model_id=model_id, module_id=module.id)
        agenda.settle_all(actor, about_ids=own_rows.filter(state=SignOff.State.RETURNED).values_list("id", flat=True))
        due_on = add_working_days(actor.today, ANSWERED_WITHIN)
        agenda.put(actor, kind=Item.Kind.SIGN_OFF, about_id=row.id, due_on=due_on, accounts=[asked_of_id])
    return row


def _check_signer(actor: Actor, own: InUse, asked_of_id: UUID | None) -> None:
    able = signers(actor.organisation_id, own, but=actor.account_id, today=actor.today)
    if asked_of_id not in {signer.account_id for signer in able}:
        raise InvalidInput({"asked_of": _("Choose a colleague who is oriented to this model, or a coordinator.")})


def take_back_sign_off(actor: Actor, *, sign_off_id: UUID, version: int) -> SignOff:
    """The worker asks somebody else, or later."""
    with transaction.atomic():
        gate.require(actor, Deed.OWN_ORIENTATION)
        row = _waiting(account_id=actor.account_id, pk=sign_off_id)
        return _answer(actor, row, version, SignOff.State.TAKEN_BACK)


def sign(actor: Actor, *, sign_off_id: UUID, version: int, met_on: date | None, words: str = "") -> SignOff:
    """The colleague signs that the worker went along on a day; the module is done with it."""
    with transaction.atomic():
        gate.require(actor, Deed.SIGN_ORIENTATION)
        row = _waiting(asked_of_id=actor.account_id, pk=sign_off_id)
        if not members(row.organisation_id, actor.today).filter(account_id=actor.account_id).exists():
            raise NotNow(_("You no longer work where your colleague does. Return it, so that somebody else is asked."))
        if met_on is None or met_on > actor.today:
            raise InvalidInput({"met_on": _("Write the day on which you met; it cannot be a coming one.")})
        row = _answer(actor, row, version, SignOff.State.SIGNED, met_on=met_on, words=words.strip())
        package = package_of(row.model)
        module = next(each for each in package.orientation.modules if each.id == row.module_id)
        record(actor, package, module, account_id=row.account_id, done_on=met_on, signed_by_id=actor.account_id)
        own = next((each for each in in_use(row.organisation_id) if each.slug == package.slug), None)
        if own:
            renew(actor, account_id=row.account_id, own=own, organisation_id=row.organisation_id)
    return row


def return_sign_off(actor: Actor, *, sign_off_id: UUID, version: int, words: str) -> SignOff:
    """The colleague cannot sign, and says why; the worker sees it."""
    with transaction.atomic():
        gate.require(actor, Deed.SIGN_ORIENTATION)
        row = _waiting(asked_of_id=actor.account_id, pk=sign_off_id)
        if not words.strip():
            raise InvalidInput({"words": _("Write why you do not sign, so that your colleague knows what to do.")})
        row = _answer(actor, row, version, SignOff.State.RETURNED, words=words.strip())
        due_on = add_working_days(actor.today, ANSWERED_WITHIN)
        agenda.put(actor, kind=Item.Kind.SIGN_OFF_BACK, about_id=row.id, due_on=due_on, accounts=[row.account_id])
    return row


def _waiting(**which) -> SignOff:
    row = SignOff.objects.select_related("model").defer("model__content").filter(**which).first()
    if row is None or row.state != SignOff.State.ASKED:
        raise NotNow
    return row


def _answer(actor: Actor, row: SignOff, version: int, state: str, **said) -> SignOff:
    for name, value in {**said, "state": state, "answered_at": actor.at}.items():
        setattr(row, name, value)
    save_version(row, expected=version, fields=["state", "answered_at", *said])
    agenda.settle(actor, about_id=row.id)
    return row
