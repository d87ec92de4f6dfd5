"""Referrals in the states that tests begin from, made with the actions that pages call."""

from dataclasses import dataclass
from datetime import date, timedelta

from solmu.access.actor import Actor
from solmu.casework.actions.proposals import propose_model, record_decision
from solmu.casework.models import Case, Engagement
from solmu.consents.actions import give_permission
from solmu.consents.models import Permission
from solmu.consents.rules import TOLD
from solmu.directory.models import ContactPoint
from solmu.referrals.actions import prepare_referral, send_referral
from solmu.referrals.models import Referral
from tests.cast import Cast
from tests.models import COUNSELLING, take_into_use
from tests.scenes import Scene, open_family

UNTIL = date(2027, 4, 30)
SOON = date(2026, 11, 9)
ASKED = "Keskustelu ja verkoston kokoaminen"


@dataclass
class Told:
    """A family, and a referral to the receivers about Minna, with what she has permitted."""

    scene: Scene
    referral: Referral
    permission: Permission

    @property
    def family_id(self):
        return self.scene.family_id

    def now(self) -> Referral:
        """The referral as it stands in the database."""
        return Referral.objects.get(pk=self.referral.pk)


def items_of(scene: Scene) -> list[str]:
    """What Minna alone can permit."""
    return [f"contact:{scene.people['Minna'].id}", "words"]


def permit(actor: Actor, scene: Scene, items, *, who: str = "Minna", unit=None, point=None, **more) -> Permission:
    """Somebody of the family permits the items to a receiver."""
    said = {"purpose": "Avun alkaminen", "valid_to": UNTIL, "how": "oral", "told": TOLD} | more
    return give_permission(
        actor,
        family_id=scene.family_id,
        person_id=scene.people[who].id,
        items=items,
        receiver_unit_id=unit.id if unit else None,
        receiver_point_id=point.id if point else None,
        **said,
    )


def draft(cast: Cast, scene: Scene | None = None, items=None, **more) -> tuple[Scene, Referral]:
    """A contact being prepared for the receivers."""
    scene = scene or open_family(cast)
    to = {"to_unit_id": cast.unit("receivers").id} if "to_point_id" not in more else {}
    fields = {"asked": ASKED, "items": items or items_of(scene)} | to | more
    return scene, prepare_referral(cast.aino, family_id=scene.family_id, **fields)


def sent(cast: Cast, items=None, scene: Scene | None = None, **more) -> Told:
    """A contact that has been sent to the receivers with Minna's permission."""
    scene, referral = draft(cast, scene, items, **more)
    permission = permit(cast.aino, scene, referral.items, unit=cast.unit("receivers"))
    send_referral(cast.aino, referral_id=referral.id, version=referral.version, read_aloud=True)
    return Told(scene, Referral.objects.get(pk=referral.id), permission)


def outside_point(**fields) -> ContactPoint:
    """A receiver that does not use Solmu."""
    given = {"kind": "phone", "name": "Talousneuvonta", "organisation_name": "Lakean kunta", "phone": "08 123 456"}
    return ContactPoint.objects.create(**(given | fields))


def sent_outside(cast: Cast, **fields) -> Told:
    """A contact that is ready to be told to a receiver outside Solmu."""
    point = outside_point(**fields)
    scene, referral = draft(cast, to_point_id=point.id)
    permission = permit(cast.aino, scene, referral.items, point=point)
    send_referral(
        cast.aino,
        referral_id=referral.id,
        version=referral.version,
        read_aloud=True,
        ask_back_on=cast.aino.today + timedelta(days=7),
    )
    return Told(scene, Referral.objects.get(pk=referral.id), permission)


def case_of(scene: Scene) -> Case:
    """The family's case."""
    return Case.objects.get(pk=scene.case_id)


def run_model(cast: Cast, scene: Scene, path: str = COUNSELLING, who: str = "Siiri", **settings) -> Engagement:
    """An operating model is under way with the family, about one person who has said yes to it."""
    model = take_into_use(cast, path, **settings)[path]
    person_id = scene.people[who].id
    proposal = propose_model(
        cast.aino, case_id=scene.case_id, model_id=model.id, person_id=person_id, deviation_reason="Perhe toivoo."
    )
    answers = {scene.people[name].id: "yes" for name in ("Minna", "Ville", "Siiri")}
    record_decision(cast.aino, proposal_id=proposal.id, version=proposal.version, decision="yes", answers=answers)
    return Engagement.objects.get(proposal=proposal)
