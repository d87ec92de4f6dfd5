"""Answers to single questions that operating models ask and no other part of the record tells."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.deeds import Deed
from solmu.families.models import Family, Person
from solmu.kernel.errors import InvalidInput
from solmu.kernel.models import insert, save_version
from solmu.operating_models.facts import Fact, Scope
from solmu.situations.facts import BY_NAME
from solmu.situations.models import StatedFact

_PROTECTED = "protected"
_STATED = ["value", "protected", "said_by", "stated_at", "recorded_by", "recorder_name"]


@transaction.atomic
def state_fact(
    actor: Actor,
    *,
    family_id: UUID,
    fact: str,
    value,
    person_id: UUID | None = None,
    said_by: str = "",
    version: int | None = None,
) -> StatedFact:
    """Records an answer; `value` None: it was asked, and the family did not want to answer.

    `version` is that of the answer the person saw, when there was one; without it the newest answer stands.
    """
    asked = BY_NAME.get(fact)
    protected = asked is not None and asked.information_class == _PROTECTED
    gate.require(actor, Deed.WRITE_PROTECTED if protected else Deed.WRITE_SITUATION, family_id)
    _check(asked, value, family_id, person_id)
    Family.objects.select_for_update().get(pk=family_id)
    row = StatedFact.objects.filter(family_id=family_id, person_id=person_id, fact=fact).first()
    before = row.version if row else None
    row = row or StatedFact(family_id=family_id, person_id=person_id, fact=fact)
    row.value = value.isoformat() if isinstance(value, date) else value
    row.protected, row.said_by, row.stated_at = protected, said_by.strip(), actor.at
    row.recorded_by, row.recorder_name = actor.account_id, actor.name
    if before is None:
        insert(row)
    else:
        save_version(row, expected=before if version is None else version, fields=_STATED)
    return row


def _check(asked: Fact | None, value, family_id: UUID, person_id: UUID | None) -> None:
    if asked is None:
        raise InvalidInput(
            {"fact": _("This is not asked of a family here. It is read from another part of the record.")}
        )
    if not asked.accepts(value):
        raise InvalidInput({"value": _("The answer does not suit the question. Choose one of the alternatives.")})
    if (asked.scope is Scope.PERSON) != (person_id is not None):
        raise InvalidInput({"person": _("Say whose answer this is: the whole family’s, or one person’s.")})
    if person_id and not Person.objects.filter(pk=person_id, family_id=family_id, removed_at=None).exists():
        raise InvalidInput({"person": _("This person does not belong to the family. Choose another.")})
