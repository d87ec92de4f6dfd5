"""What the coordinators do with the library: own versions, work moved to another, experiences read and published."""

from datetime import datetime, timedelta

from solmu.casework.actions.engagements import move_engagements
from solmu.casework.facts import CATALOGUE
from solmu.casework.queries.moving import movable
from solmu.demo.journey import days_back
from solmu.demo.office import COUNSELLING, FAMILY_UNITY, GATHERING, Office
from solmu.operating_models import experiences
from solmu.operating_models.actions import adopt
from solmu.operating_models.adaptations import begin_adaptation, finish_adaptation, write_changes
from solmu.operating_models.checklist import checklist, tick
from solmu.operating_models.overlay import Change

_MEETING = (
    "Meillä verkostotapaaminen pidetään perhekeskuksen olohuoneessa, ei neuvotteluhuoneessa. Varaa huone, kun sovit "
    "ajan perheen kanssa, ja kysy, mitä lapset haluavat tehdä sen aikana."
)
_REASON = "own.closing.own-reason-1"
_AGREED = "Sovittu palaverissa; toinen varalla lomien ajaksi."
OWN_CHANGES = (
    Change("guide.fi.verkostotapaaminen", "append", _MEETING),
    Change("process.closing_reasons", "add", {"id": "own-reason-1", "text": _REASON, "ends": "moved_on", "mark": "I"}),
    Change(f"texts.fi.{_REASON}", "set", "Perhe jatkaa perhekahvilan vertaisryhmässä"),
    Change(f"texts.sv.{_REASON}", "set", "Familjen fortsätter i familjekaféets kamratgrupp"),
)
_BEGUN = Change("guide.fi.valmistelu", "append", "Perhekeskuksen aulassa on puhelin, josta voi soittaa yhdessä.")


def update_the_town(office: Office, now: datetime) -> None:
    """The town takes the newest version into use; what is under way stays where it began."""
    adopt(office.actor("riikka", now), model_id=office.models[FAMILY_UNITY])


def make_own_version(office: Office, now: datetime) -> None:
    """The foundation words a model for itself and takes its own version into use; another adaptation is begun."""
    heli = office.actor("heli", now)
    row = begin_adaptation(heli, base_id=office.models[GATHERING])
    row = write_changes(heli, adaptation_id=row.id, version=row.version, changes=OWN_CHANGES)
    own = finish_adaptation(heli, adaptation_id=row.id, version=row.version, catalogue=CATALOGUE)
    adopt(heli, model_id=own.id)
    office.versions[GATHERING, own.model_version] = own.id
    office.models[GATHERING] = own.id
    begun = begin_adaptation(heli, base_id=office.models[COUNSELLING])
    write_changes(heli, adaptation_id=begun.id, version=begun.version, changes=[_BEGUN])


def move_some_work(office: Office, now: datetime, most: int = 2) -> None:
    """Two families' work is moved to the foundation's own version; the rest waits on the coordinator's page."""
    heli, target = office.actor("heli", now), office.models[GATHERING]
    groups = movable(heli, target, most=most).groups
    versions = {each.id: each.version for group in groups for each in group.engagements}
    if versions:
        told = "Kokeillaan omaa versiota ensin kahdessa työssä."
        list(move_engagements(heli, to_model_id=target, versions=versions, phases={}, reason=told))


def see_to_what_it_needs(office: Office, now: datetime) -> None:
    """The foundation has seen to some of what the model needs, with a note where there is something to tell."""
    heli, model_id = office.actor("heli", now), office.models[COUNSELLING]
    items = [line.item for line in checklist(heli, model_id, {}) if not line.done]
    roles, modules = ([each for each in items if each.kind == kind] for kind in ("role", "module"))
    for item in [*(each for each in items if each.kind == "licence"), *roles, *modules[:4]]:
        tick(heli, model_id=model_id, item=item.key, note=_AGREED if item in roles[:1] else "")


# Experiences: working days ago, who wrote it down, of which version, published (yes, no, not decided), and the words.

_WORKERS = (
    (62, "anni", (COUNSELLING, "1"), "yes", "palveluneuvoja", "Kun meitä on kaksi, toinen kuuntelee ja toinen kirjaa. Puhelun "
     "jälkeen tarkistamme, kuulimmeko samaa. Vaikeinta on löytää yhteinen aika."),
    (45, "sanna", (FAMILY_UNITY, "2021"), "yes", "sosiaaliohjaaja", "Sama tulkki joka kerralla muuttaa kaiken. Varaa kaikki "
     "tapaamiset kerralla, ja kaksinkertainen aika."),
    (30, "anni", (GATHERING, "1"), "yes", "palveluneuvoja", "Perhe valitsi itse, ketkä kutsuttiin. Paikalla oli neljä "
     "ihmistä, ei kymmentä, ja jokaisella oli tekemistä."),
    (14, "mikko", (GATHERING, "1"), "no", "palveluneuvoja", "Koulun kanssa lupaukset pidettiin, mutta päiväkodissa ei ehditty."),
    (3, "yusra", (GATHERING, "1"), "", "palveluneuvoja", "Lupaukset kannattaa lukea ääneen ja kirjoittaa perheelle paperille. "
     "Silloin niistä kysytään seuraavalla kerralla."),
)  # fmt: skip
_FAMILIES = (
    (53, "sanna", (FAMILY_UNITY, "2021"), "yes", "parent", "ar", "لأول مرة سألنا أحد كيف حالنا جميعاً معاً. صرنا نتكلم أكثر في البيت.",
     "Ensimmäistä kertaa joku kysyi, miten me kaikki voimme yhdessä. Puhumme nyt kotona enemmän."),
    (28, "anni", (GATHERING, "1"), "yes", "parent", "fi", "En joutunut kertomaan samaa viidelle ihmiselle. Kaikki istuivat "
     "samassa pöydässä, ja minä sain sanoa ensin.", ""),
    (18, "anni", (GATHERING, "1"), "yes", "young", "fi", "Kukaan ei puhunut mun yli. Lupasivat vähän ja tekivät sen.", ""),
    (4, "petteri", (FAMILY_UNITY, "2022"), "", "family", "uk", "Добре, що перекладачка щоразу була та сама.",
     "Hyvä, että tulkki oli joka kerta sama."),
    (2, "mikko", (GATHERING, "1"), "", "family", "fi", "Pelkäsimme ensin, että meitä arvostellaan. Ei arvosteltu.", ""),
)  # fmt: skip
_COORDINATOR = {"sanna": "riikka", "petteri": "riikka"}
_KEPT_BACK = "Tästä tunnistaa, mistä päiväkodista on kyse. Kirjoittaisitko ilman sitä?"


def tell_experiences(office: Office, now: datetime) -> None:
    """Workers tell how a model has worked and write down what families want told; some of it waits to be read."""
    confirmed = dict.fromkeys(("leave_given", "read_back", "names_nobody"), True)
    for days, who, version, decided, role, text in _WORKERS:
        actor = office.actor(who, days_back(now, days))
        told = {"model_id": office.versions[version], "text": text, "in_role": role, "names_nobody": True}
        _decide(office, who, experiences.write_experience(actor, **told), decided)
    for days, who, version, decided, voice, language, text, translation in _FAMILIES:
        actor = office.actor(who, days_back(now, days))
        told = {"text": text, "voice": voice, "language": language, "translation": translation, "translated_to": "fi"}
        row = experiences.write_family_experience(actor, model_id=office.versions[version], **told, **confirmed)
        _decide(office, who, row, decided)


def _decide(office: Office, who: str, row, decided: str) -> None:
    if not decided:
        return
    at = row.written_at + timedelta(hours=4)
    kept_back = "" if decided == "yes" else _KEPT_BACK
    coordinator = office.actor(_COORDINATOR.get(who, "heli"), at)
    told = {"experience_id": row.id, "version": row.version, "publish": not kept_back, "reason": kept_back}
    experiences.decide_experience(coordinator, **told)
