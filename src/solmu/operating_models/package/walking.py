"""Can the process of a package be walked from its first step to its end, on every way into the model?

The checker has seen that every name exists. Here the course is gone through as a worker would go through it, with the
settings' defaults: nothing may be empty, contradict itself, or stand where nobody ever comes.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _, ngettext

from solmu.operating_models.package.draft import Draft
from solmu.operating_models.package.problems import Problem, shown
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


def _walk(draft: Draft, path: str | None) -> Iterator[Problem]:
    process = draft.documents["process.yaml"]
    phases, steps = _phases_on(draft, path), steps_on(draft, path)
    if not phases:
        what = _("Nothing happens on the way %(way)s.") if path else _("Nothing happens.")
        mend = _("Give the way a phase, or leave a phase without a path.")
        yield process.problem(("phases",), what % {"way": shown(path)}, mend)
        return
    for i, phase in phases:
        if "series" not in phase and not any(place[1] == i for place, _step in steps):
            always = _("Nothing happens in the phase %(phase)s.")
            what = _("Nothing happens in the phase %(phase)s on the way %(way)s.") if path else always
            mend = _("Give it a step or a series, or leave the phase out.")
            yield process.problem(("phases", i), what % {"phase": shown(phase["id"]), "way": shown(path)}, mend)
    if not any(step["kind"] == "closing" for _place, step in steps):
        always = _("The work never comes to its end.")
        what = _("The work never comes to its end on the way %(way)s.") if path else always
        yield process.problem(("phases",), what % {"way": shown(path)}, _("Add a step whose kind is closing."))
    if "disclosure" not in process.content["permissions"]:
        for place, step in steps:
            if step["kind"] in _PREPARES:
                what = _("The step %(name)s tells another organisation, but nobody is asked for permission.")
                mend = _("Write permissions.disclosure, or give the step another kind.")
                yield process.problem(place, what % {"name": shown(step["id"])}, mend)


def _check_numbers(draft: Draft) -> Iterator[Problem]:
    settings = {each["id"]: each for each in draft.content("model.yaml").get("settings", ())}
    families = [
        (f"families/{name}.yaml", document.content.get("settings", {}))
        for name, document in draft.under("families", ".yaml").items()
    ]
    process = draft.documents["process.yaml"]
    for i, role in enumerate(process.content["roles"]):
        if role["max"] is not None and role["min"] > role["max"]:
            said = {"name": shown(role["id"]), "least": role["min"], "most": role["max"]}
            what = _("The role %(name)s is taken by at least %(least)d and at most %(most)d.") % said
            yield process.problem(("roles", i, "min"), what, _("Make the first no larger than the second."))
    for i, phase in enumerate(process.content["phases"]):
        for where, given in [("", {}), *families]:
            least, most = (_number(phase.get("series", {}).get(end), settings, given) for end in ("min", "max"))
            if least is not None and most is not None and least > most:
                by_default = _("With the defaults there are at least %(least)d and at most %(most)d meetings.")
                here = _("With %(file)s there are at least %(least)d and at most %(most)d meetings.")
                what = (here if where else by_default) % {"file": where, "least": least, "most": most}
                mend = _("Make the first no larger than the second.")
                yield process.problem(("phases", i, "series", "min"), what, mend)
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
            what = _("The setting %(setting)s is not a number.") % {"setting": setting["id"]}
            mend = _("Refer to a setting whose type is %(type)s.") % {"type": "number"}
            yield document.problem(place, what, mend)
        elif taken_for in ("days", "weeks", "months", "years", "working_days"):
            unit = setting.get("unit", taken_for)
            if unit != taken_for:
                what = _("The setting %(setting)s counts %(unit)s, and here %(other)s are counted.")
                said = {"setting": setting["id"], "unit": unit, "other": taken_for}
                yield document.problem(place, what % said, _("Count the same in both."))


def _check_ends(draft: Draft, paths: list[str | None]) -> Iterator[Problem]:
    """Each closing reason can be reached, and be told from the others."""
    process, finnish = draft.documents["process.yaml"], draft.texts["fi"]
    reasons = process.content["closing_reasons"]
    kinds = {step["kind"] for path in paths for _place, step in steps_on(draft, path)}
    if not any(each["ends"] == "carried_through" for each in reasons):
        what = _("No closing reason says that the work was carried through.")
        yield process.problem(("closing_reasons",), what, _("Add one whose ends is carried_through."))
    for i, each in enumerate(reasons):
        if each["ends"] == "not_started" and not kinds & set(_MAY_END_IN_NO):
            what = _("The closing reason %(name)s cannot be reached: nobody is asked before the work begins.")
            mend = _("Add a step of one of the kinds %(kinds)s, or leave the reason out.")
            mend %= {"kinds": ", ".join(_MAY_END_IN_NO)}
            yield process.problem(("closing_reasons", i), what % {"name": shown(each["id"])}, mend)
        same = next((other for other in reasons[:i] if finnish[other["text"]] == finnish[each["text"]]), None)
        if same:
            said = {"one": shown(same["id"]), "other": shown(each["id"])}
            what = _("The closing reasons %(one)s and %(other)s read the same.") % said
            yield process.problem(("closing_reasons", i, "text"), what, _("Word one of them in another way."))


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
            what = _("The theme %(name)s is in no series of meetings.") % {"name": shown(theme["id"])}
            yield process.problem(("themes", i), what, _("Add it to the themes of a series, or leave it out."))
    for name, document in draft.under("forms", ".json").items():  # a link may stand there to be read
        if name not in calls["form"]:
            mend = _("Name it under form at a step, or leave it out.")
            yield document.problem((), _("No step uses this form."), mend)
    for page in sorted(draft.guide.get("fi", {}).keys() - calls["guide"]):
        what = _("No step, theme or module leads to this page.")
        mend = _("Name it under guide at a step, a theme or a module, or leave it out.")
        yield Problem(f"guide/fi/{page}.md", None, "", what, mend)
    for language, pages in draft.guide.items():
        for page in sorted(pages.keys() - draft.guide.get("fi", {}).keys()):
            mend = _("Write it in guide/fi too, or leave it out.")
            yield Problem(f"guide/{language}/{page}.md", None, "", _("This page is not in Finnish."), mend)


def _check_languages(draft: Draft) -> Iterator[Problem]:
    """A language that a package speaks, it speaks wholly."""
    for language, texts in draft.texts.items():
        lacking = sorted(draft.texts["fi"].keys() - texts.keys())
        if lacking:
            mend = _("Translate them; until then Finnish is shown.")
            yield Problem(f"texts/{language}.yaml", None, "", _lacking(lacking), mend)


def _lacking(keys: list[str]) -> str:
    said = {"n": len(keys), "names": ", ".join(keys[:3]), "more": len(keys) - 3}
    if len(keys) > 3:
        return _("%(n)d texts are missing: %(names)s and %(more)d more.") % said
    return ngettext("%(n)d text is missing: %(names)s.", "%(n)d texts are missing: %(names)s.", len(keys)) % said
