"""Takes in the items of a form, one by one, and says of each what became of it."""

from collections.abc import Mapping
from typing import Any

from solmu.instruments.questionnaire import extensions, limits, shapes
from solmu.instruments.questionnaire.conditions import Items, walk
from solmu.instruments.questionnaire.items import CHOICES, NOT_ASKED, VALUE_KEYS, WORDS, Type
from solmu.instruments.questionnaire.report import FormRefused, Report
from solmu.instruments.questionnaire.texts import TRANSLATION, translation
from solmu.instruments.questionnaire.value_sets import KNOWN

_FIELDS = {"linkId", "definition", "code", "prefix", "text", "type", "enableWhen", "enableBehavior", "required"}
_FIELDS |= {"repeats", "readOnly", "maxLength", "answerValueSet", "answerOption", "initial", "item", "extension", "id"}
_OPERATORS = {"exists", "=", "!=", ">", "<", ">=", "<="}
_NUMBERS = {Type.DECIMAL, Type.INTEGER, Type.QUANTITY}


class ItemTaker:
    """Takes items with one report; knows which linkIds are used and which items were left out."""

    def __init__(self, report: Report, value_sets: Mapping[str, int]):
        self.report, self.value_sets = report, value_sets
        self.seen: set[str] = set()
        self.left_out: set[str] = set()
        self.asks = 0
        self.options = 0
        self.conditions = 0

    def take_all(self, items: list[Mapping[str, Any]], depth: int = 1) -> Items:
        """The items of one level that are taken."""
        if depth > limits.DEPTH:
            raise FormRefused("too_deep")
        return [taken for item in items if (taken := self._take(item, depth))]

    def report_taken(self, items: Items) -> None:
        """Says of each item that nothing else was said of that it was taken as it was."""
        told = {line.place for line in self.report.lines}
        for _parent, item in walk(items):
            if item["linkId"] not in told:
                self.report.taken(item["linkId"], item.get("text", ""))

    def _take(self, raw: Mapping[str, Any], depth: int) -> dict[str, Any] | None:
        link_id = shapes.text(raw, "linkId", "item")
        if not link_id or len(link_id) > 255:
            raise FormRefused("link_id", about=link_id)
        if link_id in self.seen:
            raise FormRefused("link_id_twice", place=link_id)
        self.seen.add(link_id)
        if len(self.seen) > limits.ITEMS:
            raise FormRefused("too_many", about="item")
        children = shapes.listed(raw, "item", link_id, limits.ITEMS)
        if not self._may_be_taken(raw, link_id):
            self._leave_out(raw, children, link_id)
            return None
        kept = self._kept(raw, link_id)
        self.asks += kept["type"] not in NOT_ASKED
        return self._with_children(kept, children, depth)

    def _may_be_taken(self, raw: Mapping[str, Any], link_id: str) -> bool:
        kind = shapes.text(raw, "type", link_id)
        if kind not in list(Type):
            self.report.left_out(link_id, "type", kind)
            return False
        if extensions.found(raw, *extensions.CALCULATED):
            self.report.left_out(link_id, "calculated", shapes.text(raw, "text", link_id))
            return False
        return True

    def _leave_out(self, raw: Mapping[str, Any], children: list, link_id: str) -> None:
        """What is inside an item that is left out goes with it."""
        self.left_out.add(link_id)
        for child in children:
            inside = shapes.text(child, "linkId", link_id)
            self.report.left_out(inside, "inside_left_out", link_id)
            self.seen.add(inside)
            self._leave_out(child, shapes.listed(child, "item", inside, limits.ITEMS), inside)

    def _with_children(self, kept: dict[str, Any], children: list, depth: int) -> dict[str, Any] | None:
        link_id, kind = kept["linkId"], kept["type"]
        if kind == Type.DISPLAY:
            for child in children:
                inside = shapes.text(child, "linkId", link_id)
                self.report.left_out(inside, "inside_display", link_id)
                self._leave_out(child, shapes.listed(child, "item", inside, limits.ITEMS), inside)
            return kept
        inner = self.take_all(children, depth + 1)
        if inner:
            kept["item"] = inner
            if kind not in NOT_ASKED and kept.get("repeats") and any(each["type"] != Type.DISPLAY for each in inner):
                self.report.changed(link_id, "asked_once")
        elif kind == Type.GROUP:
            self.report.left_out(link_id, "empty_group")
            self.left_out.add(link_id)
            return None
        return kept

    def _kept(self, raw: Mapping[str, Any], link_id: str) -> dict[str, Any]:
        kept: dict[str, Any] = {"linkId": link_id}
        for name in ("definition", "prefix"):
            if found := shapes.text(raw, name, link_id):
                kept[name] = found
        codes = [coding for each in shapes.listed(raw, "code", link_id) if (coding := _coding(each, link_id))]
        if codes:
            kept["code"] = codes
        kept |= take_translations(raw, "text", link_id, self.report)
        kept["type"] = shapes.text(raw, "type", link_id)
        kept |= self._conditions(raw, link_id)
        kept |= {name: True for name in ("required", "repeats", "readOnly") if shapes.truth(raw, name, link_id)}
        if kept["type"] == Type.DISPLAY:
            kept = {name: value for name, value in kept.items() if name not in {"required", "repeats", "readOnly"}}
        if "maxLength" in raw and kept["type"] in WORDS | {Type.OPEN_CHOICE}:
            kept["maxLength"] = max(shapes.whole(raw["maxLength"], link_id, "maxLength"), 1)
        self._extensions(raw, kept)
        self._answers(raw, kept)
        self._initial(raw, kept)
        for name in raw:
            if name not in _FIELDS and name.removeprefix("_") not in {"text", "prefix"}:
                self.report.left_out(link_id, "field", name)
        return kept

    # what an item holds

    def _conditions(self, raw: Mapping[str, Any], link_id: str) -> dict[str, Any]:
        conditions = []
        listed = shapes.listed(raw, "enableWhen", link_id, limits.CONDITIONS)
        self.conditions += len(listed)
        if self.conditions > limits.ALL_CONDITIONS:
            raise FormRefused("too_many", place=link_id, about="enableWhen")
        for each in listed:
            operator, answer = shapes.text(each, "operator", link_id), shapes.value(each, "answer", link_id)
            question = shapes.text(each, "question", link_id)
            whole = operator in _OPERATORS and answer and (operator != "exists" or "valueBoolean" in answer)
            if not whole:
                self.report.changed(link_id, "condition_kind", question)
                return {}
            ((kind, held),) = answer.items()
            conditions.append({"question": question, "operator": operator, f"answer{kind.removeprefix('value')}": held})
        if not conditions:
            return {}
        behavior = shapes.text(raw, "enableBehavior", link_id)
        if len(conditions) > 1 and behavior not in {"all", "any"}:
            self.report.changed(link_id, "behavior")
            behavior = "any"
        return {"enableWhen": conditions, **({"enableBehavior": behavior} if len(conditions) > 1 else {})}

    def _extensions(self, raw: Mapping[str, Any], kept: dict[str, Any]) -> None:
        listed = []
        for each in shapes.listed(raw, "extension", kept["linkId"]):
            url = shapes.text(each, "url", kept["linkId"])
            if url in extensions.OF_ITEM and (taken := _extension(each, url, kept["linkId"])):
                self._count(self.value_sets.get(str(taken.get("valueCanonical", ""))[1:], 0), kept["linkId"])
                listed.append(taken)
            elif not extensions.is_quiet(url):
                self._tell_extension(kept["linkId"], url)
        if listed:
            kept["extension"] = listed

    def _tell_extension(self, link_id: str, url: str) -> None:
        code = extensions.reason(url)
        if code == "condition_expression":
            self.report.changed(link_id, code, url)
        else:
            self.report.left_out(link_id, code, url)

    def _answers(self, raw: Mapping[str, Any], kept: dict[str, Any]) -> None:
        if kept["type"] not in CHOICES:
            return
        link_id, address = kept["linkId"], shapes.text(raw, "answerValueSet", kept["linkId"])
        options = self._options(raw, link_id)
        if options:
            kept["answerOption"] = options
        elif address and (address[1:] in self.value_sets or address.split("|")[0] in KNOWN):
            self._count(self.value_sets.get(address[1:], 0), link_id)
            kept["answerValueSet"] = address
        else:
            self.report.changed(link_id, "answers_elsewhere" if address else "no_answers", address)
            kept["type"] = Type.OPEN_CHOICE.value

    def _count(self, options: int, link_id: str) -> None:
        """A list that many questions share counts each time: that is how often it is drawn."""
        self.options += options
        if self.options > limits.ALL_OPTIONS:
            raise FormRefused("too_many", place=link_id, about="answerOption")

    def _options(self, raw: Mapping[str, Any], link_id: str) -> list[dict[str, Any]]:
        taken, known = [], set()
        for each in shapes.listed(raw, "answerOption", link_id):
            self._count(1, link_id)
            value = shapes.value(each, "value", link_id)
            if value is None or "valueReference" in each:
                self.report.left_out(link_id, "option", ", ".join(name for name in each if name.startswith("value")))
                continue
            key = repr(sorted((k, v) for k, v in value.items() if not isinstance(v, dict))) + repr(
                [(v.get("system"), v.get("code") or v.get("display")) for v in value.values() if isinstance(v, dict)]
            )
            if key in known:
                held = next(iter(value.values()))
                self.report.left_out(link_id, "option_twice", held.get("code") if isinstance(held, dict) else held)
                continue
            known.add(key)
            taken.append(self._option(each, value, link_id))
        return taken

    def _option(self, raw: Mapping[str, Any], value: dict[str, Any], link_id: str) -> dict[str, Any]:
        option = dict(value)
        coding = option.get("valueCoding")
        if coding is not None:
            option["valueCoding"] = {name: held for name, held in coding.items() if name not in {"display", "_display"}}
            option["valueCoding"] |= take_translations(coding, "display", link_id, self.report)
        elif "valueString" in option:
            option |= take_translations(raw, "valueString", link_id, self.report)
        if shapes.truth(raw, "initialSelected", link_id):
            option["initialSelected"] = True
        listed = []
        for each in [*shapes.listed(raw, "extension", link_id), *_of_coding(raw, link_id)]:
            url = shapes.text(each, "url", link_id)
            if url in extensions.OF_OPTION:
                listed.append({name: each[name] for name in ("url", "valueBoolean", "valueString") if name in each})
            else:
                self.report.left_out(link_id, extensions.reason(url), url)
        return option | ({"extension": listed} if listed else {})

    def _initial(self, raw: Mapping[str, Any], kept: dict[str, Any]) -> None:
        values, kind = [], kept["type"]
        for each in shapes.listed(raw, "initial", kept["linkId"]):
            value = shapes.value(each, "value", kept["linkId"])
            if value and kind not in NOT_ASKED and (kind in CHOICES or VALUE_KEYS[Type(kind)] in value):
                values.append(value)
            else:
                self.report.left_out(kept["linkId"], "initial", ", ".join(each))
        if values:
            kept["initial"] = values


def take_translations(raw: Mapping[str, Any], name: str, place: str, report: Report) -> dict[str, Any]:
    """A text with its translations; other things said beside a text, such as its formatting, are reported."""
    text = shapes.text(raw, name, place)
    if not text:
        return {}
    told = []
    beside = raw.get(f"_{name}")
    for each in shapes.listed(beside, "extension", place) if isinstance(beside, Mapping) else []:
        if each.get("url") != TRANSLATION:
            report.left_out(place, extensions.reason(str(each.get("url", ""))), each.get("url", ""))
            continue
        parts = {part.get("url"): part for part in shapes.listed(each, "extension", place)}
        language, content = parts.get("lang", {}).get("valueCode"), parts.get("content", {})
        said = shapes.text(content, "valueString", place) or shapes.text(content, "valueMarkdown", place)
        if shapes.is_language(language) and said:
            told.append(translation(language, said))
    return {name: text, **({f"_{name}": {"extension": told}} if told else {})}


def _coding(raw: Mapping[str, Any], place: str) -> dict[str, Any]:
    return {
        name: found for name in ("system", "version", "code", "display") if (found := shapes.text(raw, name, place))
    }


def _of_coding(raw: Mapping[str, Any], place: str) -> list[Mapping[str, Any]]:
    coding = raw.get("valueCoding")
    return shapes.listed(coding, "extension", place) if isinstance(coding, Mapping) else []


def _extension(raw: Mapping[str, Any], url: str, place: str) -> dict[str, Any] | None:
    """An extension that Solmu understands, with its value in the shape it has; None when it has another."""
    if url == extensions.CONTROL:
        concept = shapes.mapping(raw.get("valueCodeableConcept", {}), place, url)
        codes = [_coding(each, place) for each in shapes.listed(concept, "coding", place)]
        return {"url": url, "valueCodeableConcept": {"coding": codes}} if codes else None
    if url == extensions.UNIT_VALUE_SET:
        address = shapes.text(raw, "valueCanonical", place)
        return {"url": url, "valueCanonical": address} if address.startswith("#") else None
    value = shapes.value(raw, "value", place)
    return {"url": url, **value} if value else None
