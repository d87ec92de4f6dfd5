"""What the map, and the answers to single questions, tell operating models about a family and its people."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _, gettext_lazy

from solmu.access.classes import InformationClass as C
from solmu.access.gate import Access
from solmu.families.models import Person, Tie
from solmu.kernel.clock import local_date
from solmu.operating_models.facts import Fact, FactType, Scope
from solmu.operating_models.rules import Known
from solmu.situations.models import Domain, StatedFact
from solmu.situations.queries import ItemRow, RoundRow, standing_now
from solmu.situations.rules import KNOT, is_open
from solmu.situations.words import short_day

_ASKED = "an answer of the family, or a worker's judgement"
_ON_MAP = "an open knot on the life-situation map, or an answer"

_WORRIES = {
    # fact: (domain, what it means)
    "situation.worry_finances": (Domain.FINANCES, "Somebody in the family worries about money."),
    "situation.worry_housing": (Domain.HOUSING, "Somebody in the family worries about the home."),
    "situation.worry_health": (Domain.HEALTH, "Somebody in the family worries about health or sleep."),
    "situation.worry_mind": (Domain.MIND, "Somebody in the family worries about the wellbeing of the mind."),
    "situation.worry_parenting": (Domain.PARENTING, "Somebody in the family worries about being a parent."),
    "situation.worry_children": (Domain.CHILDREN, "Somebody worries about the children."),
    "situation.worry_learning": (Domain.LEARNING, "Somebody worries about language, work or studies."),
    "situation.worry_relations": (Domain.RELATIONS, "Somebody worries about the people around the family."),
}
_SPOUSE = "situation.worry_spouse"
_ANYTHING = "situation.difficulty_in_everyday_life"
_DOMAINS: dict[str, tuple[str, ...]] = {
    **{name: (domain.value,) for name, (domain, _means) in _WORRIES.items()},
    _SPOUSE: (Domain.RELATIONS.value,),
    _ANYTHING: tuple(Domain.values),
    "situation.worry_leisure": (Domain.CHILDREN.value,),
    "person.needs_network": (Domain.RELATIONS.value,),
}


_ASKS = {
    "situation.worry_finances": gettext_lazy("Does somebody in the family worry about money?"),
    "situation.worry_housing": gettext_lazy("Does somebody in the family worry about the home?"),
    "situation.worry_health": gettext_lazy("Does somebody in the family worry about health or sleep?"),
    "situation.worry_mind": gettext_lazy("Does somebody in the family worry about the wellbeing of the mind?"),
    "situation.worry_parenting": gettext_lazy("Does somebody in the family worry about being a parent?"),
    "situation.worry_children": gettext_lazy("Does somebody worry about the children?"),
    "situation.worry_learning": gettext_lazy("Does somebody worry about language, work or studies?"),
    "situation.worry_relations": gettext_lazy("Does somebody worry about the people around the family?"),
    "situation.worry_spouse": gettext_lazy("Does somebody worry about the spouse or partner?"),
    "situation.difficulty_in_everyday_life": gettext_lazy("Is something hard in everyday life, however small?"),
    "situation.change_in_everyday_life": gettext_lazy("Has something changed in everyday life?"),
    "situation.acute_crisis": gettext_lazy("Is the family in an acute crisis, in your judgement?"),
    "family.refugee_background": gettext_lazy(
        "Has somebody in the family come to the country as a refugee, or as a refugee’s family?"
    ),
    "family.came_by_reunification": gettext_lazy(
        "Did somebody in the family come to the country through family reunification?"
    ),
    "family.integration_plan_being_made": gettext_lazy("Is the family’s integration plan being made now?"),
    "family.moved_to_country": gettext_lazy("Has somebody in the family moved to Finland from another country?"),
    "family.has_integration_plan": gettext_lazy("Does the family have an integration plan already?"),
    "family.integration_plan_made_on": gettext_lazy("On which day was the family’s integration plan made?"),
    "family.first_permit_on": gettext_lazy(
        "When was the first residence permit, card or registration in the family given, the newest of them?"
    ),
    "situation.worry_leisure": gettext_lazy("Is something that a child would like to do in free time out of reach?"),
    "family.wants_support": gettext_lazy("Does the family want support now?"),
    "person.wants_support": gettext_lazy("Does this person want support now?"),
    "person.lives_in_area": gettext_lazy("Does this person live in the area that your organisation serves?"),
    "person.needs_network": gettext_lazy("Would this person like help in gathering people who support?"),
    "person.expects_benefit": gettext_lazy(
        "Would several professionals working together help, in the person’s opinion and yours?"
    ),
    "person.protected_criterion": gettext_lazy("Is the model’s protected entry criterion met, in your judgement?"),
}


def _yes_no(name: str, means: str, read_from: str, scope: Scope = Scope.FAMILY, of_class: str = "situation") -> Fact:
    told = {"asks": _ASKS[name], "means": means, "read_from": read_from, "domains": _DOMAINS.get(name, ())}
    return Fact(name, FactType.YES_NO, scope, of_class, **told)


def _day(name: str, means: str) -> Fact:
    return Fact(name, FactType.DATE, Scope.FAMILY, "situation", asks=_ASKS[name], means=means, read_from=_ASKED)


FACTS = (
    *(_yes_no(name, means, _ON_MAP) for name, (_domain, means) in _WORRIES.items()),
    _yes_no(_SPOUSE, "Somebody worries about the spouse or partner.", _ON_MAP),
    _yes_no(_ANYTHING, "Something in everyday life is hard, however small.", _ON_MAP),
    _yes_no(
        "situation.change_in_everyday_life",
        "Something has changed in everyday life: separation, illness, work, school, or another thing.",
        _ASKED,
    ),
    _yes_no("situation.acute_crisis", "A worker judges that the family is in an acute crisis.", _ASKED),
    _yes_no(
        "family.refugee_background",
        "At least one member came to the country as a refugee, or as a refugee's family.",
        _ASKED,
    ),
    _yes_no(
        "family.came_by_reunification",
        "At least one member came to the country through family reunification.",
        _ASKED,
    ),
    _yes_no("family.integration_plan_being_made", "The family's integration plan is being made now.", _ASKED),
    _yes_no("family.moved_to_country", "At least one member has moved to the country.", _ASKED),
    _yes_no("family.has_integration_plan", "An integration plan has been made for the family before.", _ASKED),
    _day("family.integration_plan_made_on", "The day on which the family's newest integration plan was made."),
    _day(
        "family.first_permit_on",
        "The day of the newest of the members' first residence permits, residence cards or registrations.",
    ),
    _yes_no(
        "situation.worry_leisure",
        "Something that a child would like to do in free time is out of reach: money, the way, equipment or courage.",
        _ASKED,
    ),
    _yes_no("family.wants_support", "The family has said that it wants support now.", _ASKED),
    _yes_no(
        "person.wants_support",
        "The member has said that he or she wants support now.",
        _ASKED,
        scope=Scope.PERSON,
    ),
    _yes_no(
        "person.lives_in_area",
        "The member lives in the area that the adopting organisation serves.",
        _ASKED,
        scope=Scope.PERSON,
    ),
    _yes_no(
        "person.needs_network", "The member wants help in gathering people who support.", _ASKED, scope=Scope.PERSON
    ),
    _yes_no(
        "person.expects_benefit",
        "Worker and member expect that several professionals working together would help.",
        _ASKED,
        scope=Scope.PERSON,
    ),
    _yes_no(
        "person.protected_criterion",
        "A worker judges that the member meets the model's protected entry criterion; by whom and when is kept.",
        "a recorded judgement; never what it rests on",
        scope=Scope.PERSON,
        of_class="protected",
    ),
)
BY_NAME = {fact.name: fact for fact in FACTS}


def known(access: Access) -> dict[str, Known]:
    """What is known of the family as a whole. A young person's own part tells nothing unless it has been opened."""
    return _of_family(access, _stated(access))


def known_of_people(access: Access) -> dict[UUID, dict[str, Known]]:
    """What is known of each person by answers; the protected judgement only with the right to it."""
    return _of_people(_stated(access))


def known_of_all(
    access: Access, rows: list[Person] | None = None
) -> tuple[dict[str, Known], dict[UUID, dict[str, Known]]]:
    """Both, with the answers read once; `rows`: the family's people, when they have been read already."""
    stated = _stated(access)
    return _of_family(access, stated, rows), _of_people(stated)


def _of_family(access: Access, stated: list[StatedFact], rows: list[Person] | None = None) -> dict[str, Known]:
    answers = {row.fact: row for row in stated if row.person_id is None}
    found = {name: _told(row) for name, row in answers.items()}
    if not access.covers(C.SITUATION):
        return found
    now, items = standing_now(access, rows)
    of_others = any(_of_another(item) for item in items)
    couples, children = (_couples(access), _children(access)) if of_others else (set(), set())
    for name, knots in _knots_by_fact(items, couples, children):
        told = _from_map(now, knots, may_say_no=name != _SPOUSE)
        if told and _weighs_more(told, found.get(name)):
            found[name] = told
    return found


def _of_people(stated: list[StatedFact]) -> dict[UUID, dict[str, Known]]:
    found: dict[UUID, dict[str, Known]] = {}
    for row in stated:
        if row.person_id:
            found.setdefault(row.person_id, {})[row.fact] = _told(row)
    return found


# Answers


def _stated(access: Access) -> list[StatedFact]:
    rows = StatedFact.objects.filter(family_id=access.record_id).order_by("stated_at", "id")
    if not access.covers(C.PROTECTED):
        rows = rows.filter(protected=False)
    if not access.covers(C.SITUATION):
        rows = rows.filter(protected=True)
    return [row for row in rows if row.fact in BY_NAME]


def _told(row: StatedFact) -> Known:
    """An answer with where it comes from: `asked from the family 3.9.2026, recorded by Aino Salmi`."""
    on = local_date(row.stated_at)
    parts = {"day": short_day(on), "who": row.said_by or _("the family"), "name": row.recorder_name}
    value = date.fromisoformat(row.value) if row.value and BY_NAME[row.fact].type is FactType.DATE else row.value
    if row.protected:
        return Known(value, _("judged %(day)s by %(name)s") % parts, on)
    return Known(value, _("asked from %(who)s %(day)s, recorded by %(name)s") % parts, on)


# The map


def _knots_by_fact(items: list[ItemRow], couples: set, children: set) -> Iterator[tuple[str, list[ItemRow]]]:
    knots = [item for item in items if item.kind == KNOT and is_open(item.now)]
    for name, (domain, _means) in _WORRIES.items():
        of_children = children if domain == Domain.CHILDREN else set()
        yield name, [knot for knot in knots if knot.domain == domain or _of_another(knot) in of_children]
    yield _SPOUSE, [knot for knot in knots if (knot.view_of_id, knot.about_id) in couples]
    yield _ANYTHING, knots


def _of_another(knot: ItemRow) -> UUID | None:
    """Whose knot it is, when somebody else has told of it."""
    return knot.about_id if knot.about_id != knot.view_of_id else None


def _from_map(now: RoundRow | None, knots: list[ItemRow], *, may_say_no: bool) -> Known | None:
    """Yes when there is an open knot; no only when a round has been held and there is none; else not known."""
    if knots:
        knot = max(knots, key=lambda one: one.seen_on)
        parts = {"day": short_day(knot.seen_on), "view": knot.view}
        place = _("life-situation map %(day)s, %(view)s") if knot.view else _("life-situation map %(day)s")
        return Known(value=True, where_from=place % parts, dated=knot.seen_on)
    if now is None or not may_say_no:
        return None
    held_on = now.held_on
    return Known(value=False, where_from=_("life-situation map %(day)s") % {"day": short_day(held_on)}, dated=held_on)


def _weighs_more(told: Known, answer: Known | None) -> bool:
    """Does the map speak before the answer? A knot always, the lack of one when it is newer than a real answer."""
    if answer is None or answer.value is None or told.value:
        return True
    return (told.dated or date.min) > (answer.dated or date.min)


def _couples(access: Access) -> set[tuple[UUID, UUID]]:
    pairs = Tie.objects.filter(family_id=access.record_id, kind=Tie.Kind.PARTNER).values_list("one_id", "other_id")
    return {couple for one, other in pairs for couple in ((one, other), (other, one))}


def _children(access: Access) -> set[UUID]:
    young = Person.objects.filter(family_id=access.record_id, place__in=[Person.Place.CHILD, Person.Place.YOUNG])
    return set(young.values_list("pk", flat=True))
