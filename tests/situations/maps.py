"""A family with a map, for the tests of the map: Aino works with it and may read all, Cecilia has no grant."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from solmu.access import gate
from solmu.access.classes import InformationClass as C
from solmu.access.deeds import Deed
from solmu.access.gate import Access
from solmu.access.grants import Basis, open_grant
from solmu.access.models import Grant
from solmu.families.models import Family, Person
from solmu.kernel.ids import new_id
from solmu.situations.actions import NOT_SAID, View, add_item, feel, set_start_from, start_round, state_item
from tests.cast import MONDAY, Cast, later

ALL = C.IDENTITY | C.CASEWORK | C.SITUATION | C.YOUNG_PART | C.PROTECTED | C.PLAN | C.PERMISSIONS | C.NETWORK
SUMMER = timedelta(days=-76)  # before MONDAY
NAMES = {
    "samir": ("adult", "Samir", date(1984, 5, 2)),
    "rima": ("adult", "Rima", date(1988, 3, 9)),
    "yara": ("young", "Yara", date(2011, 1, 20)),
    "karim": ("child", "Karim", date(2014, 6, 6)),
    "lina": ("child", "Lina", date(2020, 2, 28)),
}


@dataclass
class Home:
    """A family and its people by the keys of NAMES."""

    id: UUID
    people: dict[str, Person]

    def view(self, key: str) -> View:
        return View(worker=True) if key == "worker" else View(self.people[key].id) if key else NOT_SAID


def a_family(cast: Cast, name: str = "Haddad", *, names=NAMES, classes: C = ALL, by: str = "aino") -> Home:
    """A family whose whole record `by` may read and write since half a year."""
    keeper = cast.unit("counselling").organisation_id
    family = Family.objects.create(name=name, organisation_id=keeper, created_at=MONDAY + SUMMER)
    people = {
        key: Person.objects.create(family=family, place=place, first_names=called, last_name=name, birth_date=born)
        for key, (place, called, born) in names.items()
    }
    grant(cast, family.id, classes, by=by)
    return Home(family.id, people)


def grant(cast: Cast, family_id: UUID, classes: C, *, by: str, may_write: bool = True) -> None:
    """Lets `by` use some classes of the family's record."""
    open_grant(
        subject=(Grant.Subject.PERSON, cast.account(by).id),
        record_id=family_id,
        classes=classes,
        basis=Basis(Grant.Basis.CASE, new_id()),
        purpose="support",
        valid_from=MONDAY + SUMMER - timedelta(days=100),
        may_write=may_write,
    )


def access_to(actor, home: Home, deed: Deed = Deed.READ_SITUATION) -> Access:
    """The gate's yes."""
    return gate.require(actor, deed, home.id)


SUMMER_ITEMS = [
    # key, domain, kind, words, weight, about, whose view
    ("rent", "finances", "knot", "Vuokrarästi", "tight", "", "samir"),
    ("benefit", "finances", "knot", "Tukihakemus kesken", "tense", "", "rima"),
    ("cramped", "housing", "knot", "Ahdas koti", "light", "", "rima"),
    ("near", "housing", "bond", "Koulu lähellä", "", "", "karim"),
    ("sleep", "health", "knot", "Isän yöheräilyt", "tight", "samir", "rima"),
    ("relatives", "mind", "knot", "Huoli sukulaisista", "tense", "", "samir"),
    ("faith", "mind", "bond", "Usko ja rukous", "", "", "rima"),
    ("limits", "parenting", "knot", "Eri linjoilla rajoista", "tense", "", "rima"),
    ("meals", "parenting", "bond", "Yhteiset ateriat", "", "", "lina"),
    ("absence", "children", "knot", "Karimin poissaolot", "tight", "karim", "worker"),
    ("interpreting", "children", "knot", "Yara tulkkina kotona", "tense", "yara", "worker"),
    ("queue", "learning", "knot", "Rima jonottaa kurssille", "tense", "rima", "rima"),
    ("course", "learning", "bond", "Samirin kielikurssi", "", "samir", "samir"),
    ("tarek", "relations", "knot", "Eno Tarek kateissa", "tense", "rima", "rima"),
    ("helena", "relations", "bond", "Naapurin Helena", "", "", "rima"),
]
AUTUMN_STATES = {
    "rent": "tense",
    "benefit": "opened",
    "cramped": "light",
    "sleep": "light",
    "limits": "opened",
    "absence": "light",
    "interpreting": "opened",
}
AUTUMN_ITEMS = [
    ("advice", "finances", "bond", "Velkaneuvonta", "", "", "samir"),
    ("nurse", "health", "bond", "Terveydenhoitaja", "", "samir", "rima"),
    ("sunday", "parenting", "bond", "Perheen viikkohetki", "", "", "yara"),
    ("curator", "children", "bond", "Koulukuraattori", "", "karim", "karim"),
    ("cafe", "relations", "bond", "Perhekahvila", "", "rima", "rima"),
]
FELT = {
    "finances": (2, 4),
    "housing": (5, 6),
    "health": (3, 5),
    "mind": (4, 5),
    "parenting": (5, 7),
    "children": (4, 7),
    "learning": (4, 4),
    "relations": (3, 5),
}


def put(actor, home: Home, domain, kind, words, weight="", about="", whose="", **more):
    """Puts one item on the newest round."""
    about_id = home.people[about].id if about else None
    return add_item(
        actor,
        family_id=home.id,
        domain=domain,
        kind=kind,
        words=words,
        weight=weight,
        person_id=about_id,
        view=home.view(whose),
        **more,
    )


def first_round(cast: Cast, home: Home, *, by: str = "aino"):
    """The map as it was drawn in summer; gives its items by their keys."""
    actor = later(cast.actor(by), days=SUMMER.days)
    began = start_round(actor, family_id=home.id, present="Rima, Samir, tulkki")
    items = {key: put(actor, home, *told) for key, *told in SUMMER_ITEMS}
    feel(actor, family_id=home.id, round_id=began.id, values={domain: then for domain, (then, _now) in FELT.items()})
    return items


def second_round(cast: Cast, home: Home, items: dict, *, by: str = "aino"):
    """The same map looked at again; gives all items by their keys."""
    actor = cast.actor(by)
    again = start_round(actor, family_id=home.id, present="koko perhe, tulkki")
    for key, weight in AUTUMN_STATES.items():
        state_item(actor, family_id=home.id, item_id=items[key].id, weight=weight)
    added = {key: put(actor, home, *told) for key, *told in AUTUMN_ITEMS}
    feel(actor, family_id=home.id, round_id=again.id, values={domain: now for domain, (_then, now) in FELT.items()})
    words = "Aloitetaan vuokrasta. Kun saan siitä rauhan, nukun."
    set_start_from(
        actor,
        family_id=home.id,
        round_id=again.id,
        version=again.version,
        words=words,
        knot_id=items["rent"].id,
        said_by="Samir, tulkin kautta",
    )
    return items | added


def two_rounds(cast: Cast, home: Home, *, by: str = "aino"):
    """The map of summer and of autumn."""
    return second_round(cast, home, first_round(cast, home, by=by), by=by)
