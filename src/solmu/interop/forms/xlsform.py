"""An XLSForm sheet as a FHIR R4 Questionnaire. pyxform reads the sheet; what FHIR cannot say of it is told."""

from collections.abc import Iterator, Mapping
from datetime import date
from io import BytesIO
from typing import Any

from solmu.instruments.questionnaire import FormRefused, Line, extensions, limits
from solmu.instruments.questionnaire.report import Report
from solmu.interop.forms.expressions import Unsayable
from solmu.interop.forms.sheet_conditions import Asked, bounds, conditions, number_of
from solmu.interop.forms.sheet_faults import sheet_fault
from solmu.interop.forms.sheet_words import Words

_ONE, _SEVERAL = "choice", "several"
_TYPES = {
    "text": "string",
    "string": "string",
    "q string": "string",
    "integer": "integer",
    "int": "integer",
    "q int": "integer",
    "decimal": "decimal",
    "q decimal": "decimal",
    "range": "decimal",
    "percentage": "integer",
    "date": "date",
    "q date": "date",
    "time": "time",
    "dateTime": "dateTime",
    "datetime": "dateTime",
    "date time": "dateTime",
    "note": "display",
    "q note": "display",
    "acknowledge": "boolean",
    "trigger": "boolean",
    "select one": _ONE,
    "select one external": _ONE,
    "select all that apply": _SEVERAL,
    "group": "group",
    "repeat": "group",
}
_MADE_BY_PYXFORM = "reserved_name_for_field_list_labels_"
_YES = {"yes", "true", "true()", "1"}
_HEADERS = ("survey_header", "choices_header", "settings_header")
_COLUMNS = 500  # several for each language
_QUIET_SETTINGS = {"form_title", "form_id", "version", "default_language", "id_string", "title"}


def as_questionnaire(raw: bytes) -> tuple[dict[str, Any], tuple[Line, ...]]:
    """The form in a sheet, and what was said of it on the way."""
    sheets, survey = _read(raw)
    report = Report()
    try:
        return _Sheet(sheets, survey, report).questionnaire(), tuple(report.lines)
    except RecursionError:
        raise FormRefused("too_deep") from None


def _read(raw: bytes) -> tuple[Any, dict[str, Any]]:
    from pyxform.errors import PyXFormError
    from pyxform.xls2json import workbook_to_json
    from pyxform.xls2json_backends import get_xlsform

    try:
        _refuse_twins(raw)
        sheets = get_xlsform(BytesIO(raw), file_type=".xlsx")
        if len(sheets.survey or ()) > limits.ITEMS * 3 or len(sheets.choices or ()) > limits.ALL_OPTIONS:
            raise FormRefused("too_many_rows")
        if any(len(each) > _COLUMNS for header in _HEADERS for each in getattr(sheets, header) or ()):
            raise FormRefused("too_many_columns")
        return sheets, workbook_to_json(sheets, form_name="form", warnings=[])
    except PyXFormError as error:
        raise sheet_fault(str(error).split("\n", 1)[0]) from None
    except RecursionError:
        raise FormRefused("too_deep") from None
    except FormRefused:
        raise
    except Exception:  # noqa: BLE001 (on whatever others' readers break, the file is not whole)
        raise FormRefused("damaged") from None


def _refuse_twins(raw: bytes) -> None:
    """pyxform would read a sheet once for each time that its name stands in the book."""
    from openpyxl import load_workbook

    names = [name.lower() for name in load_workbook(BytesIO(raw), read_only=True).sheetnames]
    if len(set(names)) < len(names):
        raise FormRefused("damaged")


class _Sheet:
    def __init__(self, sheets: Any, survey: dict[str, Any], report: Report):
        self.survey, self.report = survey, report
        self.words = Words(str(survey.get("default_language") or "default"), report)
        self.settings = dict((sheets.settings or [{}])[0])
        self.listed = _listed(sheets.choices or ())
        self.link_ids = _link_ids(survey.get("children", ()))
        self.known: dict[str, Asked] = {}

    def questionnaire(self) -> dict[str, Any]:
        """The whole form."""
        title = str(self.survey.get("title") or self.survey.get("id_string") or "")
        document: dict[str, Any] = {"resourceType": "Questionnaire", "status": "active"}
        document |= {"title": title if title != "data" else ""}
        if self.words.language:
            document["language"] = self.words.language
        for name, field in (("version", "version"), ("id_string", "name")):
            if self.survey.get(name) and self.survey[name] != "data":
                document[field] = str(self.survey[name])
        for name in self.settings:
            if name not in _QUIET_SETTINGS:
                self.report.left_out("", "setting", name)
        rows = self.survey.get("children", ())
        self._learn(rows)
        document["item"] = self._items(rows)
        return document

    def _learn(self, rows: Any) -> None:
        """What formulas may name: every question. pyxform refuses a formula with a name that the sheet gives twice."""
        for row in _walk(rows):
            kind = _TYPES.get(row.get("type", ""), "")
            if kind not in {"", "group", "display"}:
                type_ = _ONE if kind == _SEVERAL else kind
                self.known[str(row.get("name", ""))] = (self.link_ids[id(row)], type_, kind == _SEVERAL)

    def _items(self, rows: Any) -> list[dict[str, Any]]:
        rows, found = list(rows), []
        for place, row in enumerate(rows):
            after = rows[place + 1] if place + 1 < len(rows) else {}
            before = rows[place - 1] if place else {}
            if not _is_made(row, rows) and not _is_other_of(row, before):
                found += self._item(row, has_other=_is_other_of(after, row))
        return found

    def _item(self, row: Mapping[str, Any], *, has_other: bool) -> list[dict[str, Any]]:
        link_id, said = self.link_ids[id(row)], str(row.get("type", ""))
        kind = _TYPES.get(said)
        if kind is None or "calculate" in row.get("bind", {}):
            calculated = "calculate" in said or "calculate" in row.get("bind", {})
            self.report.left_out(link_id, "calculated" if calculated else "type", said)
            return []
        self._tell_media(row, link_id)
        item = {"linkId": link_id, "type": "choice" if kind == _SEVERAL else kind}
        item |= self.words.text(row.get("label"), "text", link_id)
        if kind == "display" and "text" not in item:
            self.report.left_out(link_id, "media", said)
            return []
        item |= self._rules(row, item, link_id)
        if kind in {_ONE, _SEVERAL}:
            self._choose(row, item, several=kind == _SEVERAL, has_other=has_other)
        elif said == "repeat":
            item["repeats"] = True
            if count := row.get("control", {}).get("jr:count"):
                self.report.changed(link_id, "count", count)
        elif said == "range":
            self._range(row, item)
        inner = self._items(row.get("children", ())) if kind == "group" else []
        return [item | self._inside(row, link_id, inner)]

    def _inside(self, row: Mapping[str, Any], link_id: str, inner: list) -> dict[str, Any]:
        """What is asked inside, after the hint that helps to answer."""
        hint = self.words.text(row.get("hint"), "text", link_id)
        if hint and row.get("type") != "note":
            helping = {"url": extensions.CONTROL, "valueCodeableConcept": {"coding": [{"code": "help"}]}}
            inner = [{"linkId": f"{link_id}/hint", "type": "display", **hint, "extension": [helping]}, *inner]
        return {"item": inner} if inner else {}

    def _tell_media(self, row: Mapping[str, Any], link_id: str) -> None:
        if row.get("media"):
            self.report.left_out(link_id, "media", ", ".join(map(str, row["media"])))
        if row.get("trigger"):
            self.report.left_out(link_id, "parameters", "trigger")

    def _rules(self, row: Mapping[str, Any], item: dict[str, Any], link_id: str) -> dict[str, Any]:
        bind, found = row.get("bind", {}), {}
        required = str(bind.get("required", "")).strip().lower()
        if required in _YES and item["type"] != "display":
            found["required"] = True
        elif required not in {"", "no", "false", "false()", "0"}:
            self.report.left_out(link_id, "expression", f"required: {required}")
        if str(bind.get("readonly", "")).strip().lower() in _YES:
            found["readOnly"] = True
        if relevant := bind.get("relevant"):
            found |= conditions(str(relevant), link_id, self.known, self.report)
        if constraint := bind.get("constraint"):
            found |= bounds(str(constraint), link_id, item["type"], self.report)
        control = row.get("control", {})
        long = "multiline" in str(control.get("appearance", "")) or str(control.get("rows", "1")) not in {"", "1"}
        if item["type"] == "string" and long:
            found["type"] = "text"
        return found | self._initial(row, item, link_id)

    def _initial(self, row: Mapping[str, Any], item: dict[str, Any], link_id: str) -> dict[str, Any]:
        default = str(row.get("default") or "").strip()
        if not default or item["type"] in {"group", "display"}:
            return {}
        if "${" in default or "(" in default:
            self.report.left_out(link_id, "default", default)
            return {}
        values = default.split() if row.get("type") == "select all that apply" else [default]
        try:
            return {"initial": [_INITIAL[item["type"]](each) for each in values]}
        except (ValueError, KeyError, Unsayable):
            self.report.left_out(link_id, "initial", default)
            return {}

    def _choose(self, row: Mapping[str, Any], item: dict[str, Any], *, several: bool, has_other: bool) -> None:
        link_id, codes = item["linkId"], self.listed.get(str(row.get("list_name") or row.get("itemset")), set())
        options = []
        for choice in row.get("choices") or ():
            name = str(choice.get("name", ""))
            if name == "other" and name not in codes:
                continue  # pyxform adds it to the list for every question that shares the list
            if choice.get("media"):
                self.report.left_out(link_id, "media", name)
            display = self.words.text(choice.get("label"), "display", link_id) or {"display": name}
            options.append({"valueCoding": {"code": name, **display}})
        item["answerOption"] = options
        if several:
            item["repeats"] = True
        if has_other:
            item["type"] = "open-choice"
            self.report.changed(link_id, "or_other")
        if row.get("choice_filter"):
            self.report.changed(link_id, "choice_filter", row["choice_filter"])
        if "minimal" in str(row.get("control", {}).get("appearance", "")):
            control = {"url": extensions.CONTROL, "valueCodeableConcept": {"coding": [{"code": "drop-down"}]}}
            item.setdefault("extension", []).append(control)

    def _range(self, row: Mapping[str, Any], item: dict[str, Any]) -> None:
        """A range is a number between its ends; how fine its steps are is not checked."""
        told = row.get("parameters") or {}
        for name, url in (("start", extensions.MIN_VALUE), ("end", extensions.MAX_VALUE)):
            try:
                item.setdefault("extension", []).append({"url": url, "valueDecimal": number_of(told[name], "decimal")})
            except (KeyError, TypeError, ValueError, Unsayable):
                self.report.left_out(item["linkId"], "parameters", name)


def _coding(text: str) -> dict[str, Any]:
    return {"valueCoding": {"code": text}}


_INITIAL = {
    "string": lambda text: {"valueString": text},
    "text": lambda text: {"valueString": text},
    "integer": lambda text: {"valueInteger": number_of(text, "integer")},
    "decimal": lambda text: {"valueDecimal": number_of(text, "decimal")},
    "date": lambda text: {"valueDate": date.fromisoformat(text[:10]).isoformat()},
    "choice": _coding,
    "boolean": lambda text: {"valueBoolean": text.lower() in {*_YES, "ok"}},
}


def _walk(rows: Any) -> Iterator[Mapping[str, Any]]:
    for row in rows:
        yield row
        yield from _walk(row.get("children", ()))


def _link_ids(rows: Any, above: str = "") -> dict[int, str]:
    """A linkId for each row by its identity: its name, or its path where the sheet uses a name twice."""
    named: dict[str, list[tuple[int, str]]] = {}
    waiting = [(row, above) for row in rows]
    while waiting:
        row, path = waiting.pop(0)
        here = f"{path}/{row.get('name', '')}".strip("/")
        named.setdefault(str(row.get("name", "")), []).append((id(row), here))
        waiting += [(child, here) for child in row.get("children", ())]
    return {key: (name if len(same) == 1 else path)[-255:] for name, same in named.items() for key, path in same}


def _listed(choices: Any) -> dict[str, set[str]]:
    """The names of the answers that the sheet itself gives to each list."""
    found: dict[str, set[str]] = {}
    for row in choices:
        name = row.get("list_name") or row.get("list name") or ""
        found.setdefault(str(name), set()).add(str(row.get("name", "")))
    return found


def _is_made(row: Mapping[str, Any], siblings: list) -> bool:
    """What pyxform adds of its own: the form's identifier, labels of tables, counts of repeats."""
    name = str(row.get("name", ""))
    counts = {f"{each.get('name')}_count" for each in siblings if each.get("type") == "repeat"}
    is_meta = name == "meta" and row.get("control", {}).get("bodyless")
    return bool(is_meta) or name.startswith(_MADE_BY_PYXFORM) or (row.get("type") == "calculate" and name in counts)


def _is_other_of(row: Mapping[str, Any], question: Mapping[str, Any]) -> bool:
    """Whether it only asks which the other answer of the question before is."""
    name = question.get("name")
    relevant = str(row.get("bind", {}).get("relevant", ""))
    return bool(name) and row.get("name") == f"{name}_other" and relevant == f"selected(../{name}, 'other')"
