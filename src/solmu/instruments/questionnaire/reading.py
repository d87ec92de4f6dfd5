"""Reads a taken form in a language: from the kept document to items in their order."""

from collections.abc import Mapping
from graphlib import TopologicalSorter
from typing import Any

from solmu.instruments.questionnaire import extensions, limits
from solmu.instruments.questionnaire.conditions import depends_on, walk
from solmu.instruments.questionnaire.items import CHOICES, Bounds, Condition, Form, Item, Option, Type, Value
from solmu.instruments.questionnaire.texts import languages_of, said
from solmu.instruments.questionnaire.value_sets import codings

_SHOWN_AS_HINT = {"help", "flyover", "prompt", "lower", "upper", "legal"}


def read_form(document: Mapping[str, Any], language: str) -> Form:
    """The form in a language; texts that it does not have in it stand in the form's own."""
    numbers = {item["linkId"]: number for number, (_parent, item) in enumerate(walk(document["item"]))}
    reader = _Reader(document, language, numbers)
    children = tuple(reader.read(item, None, ()) for item in document["item"])
    order = TopologicalSorter(depends_on(document["item"])).static_order()
    return Form(
        title=said(document, "title", language) or str(document.get("name") or ""),
        language=language,
        languages=languages_of(document),
        description=said(document, "description", language),
        children=children,
        items=tuple(reader.items[number] for number in range(len(numbers))),
        order=tuple(numbers[link_id] for link_id in order),
    )


class _Reader:
    def __init__(self, document: Mapping[str, Any], language: str, numbers: Mapping[str, int]):
        self.document, self.language, self.numbers = document, language, numbers
        self.items: dict[int, Item] = {}

    def read(self, raw: Mapping[str, Any], parent: int | None, inside: tuple[int, ...]) -> Item:
        number, kind = self.numbers[raw["linkId"]], Type(raw["type"])
        repeats = bool(raw.get("repeats"))
        within = (*inside, number) if repeats and kind is Type.GROUP else inside
        children, hints = self._children(raw, number, within)
        options = self._options(raw)
        item = Item(
            number=number,
            link_id=raw["linkId"],
            type=kind,
            text=self._text(raw),
            prefix=raw.get("prefix", ""),
            hints=hints,
            control=_control(raw),
            entry_format=str(extensions.first(raw, extensions.ENTRY_FORMAT, "valueString") or ""),
            unit=_unit(extensions.first(raw, extensions.UNIT, "valueCoding")),
            units=self._units(raw),
            required=bool(raw.get("required")),
            repeats=repeats,
            read_only=bool(raw.get("readOnly")),
            hidden=extensions.first(raw, extensions.HIDDEN, "valueBoolean") is True,
            most_times=_most_times(raw),
            bounds=_bounds(raw),
            options=options,
            initial=tuple(raw.get("initial", ())) or _selected(raw),
            conditions=tuple(self._condition(each) for each in raw.get("enableWhen", ())),
            any_condition=raw.get("enableBehavior") == "any",
            parent=parent,
            inside=inside,
            children=children,
        )
        self.items[number] = item
        return item

    def _children(self, raw, number: int, within: tuple[int, ...]) -> tuple[tuple[Item, ...], tuple[str, ...]]:
        """The items inside; those that only help to answer become the hints of their question."""
        read = [self.read(child, number, within) for child in raw.get("item", ())]
        helping = [each for each in read if each.control in _SHOWN_AS_HINT and _only_helps(each)]
        return tuple(each for each in read if each not in helping), tuple(each.text for each in helping if each.text)

    def _text(self, raw: Mapping[str, Any]) -> str:
        """The item's words; a question that has none is called by its code, or by its linkId."""
        text = said(raw, "text", self.language)
        if text or raw["type"] in {Type.DISPLAY, Type.GROUP}:
            return text
        named = [code.get("display") or code.get("code") for code in raw.get("code", ())]
        return next(filter(None, named), "") or raw["linkId"]

    def _condition(self, raw: Mapping[str, Any]) -> Condition:
        answer = {f"value{name.removeprefix('answer')}": raw[name] for name in raw if name.startswith("answer")}
        return Condition(self.numbers[raw["question"]], raw["operator"], answer)

    def _options(self, raw: Mapping[str, Any]) -> tuple[Option, ...]:
        if Type(raw["type"]) not in CHOICES:
            return ()
        if raw.get("answerValueSet"):
            return tuple(self._of_coding(each) for each in codings(self.document, raw["answerValueSet"]))
        return tuple(self._option(each) for each in raw.get("answerOption", ()))

    def _option(self, raw: Mapping[str, Any]) -> Option:
        alone = extensions.first(raw, extensions.EXCLUSIVE, "valueBoolean") is True
        prefix = str(extensions.first(raw, extensions.OPTION_PREFIX, "valueString") or "")
        if "valueCoding" in raw:
            option = self._of_coding(raw["valueCoding"])
            return Option(option.value, f"{prefix} {option.label}".strip(), alone)
        value = {name: raw[name] for name in raw if name.startswith("value")}
        label = said(raw, "valueString", self.language) or str(next(iter(value.values())))
        return Option(value, f"{prefix} {label}".strip(), alone)

    def _of_coding(self, coding: Mapping[str, Any]) -> Option:
        """The answer keeps the display of the form's own language, so that the same answer is always the same."""
        told = {each["language"]: each["value"] for each in coding.get("designation", ())}
        label = told.get(self.language) or said(coding, "display", self.language) or str(coding.get("code") or "")
        value = {name: coding[name] for name in ("system", "version", "code", "display") if name in coding}
        return Option({"valueCoding": value}, label)

    def _units(self, raw: Mapping[str, Any]) -> tuple[Option, ...]:
        named = [each["valueCoding"] for each in extensions.found(raw, extensions.UNIT_OPTION) if "valueCoding" in each]
        address = extensions.first(raw, extensions.UNIT_VALUE_SET, "valueCanonical")
        if address:
            named += codings(self.document, address)
        return tuple(self._of_coding(each) for each in named)


def _only_helps(item: Item) -> bool:
    return item.type is Type.DISPLAY and not item.conditions


def _control(raw: Mapping[str, Any]) -> str:
    concept = extensions.first(raw, extensions.CONTROL, "valueCodeableConcept") or {}
    return next((str(code.get("code")) for code in concept.get("coding", ())), "")


def _unit(coding: Mapping[str, Any] | None) -> str:
    return str((coding or {}).get("display") or (coding or {}).get("code") or "")


def _most_times(raw: Mapping[str, Any]) -> int | None:
    if not raw.get("repeats"):
        return None
    most = extensions.first(raw, extensions.MAX_OCCURS, "valueInteger")
    return max(1, min(most, limits.TIMES)) if most else limits.TIMES


def _bounds(raw: Mapping[str, Any]) -> Bounds:
    return Bounds(
        least=_bound(raw, extensions.MIN_VALUE),
        most=_bound(raw, extensions.MAX_VALUE),
        shortest=extensions.first(raw, extensions.MIN_LENGTH, "valueInteger"),
        longest=raw.get("maxLength"),
        decimals=extensions.first(raw, extensions.MAX_DECIMALS, "valueInteger"),
    )


def _bound(raw: Mapping[str, Any], url: str) -> Value | None:
    for each in extensions.found(raw, url):
        return {name: each[name] for name in each if name.startswith("value")}
    return None


def _selected(raw: Mapping[str, Any]) -> tuple[Value, ...]:
    return tuple(
        {
            name: {part: held[part] for part in held if not part.startswith("_")} if isinstance(held, Mapping) else held
            for name, held in option.items()
            if name.startswith("value")
        }
        for option in raw.get("answerOption", ())
        if option.get("initialSelected")
    )
