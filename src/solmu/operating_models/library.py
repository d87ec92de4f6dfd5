"""The library: what is on the shelf, found by words, needs, target and evidence. Nothing here concerns a family."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.lookups import IsNull

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.deeds import Deed
from solmu.operating_models.models import Adoption, Card, InstalledModel, Mark, PackageFile
from solmu.operating_models.package import pack
from solmu.operating_models.package.files import LANGUAGES
from solmu.operating_models.package.writing import files_of
from solmu.operating_models.queries import main_bringer, open_to, package_of
from solmu.operating_models.rules.words import order_of, place_of, stems_of
from solmu.organisations.queries import organisation_names

A_PAGE = 24


@dataclass(frozen=True)
class Wish:
    """What a reader looks for; what is empty does not matter."""

    text: str = ""
    facts: frozenset[str] = frozenset()
    """Names of facts; a model that asks about any of them will do."""
    no_facts: frozenset[str] = frozenset()
    """Names of facts; a model that asks about none of them will do."""
    target: str = ""
    evidence: str = ""


@dataclass(frozen=True)
class Row:
    """A model in the list, by the newest of its versions."""

    model_id: UUID
    slug: str
    version: str
    title: str
    summary: str
    said_in: str
    """The language of the words, which may not be the reader's."""
    adapted_by: str
    """The organisation whose own version it is; empty when it is everybody's."""
    brought_by: str
    """The organisation that brought the version in, where others brought the model's own ones; else empty."""
    targets: frozenset[str]
    evidence: frozenset[str]
    versions: int
    used_by: int
    """How many organisations have some version of it in use."""
    in_use: bool
    """Whether the reader's own organisation has."""


@dataclass(frozen=True)
class VersionRow:
    """One version of a model."""

    model_id: UUID
    version: str
    is_authors: bool
    """Whether it is the model's own, and not what an organisation made of one or brought in beside them."""
    brought_by: str
    """The organisation that brought it in; empty when the installation itself did, or when it is an adapted one."""
    content_hash: str
    installed_at: datetime
    used_by: int


def public_library(language: str, wish: Wish, page: object = 1) -> Page:
    """What anybody may read: every model that belongs to no organisation alone."""
    return _find(language, wish, page, None)


def library(actor: Actor, language: str, wish: Wish, page: object = 1) -> Page:
    """The same, and the actor's own organisation's adaptations, with what that organisation has in use."""
    gate.require(actor, Deed.SEE_MODELS)
    return _find(language, wish, page, actor.organisation_id)


def public_version(slug: str, version: str | None = None) -> InstalledModel | None:
    """A version that anybody may read, the newest when none is named; without its content."""
    found = InstalledModel.objects.filter(open_to(None), slug=slug).defer("content", "overlay")
    if version is not None:
        return found.filter(model_version=version).first()
    rows = list(found)
    main = main_bringer(rows)

    def place(model: InstalledModel) -> tuple:
        return model.base_id is None, model.brought_by == main, order_of(model.model_version)

    return max(rows, key=place, default=None)


def versions_of(slug: str, organisation_id: UUID | None = None) -> list[VersionRow]:
    """The versions of a model that a reader of this organisation may see, the newest first."""
    found = list(InstalledModel.objects.filter(open_to(organisation_id), slug=slug).defer("content", "overlay"))
    live = Adoption.objects.filter(model__in=[each.id for each in found], ended_at=None)
    users, main = Counter(live.values_list("model_id", flat=True)), main_bringer(found)
    names = organisation_names(each.brought_by for each in found if each.brought_by)
    rows = [
        VersionRow(
            each.id,
            each.model_version,
            each.base_id is None and each.brought_by == main,
            names.get(each.brought_by, ""),
            each.content_hash,
            each.installed_at,
            users[each.id],
        )
        for each in found
    ]
    return sorted(rows, key=lambda row: order_of(row.version), reverse=True)


def organisations_using(actor: Actor, slug: str) -> list[tuple[str, str]]:
    """Name and version of each organisation that has the model in use; for people of the region, not in public.

    The version is empty where the organisation uses one of its own that it has not shared.
    """
    gate.require(actor, Deed.SEE_MODELS)
    live = Adoption.objects.filter(model__slug=slug, ended_at=None)
    used = set(live.values_list("organisation_id", flat=True))
    told = live.filter(open_to(actor.organisation_id, "model__"))
    versions = dict(told.values_list("organisation_id", "model__model_version"))
    return sorted((name, versions.get(key, "")) for key, name in organisation_names(used).items())


def count_using(model: InstalledModel) -> int:
    """How many organisations have the model in use; what stands beside the model's own is counted by itself."""
    whole = InstalledModel.objects.filter(slug=model.slug, base=None)
    main = main_bringer(whole.only("base_id", "brought_by", "installed_at"))
    own_line = Q(model__base=None, model__brought_by=model.brought_by if model.base_id is None else main)
    if model.base_id or model.brought_by == main:
        own_line |= Q(model__base__isnull=False)
    live = Adoption.objects.filter(own_line, model__slug=model.slug, ended_at=None)
    return live.values("organisation_id").distinct().count()


def package_file(model: InstalledModel) -> bytes:
    """The version as one file, as it came; one that came without a file is written anew from its document."""
    kept = PackageFile.objects.filter(model=model).values_list("data", flat=True).first()
    if kept is not None:
        return bytes(kept)
    return pack(model.slug, model.model_version, files_of(package_of(model).document))


def _find(language: str, wish: Wish, page: object, organisation_id: UUID | None) -> Page:
    cards = Card.objects.filter(open_to(organisation_id, "model__"), language=_known(language))
    newer = cards.filter(_same_line(), model__slug=OuterRef("model__slug"), order__gt=OuterRef("order"))
    found = _wished(cards.exclude(Exists(newer)), wish).order_by("title", "id")
    named = {"slug": F("model__slug"), "at": F("model__model_version")}
    named |= {"owner": F("model__organisation_id"), "bringer": F("model__brought_by")}
    shown = Paginator(found.values("model_id", "title", "summary", "said_in", **named), A_PAGE).get_page(page)
    shown.object_list = _rows(list(shown.object_list), organisation_id)
    return shown


def _same_line() -> Q:
    """Each organisation's own versions follow each other, and of everybody's those that the same one brought in."""
    return _same("organisation_id") & _same("brought_by")


def _same(field: str) -> Q:
    there = f"model__{field}"
    return (Q(**{there: None}) & IsNull(OuterRef(there), True)) | Q(**{there: OuterRef(there)})


def _known(language: str) -> str:
    return language if language in LANGUAGES else LANGUAGES[0]


def _wished(cards: QuerySet, wish: Wish) -> QuerySet:
    for stem in stems_of(wish.text):
        cards = cards.filter(words__contains=place_of(stem))
    if wish.facts:
        cards = cards.filter(_marked(Mark.Kind.FACT, wish.facts))
    if wish.no_facts:
        cards = cards.exclude(_marked(Mark.Kind.FACT, wish.no_facts))
    if wish.target:
        cards = cards.filter(_marked(Mark.Kind.TARGET, [wish.target]))
    if wish.evidence:
        cards = cards.filter(_marked(Mark.Kind.EVIDENCE, [wish.evidence]))
    return cards


def _marked(kind: Mark.Kind, codes: Iterable[str]) -> Exists:
    return Exists(Mark.objects.filter(model_id=OuterRef("model_id"), kind=kind, code__in=list(codes)))


def _rows(found: list[dict], organisation_id: UUID | None) -> list[Row]:
    """The page's rows, with the same few queries however many there are."""
    slugs = [row["slug"] for row in found]
    marks, shelf = _marks([row["model_id"] for row in found]), _shelf(slugs, organisation_id)
    main = {slug: main_bringer(versions) for slug, versions in shelf.items()}

    def line(slug: str, owner: UUID | None, bringer: UUID | None) -> tuple[str, UUID | None]:
        """The versions with which one stands: the model's own and what is adapted of it, or what another brought in."""
        return slug, main[slug] if owner else bringer

    versions = Counter(line(each.slug, each.organisation_id, each.brought_by) for of in shelf.values() for each in of)
    live = Adoption.objects.filter(model__slug__in=slugs, ended_at=None)
    told = live.values_list("model__slug", "model__organisation_id", "model__brought_by", "organisation_id")
    users = {(line(*of), organisation) for *of, organisation in told}
    used = Counter(of for of, _organisation in users)
    names = organisation_names(row[whose] for row in found for whose in ("owner", "bringer") if row[whose])
    lines = [line(row["slug"], row["owner"], row["bringer"]) for row in found]
    return [
        Row(
            row["model_id"],
            row["slug"],
            row["at"],
            row["title"],
            row["summary"],
            row["said_in"],
            names.get(row["owner"], ""),
            names.get(row["bringer"], "") if of != (row["slug"], main[row["slug"]]) else "",
            frozenset(marks.get((row["model_id"], Mark.Kind.TARGET.value), ())),
            frozenset(marks.get((row["model_id"], Mark.Kind.EVIDENCE.value), ())),
            versions[of],
            used[of],
            (of, organisation_id) in users,
        )
        for row, of in zip(found, lines, strict=True)
    ]


def _marks(model_ids: list[UUID]) -> dict[tuple[UUID, str], set[str]]:
    marks: dict[tuple[UUID, str], set[str]] = {}
    for model_id, kind, code in Mark.objects.filter(model_id__in=model_ids).values_list("model_id", "kind", "code"):
        marks.setdefault((model_id, kind), set()).add(code)
    return marks


def _shelf(slugs: list[str], organisation_id: UUID | None) -> dict[str, list[InstalledModel]]:
    """Every version of these models that a reader of this organisation may see."""
    shelf: dict[str, list[InstalledModel]] = {slug: [] for slug in slugs}
    seen = InstalledModel.objects.filter(open_to(organisation_id), slug__in=slugs)
    for each in seen.only("slug", "base_id", "organisation_id", "brought_by", "installed_at"):
        shelf[each.slug].append(each)
    return shelf
