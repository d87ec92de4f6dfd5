"""Which forms are offered to a family: those of the operating models under way, and the organisation's own."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID, uuid5

from django.db.models import Q
from django.utils.translation import get_language

from solmu.access.classes import InformationClass as C
from solmu.access.gate import Access
from solmu.instruments import documents
from solmu.instruments.models import Form
from solmu.instruments.questionnaire import FormRefused
from solmu.instruments.questionnaire.texts import said
from solmu.operating_models.package import Package
from solmu.operating_models.package.parts import FormLink


@dataclass(frozen=True)
class Running:
    """A version of an operating model that runs for the family."""

    engagement_id: UUID
    package: Package = field(repr=False)


@dataclass(frozen=True)
class Offer:
    """A form that may be answered; `key` names it in addresses and says nothing of it."""

    key: UUID
    title: str
    owner: str
    licence: str
    source: str
    languages: tuple[str, ...]
    at_step: str
    """The words of the step of the model at which it is used; empty when it is not of a model's step."""
    document: str = field(default="", repr=False)
    """What is kept when it is first answered; empty for a form that is kept already."""
    form_id: UUID | None = None
    """The kept form; none for a form of an operating model."""
    engagement_id: UUID | None = None
    step: str = ""


@dataclass(frozen=True)
class Link:
    """A form that its owner does not let anybody copy: it is used at its owner's."""

    key: UUID
    title: str
    owner: str
    licence: str
    url: str
    says: str
    at_step: str


@dataclass(frozen=True)
class Offers:
    """What is offered to a family."""

    forms: tuple[Offer, ...]
    links: tuple[Link, ...]


def step_key(engagement_id: UUID, step_id: str) -> UUID:
    """The key of the form that is used at a step of a model under way."""
    return uuid5(engagement_id, f"step {step_id}")


def offers(access: Access, running: Iterable[Running]) -> Offers:
    """Everything that may be answered now: by model and step, then the organisation's own by title."""
    if not access.covers(C.SITUATION):
        return Offers((), ())
    found = [each for model in running for each in _of_model(model)]
    own = Form.objects.filter(
        Q(organisation_id=access.actor.organisation_id) | Q(organisation_id=None), state=Form.State.PUBLISHED
    ).exclude(origin=Form.Origin.MODEL)
    own = own.defer("document", "report").order_by("title", "id")
    forms = [each for each in found if isinstance(each, Offer)] + [_own(row) for row in own]
    return Offers(tuple(forms), tuple(each for each in found if isinstance(each, Link)))


def offer(access: Access, running: Iterable[Running], key: UUID) -> Offer | Link | None:
    """What the key names, if it is offered to this family."""
    found = offers(access, running)
    return next((each for each in (*found.forms, *found.links) if each.key == key), None)


def _of_model(running: Running) -> Iterator[Offer | Link]:
    """A form at each step that uses it, and those that no step uses."""
    package, used = running.package, set()
    for phase in package.process.phases:
        for step in phase.steps:
            if step.form:
                used.add(step.form)
                words = package.text(step.text, get_language() or "fi")
                yield from _of_package(running, step.form, step_key(running.engagement_id, step.id), step.id, words)
    for form_id in (*package.questionnaires, *(link.id for link in package.form_links)):
        if form_id not in used:
            yield from _of_package(running, form_id, uuid5(running.engagement_id, f"form {form_id}"), "", "")


def _of_package(running: Running, form_id: str, key: UUID, step: str, words: str) -> Iterator[Offer | Link]:
    package, language = running.package, get_language() or "fi"
    if form_id in package.questionnaires:
        try:
            document = documents.of_package(package, form_id).document
        except FormRefused:
            return  # `solmu model check` says what is wrong with it
        yield Offer(
            key,
            said(document, "title", language) or document.get("name", ""),
            document.get("publisher", ""),
            document.get("copyright", ""),
            document.get("url", ""),
            documents.languages_of(document),
            words,
            documents.as_text(document),
            engagement_id=running.engagement_id,
            step=step,
        )
        return
    yield from (_link(package, link, key, words) for link in package.form_links if link.id == form_id)


def _link(package: Package, link: FormLink, key: UUID, words: str) -> Link:
    language = get_language() or "fi"
    says = package.text(link.says, language) if link.says else ""
    return Link(key, package.text(link.title, language), link.owner, link.licence or "", link.url, says, words)


def _own(row: Form) -> Offer:
    return Offer(row.id, row.title, row.owner, row.licence, row.source, tuple(row.languages), "", form_id=row.id)
