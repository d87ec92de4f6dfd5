"""Does everything that one part of a package calls by name exist in another part?"""

from collections.abc import Iterator
from typing import Any

from solmu.operating_models.facts import FactType, Scope
from solmu.operating_models.package.draft import Draft
from solmu.operating_models.package.modules import check_orientation
from solmu.operating_models.package.parts import setting_accepts
from solmu.operating_models.package.problems import Problem
from solmu.operating_models.package.reading import Document, Place, every_part, field_of


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
            mend = "Give the folder and the field the same name: operating-models/<slug>/<version>/."
            yield model.problem((name,), f"{model.content[name]!r} is not the folder's name {wanted!r}.", mend)
    for name, document in (draft.under("forms", ".yaml") | draft.under("forms", ".json")).items():
        yield from _same_id(document, name)
    for name, document in draft.under("families", ".yaml").items():
        yield from _same_id(document, name)


def _same_id(document: Document, name: str) -> Iterator[Problem]:
    if document.content["id"] != name:
        yield document.problem(("id",), f"The id is not the file's name {name!r}.", "Give both the same name.")


def _check_settings(draft: Draft) -> Iterator[Problem]:
    model = draft.documents["model.yaml"]
    for i, setting in enumerate(model.content.get("settings", ())):
        place, default = ("settings", i, "default"), setting["default"]
        if setting["mark"] == "N" and default is not None:
            mend = "Leave it null, or mark where the value comes from."
            yield model.problem(place, "What was not found (N) cannot have a default.", mend)
        elif not _accepts(setting, default):
            yield model.problem(place, *_wrong_setting(setting, default))


def _accepts(setting: dict[str, Any], value: Any) -> bool:
    return setting_accepts(setting["type"], setting.get("choices", ()), value)


def _wrong_setting(setting: dict[str, Any], value: Any) -> tuple[str, str]:
    kinds = {"number": "a whole number from 0 to 10000", "choice": f"one of {', '.join(setting.get('choices', ()))}"}
    kind = setting["type"]
    return f"{value!r} cannot be the value of {setting['id']}.", f"Write {kinds.get(kind, f'a value of type {kind}')}."


def _check_statements(document: Document) -> Iterator[Problem]:
    """Found facts name their source; ids are not used twice in one list."""
    for place, value in every_part(document.content):
        if isinstance(value, dict) and value.get("mark") == "F" and "source" not in value:
            mend = "Name the source, or mark it I (inferred) or G (general knowledge)."
            yield document.problem(place, "A found fact (F) names no source.", mend)
        if isinstance(value, list):
            ids = [each.get("id") for each in value if isinstance(each, dict)]
            for i, name in enumerate(ids):
                if name is not None and name in ids[:i]:
                    yield document.problem((*place, i, "id"), f"The id {name!r} is used twice.", "Rename one of them.")


def _ids(items: Any) -> frozenset[str]:
    return frozenset(each["id"] for each in items or ())


def _check_names(draft: Draft) -> Iterator[Problem]:
    """Roles, contact points, points of law, forms, guide pages, themes, methods and paths are called by their names."""
    process, entry = draft.content("process.yaml"), draft.content("entry.yaml")
    names = {
        "who": ("role", _ids(process["roles"])),
        "chair": ("role", _ids(process["roles"])),
        "of": ("role", _ids(process["roles"])),
        "law": ("point of law", _ids(process.get("law"))),
        "contact_point": ("contact point", _ids(process.get("contact_points"))),
        "themes": ("theme", _ids(process.get("themes"))),
        "methods": ("method", _ids(process.get("methods"))),
        "path": ("path", _ids(entry.get("paths"))),
        "form": ("form", frozenset(draft.under("forms", ".yaml")) | frozenset(draft.under("forms", ".json"))),
        "guide": ("guide page in guide/fi", frozenset(draft.guide.get("fi", ()))),
        "update_adds": ("module", _ids(draft.content("orientation.yaml").get("modules"))),
    }
    for file in ("entry.yaml", "process.yaml", "orientation.yaml"):
        document = draft.documents.get(file)
        for place, value in every_part(document.content) if document else ():
            field = field_of(place)
            if field in names and isinstance(value, str):
                noun, known = names[field]
                if value not in known:
                    mend = f"Add it, or use one of: {', '.join(sorted(known)) or 'none is there yet'}."
                    yield document.problem(place, f"The {noun} {value!r} does not exist.", mend)
    yield from _check_unique(draft)


def _check_unique(draft: Draft) -> Iterator[Problem]:
    """Criteria and steps are called by their id over the whole file."""
    entry, process = draft.documents["entry.yaml"], draft.documents["process.yaml"]
    seen = _ids(entry.content["criteria"])
    for i, path in enumerate(entry.content.get("paths", ())):
        for j, criterion in enumerate(path["criteria"]):
            if criterion["id"] in seen:
                place = ("paths", i, "criteria", j, "id")
                yield entry.problem(place, f"The id {criterion['id']!r} is used twice.", "Rename one of them.")
        seen |= _ids(path["criteria"])
    seen = frozenset()
    for i, phase in enumerate(process.content["phases"]):
        for j, step in enumerate(phase.get("steps", ())):
            if step["id"] in seen:
                place = ("phases", i, "steps", j, "id")
                yield process.problem(place, f"The id {step['id']!r} is used twice.", "Rename one of them.")
        seen |= _ids(phase.get("steps"))


def _check_facts_named(draft: Draft) -> Iterator[Problem]:
    """What depends on a fact depends on a yes or no of the family, or of the person the model is about."""
    process = draft.documents["process.yaml"]
    about = draft.content("entry.yaml")["about"]
    for place, value in every_part(process.content):
        if place and place[-1] == "when":
            fact = draft.catalogue[value]
            if fact.type is not FactType.YES_NO or (fact.scope is Scope.PERSON and about == "family"):
                what = f"{value} is not a yes or no of the {about}."
                yield process.problem(place, what, "Use a fact that is answered with yes or no.")


def _check_families(draft: Draft) -> Iterator[Problem]:
    entry = draft.content("entry.yaml")
    criteria = _ids(entry["criteria"]).union(*(_ids(path["criteria"]) for path in entry.get("paths", ())))
    settings = {each["id"]: each for each in draft.content("model.yaml").get("settings", ())}
    for document in draft.under("families", ".yaml").values():
        family = document.content
        wanted = "people" if entry["about"] == "person" else "expect"
        if wanted not in family:
            yield document.problem((), f"A model about a {entry['about']} needs {wanted!r}.", "Write what is expected.")
        expected: list[tuple[Place, dict[str, Any]]] = [
            (("people", i, "expect"), each["expect"]) for i, each in enumerate(family.get("people", ()))
        ]
        if "expect" in family:
            expected.append((("expect",), family["expect"]))
        for place, expect in expected:
            for name in sorted(criteria ^ expect["criteria"].keys()):
                what = f"The criterion {name!r} " + ("has no expectation." if name in criteria else "does not exist.")
                yield document.problem((*place, "criteria", name), what, "Name each criterion of the model once.")
        for name, value in family.get("settings", {}).items():
            if name not in settings:
                yield document.problem(("settings", name), f"The setting {name!r} does not exist.", "Remove it.")
            elif not _accepts(settings[name], value):
                yield document.problem(("settings", name), *_wrong_setting(settings[name], value))
