"""Small forms for tests, written as briefly as FHIR allows."""

from typing import Any
from zoneinfo import ZoneInfo

from solmu.instruments.questionnaire import Form, Item, read_form, take

ZONE = ZoneInfo("Europe/Helsinki")


def item(link_id: str, kind: str = "string", **more) -> dict[str, Any]:
    """An item; `when` is shorthand for one condition: (question, operator, answer[x], value)."""
    when = more.pop("when", None)
    if when:
        question, operator, name, value = when
        more["enableWhen"] = [{"question": question, "operator": operator, name: value}]
    return {"linkId": link_id, "text": f"Question {link_id}", "type": kind, **more}


def group(link_id: str, *items: dict, **more) -> dict[str, Any]:
    return item(link_id, "group", item=list(items), **more)


def choices(*codes: str) -> list[dict]:
    return [{"valueCoding": {"system": "urn:test", "code": code, "display": code.capitalize()}} for code in codes]


def document(*items: dict, **more) -> dict[str, Any]:
    """A whole form."""
    return {"resourceType": "Questionnaire", "status": "active", "title": "Test", "item": list(items), **more}


def form(*items: dict, language: str = "en", **more) -> Form:
    """The same, taken in and read."""
    return read_form(take(document(*items, **more)).document, language)


def named(form: Form, link_id: str) -> Item:
    """The item of a form that has this linkId."""
    return next(each for each in form.items if each.link_id == link_id)


def report(*items: dict, **more) -> set[tuple[str, str, str]]:
    """What was said of it besides what was simply taken: (place, outcome, code)."""
    lines = take(document(*items, **more)).report
    return {(line.place, line.outcome.value, line.code) for line in lines if line.code != "taken"}
