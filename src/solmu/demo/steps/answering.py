"""A family answers forms: an operating model's and the organisation's own."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from solmu.access import gate
from solmu.access.deeds import Deed
from solmu.casework.queries.under_way import models_under_way
from solmu.demo.journey import Journey
from solmu.instruments import documents
from solmu.instruments.actions import amend_answers, begin_response, complete_answers, save_answers
from solmu.instruments.actions.answers import Whose
from solmu.instruments.models import Response
from solmu.instruments.queries import offers
from solmu.instruments.queries.offers import Offer
from solmu.instruments.questionnaire import Form, Item, Value
from solmu.instruments.questionnaire.items import CHOICES, VALUE_KEYS, Type
from solmu.instruments.rules.answers import Answers, begin

Said = Mapping[str, Any]
"""What is answered to an item by its name: words, a number, yes or no, the codes of choices. Each group stands once."""


def answer_form(journey: Journey, title: str, said: Said, *, of_first_adult: bool = False) -> Response | None:
    """Finishes the form with this title; None when it is not offered to this family."""
    row = begin_form(journey, title, of_first_adult=of_first_adult)
    if row is None:
        return None
    return complete_answers(journey.act(), **_of(row), answers=_answers(row, said))


def answer_partly(journey: Journey, title: str, said: Said) -> Response | None:
    """Answers some of it, to be gone on with another day."""
    row = begin_form(journey, title)
    return row and save_answers(journey.act(), **_of(row), answers=_answers(row, said))


def begin_form(journey: Journey, title: str, *, of_first_adult: bool = False) -> Response | None:
    """Opens the form with the family, in Finnish: an interpreter reads it aloud where one is needed."""
    found = _offered(journey, title)
    if found is None:
        return None
    first = journey.people()[0].id
    whose = Whose(person_id=first, view_of_id=first) if of_first_adult else Whose()
    return begin_response(journey.act(), family_id=journey.family.id, offer=found, whose=whose, language="fi")


def mend_answers(journey: Journey, row: Response, said: Said, reason: str) -> None:
    """Mends finished answers; the earlier ones stay readable."""
    amend_answers(journey.act(), **_of(row), answers=_answers(row, said), reason=reason)


def _offered(journey: Journey, title: str) -> Offer | None:
    access = gate.require(journey.act(), Deed.READ_ANSWERS, journey.family.id)
    return next((each for each in offers(access, models_under_way(access)).forms if each.title == title), None)


def _of(row: Response) -> dict[str, UUID | int]:
    return {"family_id": row.family_id, "response_id": row.id, "version": row.version}


def _answers(row: Response, said: Said) -> Answers:
    form: Form = documents.read(row.form.document, row.language)
    own = {
        (item.number, (0,) * len(item.inside)): tuple(_values(item, said[item.link_id]))
        for item in form.items
        if item.link_id in said
    }
    return Answers({**begin(form).values, **own})


def _values(item: Item, told: Any) -> list[Value]:
    every = told if isinstance(told, list) else [told]
    if item.type not in CHOICES:
        return [{VALUE_KEYS[item.type]: each} for each in every]
    listed = {option.value["valueCoding"]["code"]: option.value for option in item.options}
    return [listed[each] if each in listed else _in_own_words(item, each) for each in every]


def _in_own_words(item: Item, words: str) -> Value:
    if item.type is not Type.OPEN_CHOICE:
        raise KeyError(words)
    return {"valueString": words}
