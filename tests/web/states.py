"""One family for each state that access can be in, each with one of everything; made with people's own actions."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.deeds import Deed
from solmu.casework.actions.closing import close_case
from solmu.casework.actions.network import add_member, agree_meeting, set_member_state
from solmu.casework.actions.promises import make_promise
from solmu.casework.actions.proposals import propose_model, record_decision
from solmu.casework.actions.steps import agree_step
from solmu.casework.facts import CATALOGUE
from solmu.families.emergency import open_emergency
from solmu.families.models import Family
from solmu.instruments.models import Form
from solmu.instruments.packages import form_faults
from solmu.learning.actions.commitment import save_answer, save_snapshot
from solmu.learning.actions.signing import ask_sign_off
from solmu.operating_models.adaptations import begin_adaptation
from solmu.operating_models.models import InstalledModel
from solmu.operating_models.package import pack
from solmu.operating_models.package.writing import files_of
from solmu.operating_models.receiving import receive_package
from solmu.referrals.actions import (
    accept_referral,
    ask_question,
    cancel_referral,
    complete_referral,
    prepare_referral,
    send_referral,
    withdraw_permission,
)
from solmu.referrals.models import Referral
from solmu.referrals.readiness import prepare
from solmu.situations.actions import View, add_item, start_round
from tests.cast import Cast, later
from tests.instruments.scenes import begin, keep
from tests.models import NETWORK, TEAM, package, take_into_use
from tests.referrals.scenes import ASKED, SOON, case_of, items_of, permit
from tests.scenes import PEOPLE, Scene, open_family
from tests.versions import another_version

STATES = ("live", "accepted", "ended", "withdrawn", "closed", "emergency")
OWN_WORDS = "Siirin oma asia, jota kotona ei lueta"
KNOT = "Avaamattomat laskut painavat hyllyllä"
REASON = "The mother called, crying, and said that the father is at the door."
CLOSING = {
    "closing_reason": "goals_reached",
    "outcome": "everyday_easier",
    "what_changed": "Kirjeet on avattu.",
    "family_told_how": "Kerroimme kotikäynnillä.",
    "help_came": "yes",
    "follow_up_note": "Perhe ei halua.",
}


@dataclass
class Home:
    """A family in one of STATES: identifiers by the names that addresses give them, and words that stand only here."""

    scene: Scene
    name: str
    ids: dict[str, UUID] = field(default_factory=dict)

    @property
    def secrets(self) -> tuple[str, ...]:
        """What no page may hold that is not open to its reader."""
        reference = Family.objects.values_list("reference", flat=True).get(pk=self.scene.family_id)
        return (self.name, reference, f"{KNOT} {self.name}", f"{OWN_WORDS} {self.name}", str(self.scene.family_id))


@dataclass
class World:
    """Everybody, and the families by their state."""

    cast: Cast
    homes: Mapping[str, Home]
    model: InstalledModel


def make_world(cast: Cast) -> World:
    """Six families; Aino and Bertta work, or worked, with each; the receivers have been asked about each."""
    models, form = take_into_use(cast, TEAM, NETWORK), keep(cast)
    model = models[TEAM]
    homes = {state: _home(cast, models, form, f"Suku{number}la") for number, state in enumerate(STATES)}
    shared = _versions(cast, model)
    for home in homes.values():
        home.ids |= shared
    for state, change in _CHANGES.items():
        change(cast, homes[state])
    learnt = _learning(cast, model)
    for home in homes.values():
        home.ids |= learnt
    return World(cast, homes, model)


def _versions(cast: Cast, model: InstalledModel) -> dict[str, UUID]:
    """What the coordinator has begun: a version to be made the organisation's own, and a package that waits."""
    new = {path: another_version(path, "2", lambda document: None) for path in (TEAM, NETWORK)}
    begun = begin_adaptation(cast.kaisa, base_id=model.id)
    third = deepcopy(dict(package(TEAM).document))
    third["model"]["version"] = "3"
    file = receive_package(cast.kaisa, pack(model.slug, "3", files_of(third)), CATALOGUE, form_faults)
    return {"other_id": new[TEAM].id, "upgrade_id": new[NETWORK].id, "adaptation_id": begun.id, "file_id": file.id}


def _home(cast: Cast, models: Mapping[str, InstalledModel], form: Form, name: str) -> Home:
    aino, people = cast.aino, [person | {"last_name": name} for person in PEOPLE]
    scene = open_family(cast, name=name, people=people)
    start_round(aino, family_id=scene.family_id)
    knot = {"family_id": scene.family_id, "domain": "finances", "kind": "knot"}
    shared = add_item(aino, **knot, words=f"{KNOT} {name}")
    siiri = scene.people["Siiri"].id
    own = add_item(aino, **knot, words=f"{OWN_WORDS} {name}", own_part=True, person_id=siiri, view=View(siiri))
    model = models[TEAM]
    proposal = propose_model(
        aino, case_id=scene.case_id, model_id=model.id, person_id=siiri, deviation_reason="Siirin toive"
    )
    ids = {
        "family_id": scene.family_id,
        "contact_id": scene.contact_id,
        "person_id": siiri,
        "adult_id": scene.people["Minna"].id,
        "item_id": shared.id,
        "own_item_id": own.id,
        "proposal_id": proposal.id,
        "step_id": agree_step(aino, case_id=scene.case_id, words=f"{KNOT} {name}", due_on=SOON).id,
        "model_id": model.id,
        "engagement_id": _engagement(aino, scene, models[NETWORK]),
        "form_id": form.id,
        "form_key": form.id,
        "response_id": begin(cast, scene.family_id, form).id,
        **_network(aino, scene),
        **_referral(cast, scene),
    }
    return Home(scene, name, ids)


def _learning(cast: Cast, model: InstalledModel) -> dict[str, UUID | str]:
    """What concerns no family: Aino asks Kaisa to sign, and their organisation has said where it stands."""
    modules = {module.way: module.id for module in package(TEAM).orientation.modules}
    asked = ask_sign_off(
        cast.aino, model_id=model.id, module_id=modules["shadow"], asked_of_id=cast.account("kaisa").id
    )
    item = "common-agenda"
    save_answer(cast.kaisa, item_id=item, version=0, level="partly")
    kept = save_snapshot(cast.kaisa, seen=1, made_on=cast.kaisa.today, present="Kaisa ja Aino")
    return {"module": modules["read"], "item": item, "sign_off_id": asked.id, "snapshot_id": kept.id}


def _engagement(aino: Actor, scene: Scene, model: InstalledModel) -> UUID:
    """A model under way with the family."""
    proposal = propose_model(aino, case_id=scene.case_id, model_id=model.id, deviation_reason="Perhe toivoo")
    answers = {person.id: "yes" for name, person in scene.people.items() if name != "Eetu"}
    record_decision(aino, proposal_id=proposal.id, version=proposal.version, decision="yes", answers=answers)
    return proposal.engagement.id


def _network(aino: Actor, scene: Scene) -> dict[str, UUID]:
    partner = {"name": "Paula", "account_email": "paula@example.org"}
    member = add_member(aino, case_id=scene.case_id, kind="professional", **partner)
    set_member_state(aino, member_id=member.id, version=1, state="joined")
    due_on = aino.today + timedelta(days=7)
    promise = make_promise(aino, case_id=scene.case_id, member_id=member.id, deed="Soittaa", due_on=due_on)
    meeting = agree_meeting(aino, case_id=scene.case_id, starts_at=aino.at + timedelta(minutes=30))
    return {"member_id": member.id, "promise_id": promise.id, "meeting_id": meeting.id}


def _referral(cast: Cast, scene: Scene) -> dict[str, UUID]:
    """A contact that everybody has permitted, and that the receivers have not answered; and another as a draft."""
    unit = cast.unit("receivers")
    to = {"family_id": scene.family_id, "to_unit_id": unit.id, "asked": ASKED}
    sent = prepare_referral(cast.aino, **to, items=[*items_of(scene), "network"])
    access = gate.require(cast.aino, Deed.PREPARE_REFERRAL, scene.family_id)
    called = {person.id: name for name, person in scene.people.items()}
    for need in prepare(access, sent).missing:
        given = permit(cast.aino, scene, sorted(need.codes), who=called[min(need.anyone_of)], unit=unit)
    send_referral(cast.aino, referral_id=sent.id, version=sent.version, read_aloud=True)
    draft = prepare_referral(cast.aino, **to, items=items_of(scene))
    return {"referral_id": sent.id, "draft_id": draft.id, "permission_id": given.id}


def version(home: Home) -> int:
    """The version of the family's sent referral."""
    return Referral.objects.values_list("version", flat=True).get(pk=home.ids["referral_id"])


def _ask(cast: Cast, home: Home) -> None:
    at_noon = later(cast.ritva, minutes=10)
    ask_question(at_noon, referral_id=home.ids["referral_id"], version=version(home), text="Mikä aika sopii?")


def _accept(cast: Cast, home: Home) -> None:
    at_noon = later(cast.ritva, minutes=10)
    accept_referral(at_noon, referral_id=home.ids["referral_id"], version=version(home), next_on=SOON)


def _end(cast: Cast, home: Home) -> None:
    _accept(cast, home)
    at_noon = later(cast.ritva, minutes=20)
    complete_referral(at_noon, referral_id=home.ids["referral_id"], version=version(home), outcome="Autettu.")


def _withdraw(cast: Cast, home: Home) -> None:
    _accept(cast, home)
    withdraw_permission(later(cast.aino, minutes=20), permission_id=home.ids["permission_id"], how="oral")


def _close(cast: Cast, home: Home) -> None:
    from solmu.casework.actions.network import cancel_meeting
    from solmu.casework.actions.promises import settle_promise

    _accept(cast, home)
    aino = later(cast.aino, minutes=20)
    settle_promise(aino, promise_id=home.ids["promise_id"], version=1, state="kept")
    cancel_meeting(aino, meeting_id=home.ids["meeting_id"], version=1, reason="Perhe ei tarvitse.")
    cancel_referral(aino, referral_id=home.ids["draft_id"], version=1, reason="Perhe ei tarvitse.")
    case, left = case_of(home.scene), [home.ids["referral_id"]]
    close_case(aino, case_id=case.id, version=case.version, referrals_left=left, **CLOSING)


def _open_in_emergency(cast: Cast, home: Home) -> None:
    reference = Family.objects.values_list("reference", flat=True).get(pk=home.scene.family_id)
    opened = open_emergency(later(cast.cecilia, minutes=20), reference=reference, reason=REASON)
    home.ids["emergency_id"] = opened.id


_CHANGES = {
    "live": _ask,
    "accepted": _accept,
    "ended": _end,
    "withdrawn": _withdraw,
    "closed": _close,
    "emergency": _open_in_emergency,
}
