"""Can each module of a package's orientation be gone through as its kind says?"""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from solmu.operating_models.package.draft import Draft
from solmu.operating_models.package.problems import Problem
from solmu.operating_models.package.reading import Document


def check_orientation(draft: Draft) -> Iterator[Problem]:
    """The faults of orientation.yaml that its shape alone does not show."""
    document = draft.documents.get("orientation.yaml")
    for i, module in enumerate(document.content["modules"] if document else ()):
        yield from _check_module(document, i, module)


def _check_module(document: Document, i: int, module: dict[str, Any]) -> Iterator[Problem]:
    kind, place = module.get("kind", ""), ("modules", i)
    watched = kind == "watch" or (not kind and module.get("link") and not module.get("guide"))
    if watched and not (module.get("link") or "").startswith("https://"):
        mend = _("Give a link that begins with https://.")
        yield document.problem((*place, "link"), _("What is watched needs a safe link."), mend)
    if kind == "check" and not module.get("questions"):
        mend = _("Write a few, or give the module another kind.")
        yield document.problem(place, _("A check has no questions."), mend)
    if kind != "check" and module.get("questions"):
        mend = _("Write kind: check, or leave the questions out.")
        yield document.problem((*place, "questions"), _("Only a check has questions."), mend)
    for j, question in enumerate(module.get("questions", ())):
        right = [bool(choice.get("right")) for choice in question["choices"]]
        if all(right) or not any(right):
            mend = _("Mark right: true on at least one choice, and leave at least one without it.")
            where = (*place, "questions", j, "choices")
            yield document.problem(where, _("The question has no right or no wrong choice."), mend)
