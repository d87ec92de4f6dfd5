"""From a referral's identifier to the gate's yes: as its sender, by the family; as its receiver, by its own grant."""

from uuid import UUID

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.deeds import Deed
from solmu.access.gate import Access
from solmu.access.grants import live_grants
from solmu.access.models import Grant
from solmu.casework.models import Case
from solmu.casework.queries.records import owners_in
from solmu.referrals.models import Referral

_WITH = ("case__family", "from_unit__organisation", "to_unit__organisation", "to_point", "successor")


def _family_of(referral_id: UUID) -> UUID | None:
    return Referral.objects.filter(pk=referral_id).values_list("case__family_id", flat=True).first()


def for_sender(actor: Actor, deed: Deed, referral_id: UUID) -> tuple[Access, Referral]:
    """The referral for those who work with its family."""
    family_id = _family_of(referral_id)
    access = gate.require(actor, deed, family_id or referral_id)
    return access, Referral.objects.select_related(*_WITH).get(pk=referral_id)


def for_receiver(actor: Actor, deed: Deed, referral_id: UUID) -> tuple[Access, Referral]:
    """The referral for the unit that it was sent to, as long as a grant rests on this very referral.

    A unit may have been sent several referrals of one family; each opens its own packet only. Without such a grant the
    gate is asked about the referral's own identifier, on which nobody holds a grant: refused, and logged so.
    """
    rests_here = live_grants(actor.at).filter(
        basis=Grant.Basis.REFERRAL, basis_id=referral_id, subject_id__in=actor.subjects
    )
    record_id = rests_here.values_list("record_id", flat=True).first()
    access = gate.require(actor, deed, record_id or referral_id)
    return access, Referral.objects.select_related(*_WITH).get(pk=referral_id)


def owners_at_sender(referral: Referral) -> dict:
    """For whom it waits at the sender, as agenda.put takes it; nobody when its work with the family has ended.

    What nobody can open any more would wait for ever.
    """
    case = referral.case
    if case.state == Case.State.CLOSED:
        again = Case.objects.filter(family_id=case.family_id, unit_id=case.unit_id).exclude(state=Case.State.CLOSED)
        case = again.first()
    return owners_in(case) if case else {}
