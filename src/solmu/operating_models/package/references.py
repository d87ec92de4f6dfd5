"""Does everything that one part of a package calls by name exist in another part?"""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _, gettext_lazy

from solmu.operating_models.facts import FactType, Scope
from solmu.operating_models.package.draft import Draft
from solmu.operating_models.package.modules import check_orientation
from solmu.operating_models.package.parts import MAX_SETTING, setting_accepts
from solmu.operating_models.package.problems import Problem, shown
from solmu.operating_models.package.reading import Document, Place, every_part, field_of

_ABSENT = {
    "role": gettext_lazy("The role %(name)s does not exist."),
    "law": gettext_lazy("The point of law %(name)s does not exist."),
    "contact_point": gettext_lazy("The contact point %(name)s does not exist."),
    "theme": gettext_lazy("The theme %(name)s does not exist."),
    "method": gettext_lazy("The method %(name)s does not exist."),
    "path": gettext_lazy("The path %(name)s does not exist."),
    "form": gettext_lazy("The form %(name)s does not exist."),
    "guide": gettext_lazy("The guide page in guide/fi %(name)s does not exist."),
    "module": gettext_lazy("The module %(name)s does not exist."),
}

_NO_YES_OR_NO = {
    "family": gettext_lazy("%(fact)s is not a yes or no of the family."),
    "person": gettext_lazy("%(fact)s is not a yes or no of the person."),
}
_NEEDS = {
    "expect": gettext_lazy("A model about a family needs 'expect'."),
    "people": gettext_lazy("A model about a person needs 'people'."),
}
_CRITERION = {
    True: gettext_lazy("The criterion %(name)s has no expectation."),
    False: gettext_lazy("The criterion %(name)s does not exist."),
}


def check_references(draft: Draft) -> Iterator[Problem]:
    """The faults between the parts of a package whose files all have the right shape."""
    yield from _check_identity(draft)
    yield from _check_settings(draft)
    for document in draft.documents.values():
        yield from _check_statements(document)
    yield from _check_names(draft)
    yield from _check_facts_named(draft)
    yield from check_orientation(draft)
    yield from _check_families(draft)


def _check_identity(draft: Draft) -> Iterator[Problem]:
    model = draft.documents["model.yaml"]
    folder = draft.folder.absolute()
    for name, wanted in (("version", folder.name), ("slug", folder.parent.name)):
        if model.content[name] != wanted:
            said = {"name": shown(model.content[name]), "folder": shown(wanted)}
            what = _("%(name)s is not the folder's name %(folder)s.") % said
            mend = _("Give the folder and the field the same name: operating-models/<slug>/<version>/.")
            yield model.problem((name,), what, mend)
    for name, document in (draft.under("forms", ".yaml") | draft.under("forms", ".json")).items():
        yield from _same_id(document, name)
    for name, document in draft.under("families", ".yaml").items():
        yield from _same_id(document, name)


def _same_id(document: Document, name: str) -> Iterator[Problem]:
    if document.content["id"] != name:
        what = _("The id is not the file's name %(name)s.") % {"name": shown(name)}
        yield document.problem(("id",), what, _("Give both the same name."))


def _check_settings(draft: Draft) -> Iterator[Problem]:
    model = draft.documents["model.yaml"]
    for i, setting in enumerate(model.content.get("settings", ())):
        place, default = ("settings", i, "default"), setting["default"]
        if setting["mark"] == "N" and default is not None:
            mend = _("Leave it null, or mark where the value comes from.")
            yield model.problem(place, _("What was not found (N) cannot have a default."), mend)
        elif not _accepts(setting, default):
            yield model.problem(place, *_wrong_setting(setting, default))


def _accepts(setting: dict[str, Any], value: Any) -> bool:
    return setting_accepts(setting["type"], setting.get("choices", ()), value)


def _wrong_setting(setting: dict[str, Any], value: Any) -> tuple[str, str]:
    what = _("%(value)s cannot be the value of %(setting)s.") % {"value": shown(value), "setting": setting["id"]}
    if setting["type"] == "number":
        return what, _("Write a whole number from 0 to %(most)d.") % {"most": MAX_SETTING}
    if setting["type"] == "choice":
        return what, _("Write one of %(names)s.") % {"names": ", ".join(setting.get("choices", ()))}
    return what, _("Write a value of type %(type)s.") % {"type": setting["type"]}


def _check_statements(document: Document) -> Iterator[Problem]:
    """Found facts name their source; ids are not used twice in one list."""
    for place, value in every_part(document.content):
        if isinstance(value, dict) and value.get("mark") == "F" and "source" not in value:
            mend = _("Name the source, or mark it I (inferred) or G (general knowledge).")
            yield document.problem(place, _("A found fact (F) names no source."), mend)
        if isinstance(value, list):
            ids = [each.get("id") for each in value if isinstance(each, dict)]
            for i, name in enumerate(ids):
                if name is not None and name in ids[:i]:
                    yield document.problem((*place, i, "id"), *_twice(name))


def _twice(name: str) -> tuple[str, str]:
    return _("The id %(name)s is used twice.") % {"name": shown(name)}, _("Rename one of them.")


def _ids(items: Any) -> frozenset[str]:
    return frozenset(each["id"] for each in items or ())


def _check_names(draft: Draft) -> Iterator[Problem]:
    """Roles, contact points, points of law, forms, guide pages, themes, methods and paths are called by their names."""
    process, entry = draft.content("process.yaml"), draft.content("entry.yaml")
    names = {
        "who": ("role", _ids(process["roles"])),
        "chair": ("role", _ids(process["roles"])),
        "of": ("role", _ids(process["roles"])),
        "law": ("law", _ids(process.get("law"))),
        "contact_point": ("contact_point", _ids(process.get("contact_points"))),
        "themes": ("theme", _ids(process.get("themes"))),
        "methods": ("method", _ids(process.get("methods"))),
        "path": ("path", _ids(entry.get("paths"))),
        "form": ("form", frozenset(draft.under("forms", ".yaml")) | frozenset(draft.under("forms", ".json"))),
        "guide": ("guide", frozenset(draft.guide.get("fi", ()))),
        "update_adds": ("module", _ids(draft.content("orientation.yaml").get("modules"))),
    }
    for file in ("entry.yaml", "process.yaml", "orientation.yaml"):
        document = draft.documents.get(file)
        for place, value in every_part(document.content) if document else ():
            field = field_of(place)
            if field in names and isinstance(value, str):
                noun, known = names[field]
                if value not in known:
                    yield document.problem(place, _ABSENT[noun] % {"name": shown(value)}, _one_of(known))
    yield from _check_unique(draft)


def _one_of(known: frozenset[str]) -> str:
    if not known:
        return _("Add it, or use one of: none is there yet.")
    return _("Add it, or use one of: %(names)s.") % {"names": ", ".join(sorted(known))}


def _check_unique(draft: Draft) -> Iterator[Problem]:
    """Criteria and steps are called by their id over the whole file."""
    entry, process = draft.documents["entry.yaml"], draft.documents["process.yaml"]
    seen = _ids(entry.content["criteria"])
    for i, path in enumerate(entry.content.get("paths", ())):
        for j, criterion in enumerate(path["criteria"]):
            if criterion["id"] in seen:
                place = ("paths", i, "criteria", j, "id")
                yield entry.problem(place, *_twice(criterion["id"]))
        seen |= _ids(path["criteria"])
    seen = frozenset()
    for i, phase in enumerate(process.content["phases"]):
        for j, step in enumerate(phase.get("steps", ())):
            if step["id"] in seen:
                place = ("phases", i, "steps", j, "id")
                yield process.problem(place, *_twice(step["id"]))
        seen |= _ids(phase.get("steps"))


def _check_facts_named(draft: Draft) -> Iterator[Problem]:
    """What depends on a fact depends on a yes or no of the family, or of the person the model is about."""
    process = draft.documents["process.yaml"]
    about = draft.content("entry.yaml")["about"]
    for place, value in every_part(process.content):
        if place and place[-1] == "when":
            fact = draft.catalogue[value]
            if fact.type is not FactType.YES_NO or (fact.scope is Scope.PERSON and about == "family"):
                what = _NO_YES_OR_NO[about] % {"fact": value}
                yield process.problem(place, what, _("Use a fact that is answered with yes or no."))


def _check_families(draft: Draft) -> Iterator[Problem]:
    entry = draft.content("entry.yaml")
    criteria = _ids(entry["criteria"]).union(*(_ids(path["criteria"]) for path in entry.get("paths", ())))
    settings = {each["id"]: each for each in draft.content("model.yaml").get("settings", ())}
    for document in draft.under("families", ".yaml").values():
        family = document.content
        wanted = "people" if entry["about"] == "person" else "expect"
        if wanted not in family:
            yield document.problem((), str(_NEEDS[wanted]), _("Write what is expected."))
        expected: list[tuple[Place, dict[str, Any]]] = [
            (("people", i, "expect"), each["expect"]) for i, each in enumerate(family.get("people", ()))
        ]
        if "expect" in family:
            expected.append((("expect",), family["expect"]))
        for place, expect in expected:
            for name in sorted(criteria ^ expect["criteria"].keys()):
                what = _CRITERION[name in criteria] % {"name": shown(name)}
                mend = _("Name each criterion of the model once.")
                yield document.problem((*place, "criteria", name), what, mend)
        for name, value in family.get("settings", {}).items():
            if name not in settings:
                what = _("The setting %(name)s does not exist.") % {"name": shown(name)}
                yield document.problem(("settings", name), what, _("Remove it."))
            elif not _accepts(settings[name], value):
                yield document.problem(("settings", name), *_wrong_setting(settings[name], value))
