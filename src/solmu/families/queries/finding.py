"""Finding a family: a worker's own list, search before anything is created, and the question of duplicates.

Rows are families that the actor's grants open, and each is logged. About other families of the actor's own
organisation there is only a hint: which unit to ask. A restricted family leaves none.

Rows are looked for from the actor's grants outwards, hints from the rarest word inwards and never through more than
`TOO_COMMON` entries of an index: both take the same time whatever the number of families.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.classes import InformationClass as C
from solmu.access.deeds import Deed
from solmu.access.grants import live_grants, records_open_to
from solmu.access.models import Grant
from solmu.families.actions import CODE_INDEX
from solmu.families.models import Family, Person, SearchWord
from solmu.families.queries.family import summary
from solmu.families.rules.identity_codes import normal_identity_code
from solmu.families.rules.likeness import Described, perhaps_same
from solmu.families.rules.names import asked_words
from solmu.families.rules.phones import looks_like_phone, normal_phone
from solmu.families.rules.references import tidy_reference
from solmu.kernel.keys import keyed_hash
from solmu.organisations.queries import units_to_ask

PER_PAGE = 25
MOST_ROWS = 30
TOO_COMMON = 2000
_MOST_WORDS = 5
_MOST_PEOPLE = 10
_MOST_HINTS = 50
_MOST_COMPARED = 300


@dataclass(frozen=True)
class FamilyLine:
    """A family in a list."""

    id: UUID
    reference: str
    name: str
    summary: str
    language: str
    interpreter: str
    interpreter_words: str
    call_with_care: bool


@dataclass(frozen=True)
class FamiliesPage:
    """One page of a list of families; `whose` is `mine` or `all`."""

    rows: tuple[FamilyLine, ...]
    whose: str
    number: int
    pages: int
    mine: int
    all: int


@dataclass(frozen=True)
class Found:
    """What a search gives: rows that may be opened, and units to ask about what may not."""

    rows: tuple[FamilyLine, ...] = ()
    more: bool = False
    hints: tuple[str, ...] = ()
    too_common: bool = False


def families_page(actor: Actor, page: int = 1, whose: str = "mine") -> FamiliesPage:
    """The families that the actor works with, or all that are open to the actor, 25 at a time by name."""
    counts = {"mine": _own(actor).count(), "all": _open(actor).count()}
    whose = "all" if whose == "all" or not counts["mine"] else "mine"
    families = _own(actor) if whose == "mine" else _open(actor)
    pages = max(1, -(-counts[whose] // PER_PAGE))
    number = min(max(page, 1), pages)
    ordered = families.order_by("sort_name", "id").values_list("pk", flat=True)
    rows = _lines(actor, list(ordered[(number - 1) * PER_PAGE : number * PER_PAGE]))
    return FamiliesPage(rows, whose, number, pages, counts["mine"], counts["all"])


def _open(actor: Actor) -> QuerySet[Family]:
    return Family.objects.filter(pk__in=records_open_to(actor, C.IDENTITY))


def _own(actor: Actor) -> QuerySet[Family]:
    case = live_grants(actor.at).filter(subject_id=actor.account_id, basis=Grant.Basis.CASE)
    return _open(actor).filter(pk__in=case.values("record_id"))


def _lines(actor: Actor, family_ids: list[UUID]) -> tuple[FamilyLine, ...]:
    """The families that may stand in the actor's list, logged one by one, in the order given."""
    listed = gate.list_records(actor, Deed.LIST_FAMILIES, family_ids)
    members: dict[UUID, list[Person]] = {}
    for person in Person.objects.filter(family_id__in=listed, removed_at=None).only("family_id", *_IN_A_LINE):
        members.setdefault(person.family_id, []).append(person)
    families = Family.objects.in_bulk(listed)
    return tuple(
        _line(families[key], members.get(key, []), actor) for key in family_ids if key in listed and key in families
    )


_IN_A_LINE = ("place", "first_names", "call_name", "birth_date", "birth_date_estimated", "calling")


def _line(family: Family, members: list[Person], actor: Actor) -> FamilyLine:
    careful = {Person.Calling.AGREED_TIMES, Person.Calling.NOT_SAFE}
    return FamilyLine(
        id=family.id,
        reference=family.reference,
        name=family.name,
        summary=summary(members, actor.today),
        language=family.language,
        interpreter=family.interpreter,
        interpreter_words=family.get_interpreter_display(),
        call_with_care=any(person.calling in careful for person in members),
    )


# Search


@dataclass(frozen=True)
class _Asked:
    """What somebody searches with, read in every way in which it makes sense."""

    words: tuple[str, ...]
    reference: str = ""
    phone: str = ""
    code_index: str = ""


def _asked(text: str) -> _Asked:
    if code := normal_identity_code(text):
        return _Asked((), code_index=keyed_hash(CODE_INDEX, code))
    if looks_like_phone(text):
        return _Asked((), phone=normal_phone(text))
    return _Asked(
        words=tuple(asked_words(text)[:_MOST_WORDS]),
        reference=tidy_reference(text),
    )


def search(actor: Actor, text: str) -> Found:
    """Finds by names, telephone, reference or identity code what the actor may open, and whom to ask of the rest."""
    gate.require(actor, Deed.SEARCH)
    asked = _asked(text)
    if asked == _Asked(()):
        return Found()
    found = _open(actor).filter(_meets(asked)).order_by("sort_name", "id").values_list("pk", flat=True)
    ids = list(found[: MOST_ROWS + 1])
    hints, too_common = _hints(actor, asked)
    return Found(_lines(actor, ids[:MOST_ROWS]), len(ids) > MOST_ROWS, hints, too_common)


def _meets(asked: _Asked) -> Q:
    """The condition on a family. Its probes go by the family's identifier, so they begin from what is open."""
    words_of_family = SearchWord.objects.filter(family_id=OuterRef("pk"))
    if asked.phone:
        return Q(Exists(words_of_family.filter(word=asked.phone)))
    if asked.code_index:
        people = Person.objects.filter(family_id=OuterRef("pk"), removed_at=None, identity_index=asked.code_index)
        return Q(Exists(people))
    by_words = Q(*(Q(Exists(words_of_family.filter(word__prefix=word))) for word in asked.words))
    return by_words | Q(reference=asked.reference) if asked.reference else by_words


def _hints(actor: Actor, asked: _Asked) -> tuple[tuple[str, ...], bool]:
    """The units to ask, and whether the words were too common to look any further."""
    kept = SearchWord.objects.filter(organisation_id=actor.organisation_id)
    if asked.code_index:
        people = Person.objects.filter(identity_index=asked.code_index, removed_at=None)
        return _ask_whom(actor, people.values_list("family_id", flat=True)[:_MOST_HINTS]), False
    if asked.phone:
        return _ask_whom(actor, kept.filter(word=asked.phone).values_list("family_id", flat=True)[:_MOST_HINTS]), False
    if asked.reference and (hint := _ask_whom(actor, _ids(Family.objects.filter(reference=asked.reference)))):
        return hint, False
    if len(asked.words) < 2:  # one word alone fits too many to say anything of one family
        return (), False
    rarest, often = min(((word, _how_often(kept, word)) for word in asked.words), key=lambda pair: pair[1])
    if often > TOO_COMMON:
        return (), True
    families = kept.filter(word__prefix=rarest)
    for word in asked.words:
        if word != rarest:
            also = SearchWord.objects.filter(family_id=OuterRef("family_id"), word__prefix=word)
            families = families.filter(Exists(also))
    return _ask_whom(actor, families.values_list("family_id", flat=True).distinct()[:_MOST_HINTS]), False


def _ids(families: QuerySet[Family]) -> QuerySet:
    return families.values_list("pk", flat=True)


def _how_often(kept: QuerySet[SearchWord], word: str) -> int:
    """How many entries begin with the word, counted no further than is needed."""
    return kept.filter(word__prefix=word).values("family_id")[: TOO_COMMON + 1].count()


def _ask_whom(actor: Actor, family_ids: Iterable[UUID]) -> tuple[str, ...]:
    """The units that work with such of the families as the actor may not open; the organisation where none does."""
    # The organisation is compared here: a planner without statistics would walk all that it keeps.
    found = Family.objects.filter(pk__in=set(family_ids)).values_list("pk", "organisation_id", "restricted")
    kept = {key for key, keeper, restricted in found if keeper == actor.organisation_id and not restricted}
    hidden = kept - set(_ids(_open(actor).filter(pk__in=kept)))
    if not hidden:
        return ()
    grants = live_grants(actor.at).filter(record_id__in=hidden, basis=Grant.Basis.CASE)
    return units_to_ask(grants.values_list("subject_id", flat=True), organisation_id=actor.organisation_id, at=actor.at)


# Duplicates


def duplicates(actor: Actor, people: Iterable[Mapping[str, Any]]) -> Found:
    """Families of the actor's organisation in which one of `people`, told as for `create_family`, may be already."""
    gate.require(actor, Deed.SEARCH)
    found: list[UUID] = []
    for told in list(people)[:_MOST_PEOPLE]:
        found += _families_like(actor, told)
    ids = list(dict.fromkeys(found))[:_MOST_HINTS]
    opened = _ids(_open(actor).filter(pk__in=ids).order_by("sort_name", "id"))
    return Found(_lines(actor, list(opened[:MOST_ROWS])), hints=_ask_whom(actor, ids))


_NAMES = ("first_names", "last_name", "call_name", "other_spellings")


def _families_like(actor: Actor, told: Mapping[str, Any]) -> list[UUID]:
    kept = Person.objects.filter(removed_at=None)
    sure: list[UUID] = []
    if code := normal_identity_code(told.get("identity_code") or ""):
        same = kept.filter(identity_index=keyed_hash(CODE_INDEX, code))
        sure += same.values_list("family_id", flat=True)[:_MOST_HINTS]
    if phone := normal_phone(told.get("phone") or ""):
        same = SearchWord.objects.filter(organisation_id=actor.organisation_id, word=phone)
        sure += same.values_list("family_id", flat=True)[:_MOST_HINTS]
    described = Described(" ".join(told.get(name) or "" for name in _NAMES[:2]), told.get("birth_date"))
    like = [person.family_id for person in _perhaps(actor, kept, described) if _is_like(described, person)]
    return sure + like


def _perhaps(actor: Actor, kept: QuerySet[Person], told: Described) -> list[Person]:
    """People worth a closer look: those with the rarest word of the name, and those born on the same day."""
    looked_at = kept.only("family_id", "birth_date", *_NAMES)
    entries = SearchWord.objects.filter(organisation_id=actor.organisation_id)
    often = [(entries.filter(word=word)[: TOO_COMMON + 1].count(), word) for word in asked_words(told.names)]
    near: list[Person] = []
    if often and 0 < (rarest := min((pair for pair in often if pair[0]), default=(0, "")))[0] <= TOO_COMMON:
        named = looked_at.filter(pk__in=entries.filter(word=rarest[1]).values("person_id"))
        near += named.filter(_born_like(told.birth_date))[:_MOST_COMPARED]
    if told.birth_date:
        near += looked_at.filter(birth_date=told.birth_date)[:_MOST_COMPARED]
    return near


def _born_like(day: date | None) -> Q:
    """Dates that `dates_alike` may accept, as far as the database can tell cheaply."""
    if day is None:
        return Q()
    same_day = Q(birth_date__month=day.month, birth_date__day=day.day)
    return Q(birth_date=None) | Q(birth_date__year=day.year) | same_day


def _is_like(told: Described, person: Person) -> bool:
    own = f"{person.first_names} {person.last_name}"
    heard = f"{person.call_name} {person.last_name}"
    spelt = f"{person.other_spellings} {person.last_name}"
    return any(perhaps_same(told, Described(names, person.birth_date)) for names in (own, heard, spelt))
