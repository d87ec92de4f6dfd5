"""Can the process of a package be walked from its first step to its end, on every way into the model?

The checker has seen that every name exists. Here the course is gone through as a worker would go through it, with the
settings' defaults: nothing may be empty, contradict itself, or stand where nobody ever comes.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from solmu.operating_models.package.draft import Draft
from solmu.operating_models.package.problems import Problem
from solmu.operating_models.package.reading import Place, every_part, field_of

_PREPARES = ("contact_preparation", "referral")
_MAY_END_IN_NO = ("permission", "proposal", "offer", "contact")


def walk_process(draft: Draft) -> Iterator[Problem]:
    """The faults of the course of a package whose files are whole."""
    paths = [each["id"] for each in draft.content("entry.yaml").get("paths", ())] or [None]
    for path in paths:
        yield from _walk(draft, path)
    yield from _check_numbers(draft)
    yield from _check_ends(draft, paths)
    yield from _check_reached(draft)
    yield from _check_languages(draft)


def steps_on(draft: Draft, path: str | None) -> list[tuple[Place, Mapping[str, Any]]]:
    """The steps that are taken on a way into the model, with their places."""
    found: list[tuple[Place, Mapping[str, Any]]] = []
    for i, phase in _phases_on(draft, path):
        for j, step in enumerate(phase.get("steps", ())):
            if step.get("path") in (None, path):
                found.append((("phases", i, "steps", j), step))
    return found


def _phases_on(draft: Draft, path: str | None) -> list[tuple[int, Mapping[str, Any]]]:
    phases = draft.content("process.yaml")["phases"]
    return [(i, phase) for i, phase in enumerate(phases) if phase.get("path") in (None, path)]


def _on(path: str | None) -> str:
    return f" on the way {path!r}" if path else ""


def _walk(draft: Draft, path: str | None) -> Iterator[Problem]:
    process = draft.documents["process.yaml"]
    phases, steps = _phases_on(draft, path), steps_on(draft, path)
    if not phases:
        mend = "Give the way a phase, or leave a phase without a path."
        yield process.problem(("phases",), f"Nothing happens{_on(path)}.", mend)
        return
    for i, phase in phases:
        if "series" not in phase and not any(place[1] == i for place, _step in steps):
            what = f"Nothing happens in the phase {phase['id']!r}{_on(path)}."
            yield process.problem(("phases", i), what, "Give it a step or a series, or leave the phase out.")
    if not any(step["kind"] == "closing" for _place, step in steps):
        mend = "Add a step whose kind is closing."
        yield process.problem(("phases",), f"The work never comes to its end{_on(path)}.", mend)
    if "disclosure" not in process.content["permissions"]:
        for place, step in steps:
            if step["kind"] in _PREPARES:
                what = f"The step {step['id']!r} tells another organisation, but nobody is asked for permission."
                yield process.problem(place, what, "Write permissions.disclosure, or give the step another kind.")


def _check_numbers(draft: Draft) -> Iterator[Problem]:
    settings = {each["id"]: each for each in draft.content("model.yaml").get("settings", ())}
    families = [
        (f"families/{name}.yaml", document.content.get("settings", {}))
        for name, document in draft.under("families", ".yaml").items()
    ]
    process = draft.documents["process.yaml"]
    for i, role in enumerate(process.content["roles"]):
        if role["max"] is not None and role["min"] > role["max"]:
            what = f"The role {role['id']!r} is taken by at least {role['min']} and at most {role['max']}."
            yield process.problem(("roles", i, "min"), what, "Make the first no larger than the second.")
    for i, phase in enumerate(process.content["phases"]):
        for where, given in [("the defaults", {}), *families]:
            least, most = (_number(phase.get("series", {}).get(end), settings, given) for end in ("min", "max"))
            if least is not None and most is not None and least > most:
                what = f"With {where} there are at least {least} and at most {most} meetings."
                yield process.problem(("phases", i, "series", "min"), what, "Make the first no larger than the second.")
                break
    for file in ("process.yaml", "orientation.yaml"):
        yield from _check_settings(draft, file, settings)


def _number(value: Any, settings: Mapping[str, Any], given: Mapping[str, Any]) -> int | None:
    if not isinstance(value, dict):
        return value
    own = given.get(value["setting"])
    default = settings[value["setting"]]["default"]
    number = own if own is not None else default
    return number if isinstance(number, int) else None


def _check_settings(draft: Draft, file: str, settings: Mapping[str, Any]) -> Iterator[Problem]:
    """A setting that a length or a number is taken from is a number, and counts what it is taken for."""
    document = draft.documents.get(file)
    for place, value in every_part(document.content) if document else ():
        if not (isinstance(value, dict) and value.keys() == {"setting"}):
            continue
        setting, taken_for = settings[value["setting"]], place[-1]
        if setting["type"] != "number":
            what = f"The setting {setting['id']} is not a number."
            yield document.problem(place, what, "Refer to a setting whose type is number.")
        elif taken_for in ("days", "weeks", "months", "years", "working_days"):
            unit = setting.get("unit", taken_for)
            if unit != taken_for:
                what = f"The setting {setting['id']} counts {unit}, and here {taken_for} are counted."
                yield document.problem(place, what, "Count the same in both.")


def _check_ends(draft: Draft, paths: list[str | None]) -> Iterator[Problem]:
    """Each closing reason can be reached, and be told from the others."""
    process, finnish = draft.documents["process.yaml"], draft.texts["fi"]
    reasons = process.content["closing_reasons"]
    kinds = {step["kind"] for path in paths for _place, step in steps_on(draft, path)}
    if not any(each["ends"] == "carried_through" for each in reasons):
        mend = "Add one whose ends is carried_through."
        yield process.problem(("closing_reasons",), "No closing reason says that the work was carried through.", mend)
    for i, each in enumerate(reasons):
        if each["ends"] == "not_started" and not kinds & set(_MAY_END_IN_NO):
            what = f"The closing reason {each['id']!r} cannot be reached: nobody is asked before the work begins."
            mend = f"Add a step of one of the kinds {', '.join(_MAY_END_IN_NO)}, or leave the reason out."
            yield process.problem(("closing_reasons", i), what, mend)
        same = next((other for other in reasons[:i] if finnish[other["text"]] == finnish[each["text"]]), None)
        if same:
            what = f"The closing reasons {same['id']!r} and {each['id']!r} read the same."
            yield process.problem(("closing_reasons", i, "text"), what, "Word one of them in another way.")


def _check_reached(draft: Draft) -> Iterator[Problem]:
    """Nothing stands where nobody is ever led to it."""
    process = draft.documents["process.yaml"]
    entry = draft.content("entry.yaml")
    calls: dict[str, set[str]] = {"themes": set(), "form": set(), "guide": set()}
    contents = (process.content, entry, draft.content("orientation.yaml"))
    for place, value in (each for content in contents for each in every_part(content)):
        field = field_of(place)
        if field in calls and isinstance(value, str):
            calls[field].add(value)
    for i, theme in enumerate(process.content.get("themes", ())):
        if theme["id"] not in calls["themes"]:
            what = f"The theme {theme['id']!r} is in no series of meetings."
            yield process.problem(("themes", i), what, "Add it to the themes of a series, or leave it out.")
    for name, document in draft.under("forms", ".json").items():  # a link may stand there to be read
        if name not in calls["form"]:
            mend = "Name it under form at a step, or leave it out."
            yield document.problem((), "No step uses this form.", mend)
    for page in sorted(draft.guide.get("fi", {}).keys() - calls["guide"]):
        mend = "Name it under guide at a step, a theme or a module, or leave it out."
        yield Problem(f"guide/fi/{page}.md", None, "", "No step, theme or module leads to this page.", mend)
    for language, pages in draft.guide.items():
        for page in sorted(pages.keys() - draft.guide.get("fi", {}).keys()):
            mend = "Write it in guide/fi too, or leave it out."
            yield Problem(f"guide/{language}/{page}.md", None, "", "This page is not in Finnish.", mend)


def _check_languages(draft: Draft) -> Iterator[Problem]:
    """A language that a package speaks, it speaks wholly."""
    for language, texts in draft.texts.items():
        lacking = sorted(draft.texts["fi"].keys() - texts.keys())
        if lacking:
            more = f" and {len(lacking) - 3} more" if len(lacking) > 3 else ""
            what = f"{len(lacking)} texts are missing: {', '.join(lacking[:3])}{more}."
            yield Problem(f"texts/{language}.yaml", None, "", what, "Translate them; until then Finnish is shown.")
