"""An organisation's own changes to a model, kept apart from it: an overlay that is laid on a version of the package.

Each change names its place by ids (`addresses`), what it does there, and what stood there when it was made, so that a
later version of the package can be told from the organisation's own words. An overlay holds at most one change of a
place.
"""

from collections.abc import Collection, Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from solmu.operating_models.absent import ABSENT
from solmu.operating_models.overlay.addresses import around, look, put, split, take_out
from solmu.operating_models.overlay.permits import why_not
from solmu.operating_models.package.problems import PackageRefused, Problem, shown

__all__ = ["Change", "apply", "checked", "from_json", "merged", "to_json", "without"]

OPERATIONS = ("set", "add", "remove", "append")
MAX_CHANGES = 500
MAX_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class Change:
    """One change: a value set, a thing added to a list, a thing removed, own words added to a page."""

    at: str
    operation: str
    value: Any = None
    was: Any = ABSENT
    """What stood there in the version that it was made on."""

    @property
    def key(self) -> str:
        """The place that it changes; what is added has its own."""
        return f"{self.at}.{self.value['id']}" if self.operation == "add" else self.at


def to_json(changes: Iterable[Change]) -> list[dict[str, Any]]:
    """The changes as plain data, to be kept or written into a file."""
    return [
        {"at": each.at, each.operation: True if each.operation == "remove" else each.value}
        | ({} if each.was is ABSENT else {"was": each.was})
        for each in changes
    ]


def from_json(rows: Iterable[Mapping[str, Any]]) -> list[Change]:
    """The changes that `to_json` gave."""
    return [_change(row) for row in rows]


def _change(row: Mapping[str, Any]) -> Change:
    operation = next(name for name in OPERATIONS if name in row)
    value = None if operation == "remove" else row[operation]
    return Change(row["at"], operation, value, row.get("was", ABSENT))


def merged(changes: Iterable[Change], more: Iterable[Change]) -> list[Change]:
    """Both, the later change of a place in the earlier one's stead."""
    kept = {each.key: each for each in changes}
    for each in more:
        earlier = kept.pop(each.key, None)
        if earlier is None or (earlier.operation, each.operation) != ("add", "remove"):  # it was never the model's
            kept[each.key] = each
    return list(kept.values())


def without(changes: Iterable[Change], places: Collection[str]) -> list[Change]:
    """The changes but for those of these places; the words of what was added go with it."""
    every = list(changes)
    added = [each.value for each in every if each.key in places and each.operation == "add"]
    words = {said for thing in added for said in thing.values() if isinstance(said, str)}
    return [each for each in every if each.key not in places and not _says_only(each, words)]


def _says_only(change: Change, words: Collection[str]) -> bool:
    """Whether it is a text of one's own under one of these keys."""
    return change.at.startswith("texts.") and change.was is ABSENT and split(change.at)[-1] in words


def checked(base: Mapping[str, Any], changes: Iterable[Change]) -> list[Change]:
    """The changes with what they change in `base`, unchanged ones left out; raises PackageRefused with every fault."""
    problems: list[Problem] = []
    found: dict[str, Change] = {}
    for number, each in enumerate(changes):
        where = f"changes[{number}]"
        wrong = _wrong(base, each) if each.key not in found else _("The place is changed twice.")
        if wrong:
            mend = _("See `may_adapt` in process.yaml, and the ids of the version that it stands on.")
            problems.append(Problem(_("overlay"), None, where, f"{each.at}: {wrong}", mend))
        else:
            now = ABSENT if each.operation == "add" else look(base, each.at)
            found[each.key] = replace(each, was=now)
    if len(found) > MAX_CHANGES:
        what, mend = _("There are too many changes for an overlay."), _("Give the model a version of its own instead.")
        problems.append(Problem(_("overlay"), None, "changes", what, mend))
    if problems:
        raise PackageRefused(problems)
    return [each for each in found.values() if each.operation != "set" or each.value != each.was]


def _wrong(base: Mapping[str, Any], change: Change) -> str:
    if refused := why_not(base, change.at, change.operation):
        return refused
    if isinstance(change.value, str) and len(change.value) > MAX_TEXT:
        return _("Shorten it to at most %(most)d characters.") % {"most": MAX_TEXT}
    if change.operation == "append":
        there = isinstance(look(base, change.at), str)
        return "" if there and isinstance(change.value, str) else _("There is no such page in this language.")
    if change.operation == "add":
        return _wrong_addition(base, change)
    if change.operation == "remove":
        return "" if look(base, change.at) is not ABSENT else _("There is nothing such to remove.")
    if split(change.at)[0] in ("texts", "guide"):
        return _wrong_words(base, change)
    above, _dot, _last = change.at.rpartition(".")
    return "" if isinstance(look(base, above), dict) else _("There is no such place in this version.")


def _wrong_words(base: Mapping[str, Any], change: Change) -> str:
    part, language, *key = split(change.at)
    if not key or not isinstance(look(base, f"{part}.{language}"), dict):
        return _("The version has no texts in this language.")
    if not isinstance(change.value, str) or not change.value.strip():
        return _("Write the words.")
    return ""


def _wrong_addition(base: Mapping[str, Any], change: Change) -> str:
    if not isinstance(change.value, dict) or not isinstance(change.value.get("id"), str):
        return _("What is added is a map with an id.")
    if not isinstance(look(base, change.at), list):
        return _("There is no such list in this version.")
    if look(base, f"{change.at}.{change.value['id']}") is not ABSENT:
        return _("%(name)s is there already.") % {"name": shown(change.value["id"])}
    return ""


def apply(base: Mapping[str, Any], changes: Collection[Change], *, version: str, by: str) -> dict[str, Any]:
    """The base's document with the changes in it, under the name of a new version; `by` signs what is added.

    What an organisation has changed is no longer what the source said, so it loses its source and is marked I.
    The package's own invented families keep the values of settings that they were written for.
    """
    document = deepcopy(dict(base))
    for each in changes:
        _lay(document, each, by)
    for family in document["families"]:
        _pin(family, base, changes)
    document["model"] = {**document["model"], "version": version}
    return document


def _lay(document: dict[str, Any], change: Change, by: str) -> None:
    if change.operation == "add":
        look(document, change.at).append(deepcopy(change.value))
    elif change.operation == "remove":
        take_out(document, change.at)
    elif change.operation == "append":
        put(document, change.at, f"{look(document, change.at).rstrip()}\n\n---\n\n**{by}**\n\n{change.value.strip()}\n")
    else:
        put(document, change.at, deepcopy(change.value))
        _disown(document, change.at)


def _disown(document: dict[str, Any], address: str) -> None:
    if address.startswith(("texts.", "guide.")) or address.endswith(".guide"):
        return
    statement = next((each for each in around(document, address) if isinstance(each, dict) and "mark" in each), None)
    if statement is not None:
        statement.pop("source", None)
        statement["mark"] = "I"


def _pin(family: dict[str, Any], base: Mapping[str, Any], changes: Iterable[Change]) -> None:
    for each in changes:
        if each.at.startswith("model.settings."):
            setting = each.at.split(".")[2]
            family.setdefault("settings", {}).setdefault(setting, look(base, each.at))
