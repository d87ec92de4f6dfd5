"""What does a package consist of, part by part, each thing by its lasting id?

A thing is a map of fields. Lists of things become maps by id, so that a thing keeps its identity when others come
before it; what a thing holds under its own fields stays as it is. A part that the format gains later is taken along
under its own name.
"""

from collections.abc import Iterator, Mapping
from typing import Any

Things = dict[str, dict[str, Any]]
Parts = dict[str, Things]

ORDER = (
    "identity",
    "settings",
    "entry",
    "criteria",
    "phases",
    "steps",
    "series",
    "themes",
    "methods",
    "roles",
    "contact_points",
    "law",
    "permissions",
    "packet",
    "network",
    "action_period",
    "closing_reasons",
    "outcomes",
    "follow_ups",
    "may_adapt",
    "forms",
    "guide",
    "orientation",
    "measures",
    "texts",
    "families",
)
"""The parts as they are told, the ones that a coordinator asks about first at the top."""
IN_ORDER = frozenset({"phases", "steps"})
"""Parts in which it matters what comes after what."""


def parts_of(document: Mapping[str, Any]) -> Parts:
    """Everything that a package's document says, by part and id."""
    found: Parts = {
        "identity": _identity(document["model"]),
        "settings": _by_id(document["model"].get("settings", ())),
        "entry": _entry(document["entry"]),
        "criteria": dict(_criteria(document["entry"])),
        **_process(document["process"]),
        "forms": _forms(document),
        "guide": _languages(document["guide"]),
        "orientation": _orientation(document["orientation"]),
        "measures": _by_id(document["measures"]["measures"]),
        "texts": _languages(document["texts"]),
        "families": {each["id"]: {"family": each} for each in document["families"]},
    }
    return {part: found[part] for part in sorted(found, key=_place) if found[part]}


def _place(part: str) -> tuple[int, str]:
    return (ORDER.index(part) if part in ORDER else len(ORDER), part)


def _by_id(things: Any) -> Things:
    return {each["id"]: {name: value for name, value in each.items() if name != "id"} for each in things}


def _identity(model: Mapping[str, Any]) -> Things:
    plain = ("format", "version", "authors", "sources", "evidence", "headings", "settings")
    return {
        "model": {name: value for name, value in model.items() if name not in plain},
        **{f"author {each['name']}": dict(each) for each in model.get("authors", ())},
        **{f"source {key}": dict(each) for key, each in model.get("sources", {}).items()},
        **{f"evidence {each['says']}": dict(each) for each in model.get("evidence", ())},
        **{f"heading {name}": {"says": key} for name, key in model.get("headings", {}).items()},
    }


def _entry(entry: Mapping[str, Any]) -> Things:
    return {
        "entry": {"about": entry["about"]},
        **({"offered_when": dict(entry["offered_when"])} if "offered_when" in entry else {}),
        **{f"way {each['id']}": _without(each, "criteria") for each in entry.get("paths", ())},
        **{f"question {fact}": {"says": says} for fact, says in entry["questions"].items()},
    }


def _without(thing: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in thing.items() if name not in ("id", *names)}


_SAID = ("strength", "says", "source", "mark", "then")


def _criteria(entry: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    ways = [(None, entry["criteria"]), *((path["id"], path["criteria"]) for path in entry.get("paths", ()))]
    for path, criteria in ways:
        for each in criteria:
            told = {name: each[name] for name in _SAID if name in each}
            condition = {name: value for name, value in _without(each).items() if name not in _SAID}
            yield each["id"], {"condition": condition, **told, **({"path": path} if path else {})}


def _process(process: Mapping[str, Any]) -> Parts:
    found: Parts = {"phases": {}, "steps": {}, "series": {}}
    for phase in process["phases"]:
        found["phases"][phase["id"]] = _without(phase, "steps", "series", "also")
        for step in phase.get("steps", ()):
            found["steps"][step["id"]] = {"phase": phase["id"], **_without(step)}
        if "series" in phase or "also" in phase:
            also = {f"also {each['with']}": each for each in phase.get("also", ())}
            found["series"][phase["id"]] = {**phase.get("series", {}), **also}
    permissions = dict(process["permissions"])
    disclosure = permissions.get("disclosure")
    if disclosure:
        found["packet"] = _by_id(disclosure["packet"])
        permissions["disclosure"] = _without(disclosure, "packet")
    found["permissions"] = {name: dict(each) for name, each in permissions.items()}
    for part, value in process.items():
        if part not in ("phases", "permissions"):
            found[part] = _anything(part, value)
    return found


def _anything(part: str, value: Any) -> Things:
    if isinstance(value, list) and all(isinstance(each, dict) and "id" in each for each in value):
        return _by_id(value)
    return {part: dict(value) if isinstance(value, dict) else {part: value}}


def _forms(document: Mapping[str, Any]) -> Things:
    links = {name: _without(form) for name, form in document["form_links"].items()}
    return links | {name: _questionnaire(form) for name, form in document["questionnaires"].items()}


def _questionnaire(form: Mapping[str, Any]) -> dict[str, Any]:
    """A form's own fields, and each of its questions by its link."""
    questions: dict[str, Any] = {}
    waiting = list(form.get("item", ()))
    while waiting:
        item = waiting.pop(0)
        questions[f"question {item.get('linkId', '')}"] = {n: v for n, v in item.items() if n not in ("linkId", "item")}
        waiting = [*item.get("item", ()), *waiting]
    return {**_without(form, "item"), **questions}


def _languages(by_language: Mapping[str, Mapping[str, str]]) -> Things:
    return {f"{language} {key}": {"text": text} for language, own in by_language.items() for key, text in own.items()}


def _orientation(orientation: Mapping[str, Any]) -> Things:
    whole = _without(orientation, "modules")
    return {**({"orientation": whole} if whole else {}), **_by_id(orientation.get("modules", ()))}
