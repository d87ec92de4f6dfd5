"""An invented family for the tests, and the grants that open it."""

from datetime import date, timedelta

from solmu.access.actor import Actor
from solmu.access.classes import InformationClass as C
from solmu.access.grants import Basis, open_grant
from solmu.access.models import Grant
from solmu.families.actions import create_family
from solmu.families.models import Family
from solmu.kernel.ids import new_id
from tests.cast import MONDAY

WHOLE = C.IDENTITY | C.ADDRESS | C.CASEWORK | C.SITUATION | C.PLAN | C.NETWORK | C.PERMISSIONS
CODE = "010384-901T"
SAMIR = {
    "place": "adult",
    "first_names": "Samir",
    "last_name": "Haddad",
    "other_spellings": "Sameer",
    "birth_date": date(1984, 3, 1),
    "phone": "040 123 4567",
    "is_guardian": True,
}
RIMA = {"place": "adult", "first_names": "Rima", "last_name": "Haddad", "birth_date": date(1988, 5, 20)}
YARA = {"place": "young", "first_names": "Yara", "last_name": "Haddad", "birth_date": date(2011, 1, 9)}
LINA = {"place": "child", "first_names": "Lina", "last_name": "Haddad", "birth_date": date(2020, 6, 30)}


def open_to(actor: Actor, family_id, classes: C = WHOLE, **more) -> Grant:
    """A grant for the actor's person that rests on a case."""
    fields = {"purpose": "support", "valid_from": MONDAY - timedelta(days=1), "may_write": True} | more
    basis = fields.pop("basis", Basis(Grant.Basis.CASE, new_id()))
    subject = fields.pop("subject", (Grant.Subject.PERSON, actor.account_id))
    return open_grant(subject=subject, record_id=family_id, classes=classes, basis=basis, **fields)


def make_family(*workers: Actor, by: Actor | None = None, classes: C = WHOLE, **details) -> Family:
    """A family made by the first of the workers (or `by`) and open to all of them."""
    told = {"name": "Perhe Haddad", "language": "ar", "interpreter": "always", "people": [SAMIR, RIMA, YARA, LINA]}
    family = create_family(by or workers[0], **told | details)
    for worker in workers:
        open_to(worker, family.id, classes)
    return family
