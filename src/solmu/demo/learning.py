"""The invented region learns: workers go through the orientation, and an organisation talks through its commitment."""

from datetime import date, datetime, timedelta
from uuid import UUID

from solmu.access.actor import Actor, system
from solmu.kernel.clock import local_date
from solmu.learning.actions import commitment, modules, signing
from solmu.learning.actions.reminding import remind_of_orientation
from solmu.learning.lists import newest_list
from solmu.learning.queries.commitment import working_paper, working_state
from solmu.learning.queries.orientation import ModelRow, own_orientation
from solmu.organisations.rules import add_working_days

ORIENTED = {"anni": "heli", "mikko": "anni", "yusra": "mikko", "sanna": "riikka", "petteri": "sanna"}
"""Who has gone through everything, and who signed it."""
BEGINNER = "leena"  # has come lately, and goes through the modules still
LONG_AGO, LATELY = timedelta(days=130), timedelta(days=20)


def orient_workers(office, now: datetime) -> None:
    """Most workers are oriented to every model in use; one is on the way."""
    for key, signer in ORIENTED.items():
        at = now - LONG_AGO
        for model in own_orientation(office.actor(key, at)):
            _go_through(office, key, signer, model, at)
    beginner = office.actor(BEGINNER, now - LATELY)
    for model in own_orientation(beginner)[:1]:
        for module in [each for each in model.modules if each.kind in {"read", "watch"}][:2]:
            modules.mark_done(beginner, model_id=model.model_id, module_id=module.id)
        for module in [each for each in model.modules if each.kind == "shadow"][:1]:
            asked = office.account("mikko").id
            signing.ask_sign_off(beginner, model_id=model.model_id, module_id=module.id, asked_of_id=asked)
    remind_of_orientation(system(now - LATELY))


def learn_the_update(office, at: datetime) -> None:
    """One of the town's pair goes through what a new version has changed; the other has it before them."""
    for model in own_orientation(office.actor("sanna", at)):
        _go_through(office, "sanna", "riikka", model, at)
    remind_of_orientation(system(at))


def _go_through(office, key: str, signer: str, model: ModelRow, at: datetime) -> None:
    actor = office.actor(key, at)
    of = {"model_id": model.model_id}
    shadowed = []
    for module in [each for each in model.modules if not each.is_done]:
        of["module_id"] = module.id
        if module.kind == "check":
            right = {each.id: each.right for each in module.module.questions}
            modules.answer_check(actor, answers=right, **of)
        elif module.kind == "shadow":
            shadowed.append(module.id)
        else:
            modules.mark_done(actor, **of)
    for module_id in shadowed:
        _shadow(office, actor, signer, model.model_id, module_id)


def _shadow(office, actor: Actor, signer: str, model_id: UUID, module_id: str) -> None:
    asked = office.account(signer).id
    row = signing.ask_sign_off(actor, model_id=model_id, module_id=module_id, asked_of_id=asked)
    may = office.actor(signer, actor.at)
    signing.sign(may, sign_off_id=row.id, version=row.version, met_on=local_date(actor.at))


# What the foundation said first, and half a year later: level, where it shows, next step, whose
_FIRST = {
    "right-approach": ("yes", "Yhdenkään perheen asiat eivät mahdu yhteen palveluun.", "", ""),
    "champions": ("partly", "Palveluneuvonta on innostunut, johto kuuntelee.", "Kutsutaan johto mukaan", "heli"),
    "common-agenda": ("partly", "Tavoite on sanottu ääneen, muttei vielä rajattu.", "Kirjataan tavoite", "heli"),
    "shared-measurement": ("not_yet", "", "Valitaan kolme yhteistä mittaria", "heli"),
    "reinforcing-activities": ("partly", "Parityö ja verkostotapaamiset täydentävät toisiaan.", "", ""),
    "continuous-communication": ("not_yet", "", "Sovitaan tapaamisten määrä ja tarkoitus", "anni"),
    "backbone": ("yes", "Kehittäjätyöntekijän työaika on sovittu.", "", ""),
    "equity": ("not_yet", "", "", ""),
    "community-members": ("not_yet", "", "Kysytään perheiltä, mistä he haluavat päättää", "anni"),
    "trust-and-respect": ("partly", "Eri mieltä voi olla, kun tunnetaan.", "", ""),
}
_LATER = {
    "champions": ("yes", "Johto on mukana ohjausryhmässä.", "", ""),
    "common-agenda": ("yes", "Tavoite on kirjattu ja hyväksytty yhdessä.", "", ""),
    "shared-measurement": ("partly", "Mittarit on valittu, seuranta puuttuu.", "Sovitaan, kuka seuraa", "ulla"),
    "continuous-communication": ("partly", "Tapaaminen joka toinen kuukausi.", "", ""),
    "community-members": ("partly", "Kaksi perhettä on ohjausryhmässä.", "Kysytään myös nuorilta", "anni"),
}
_JOINING = {
    "core-group": ("yes", "Palveluneuvonnan työntekijät.", "heli"),
    "judging": ("yes", "Keskusteltu kahdessa illassa.", "heli"),
    "who-must-know": ("partly", "", "heli"),
    "whole-staff": ("not_yet", "", "ulla"),
}
_TOWN = {
    "common-agenda": ("partly", "Kotoutumisen tuki tietää, mihin pyritään.", "Kerrotaan kouluille", "riikka"),
    "cross-sector": ("yes", "Suunnitelmat tehdään jo yhdessä koulujen kanssa.", "", ""),
}
TOWN_PRESENT = "Riikka Paananen, Sanna Virkkula ja Petteri Ollila"
PRESENT = "Heli Ranta, Anni Kemppainen, Mikko Saarela ja kaksi perheiden edustajaa"


def commit_organisation(office, now: datetime) -> None:
    """The foundation has talked it through twice and the town once; both share it. The foundation is still joining."""
    if newest_list() is None:
        return
    talks = (
        ("heli", LONG_AGO, _FIRST, PRESENT),
        ("riikka", LATELY, _TOWN, TOWN_PRESENT),
        ("heli", LATELY, _LATER, PRESENT),
    )
    for key, ago, said, present in talks:
        actor = office.actor(key, now - ago)
        for item, (level, evidence, step, owner) in said.items():
            _answer(office, actor, item, level, evidence, step, owner)
        seen = working_state(actor)
        commitment.save_snapshot(actor, seen=seen, made_on=actor.today, present=present, is_shared=True)
    actor = office.actor("heli", now - LATELY)
    for item, (level, evidence, owner) in _JOINING.items():
        _answer(office, actor, item, level, evidence, "", owner)


def _answer(office, actor: Actor, item: str, level: str, evidence: str, step: str, owner: str) -> None:
    due_on: date = add_working_days(actor.today + timedelta(days=40), 0)
    whose = {"owner_id": office.account(owner).id, "due_on": due_on} if owner else {}
    version = next(row.answer.version for part in working_paper(actor) for row in part.items if row.id == item)
    commitment.save_answer(
        actor, item_id=item, version=version, level=level, evidence=evidence, next_step=step, **whose
    )
