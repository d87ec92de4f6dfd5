"""What is wrong with a sheet, by codes: its reader tells it in English, and people read their own language."""

import re

from solmu.instruments.questionnaire import FormRefused

_ROW, _SHEET = re.compile(r"\[row : (\d+)\]"), re.compile(r"\b(?:On the|for sheet:) '(\w+)'")
_KNOWN = (
    # what the reader says, with what the fault is about; how the fault is called here
    (r"Question with no type", "sheet_no_type"),
    (r"Question or group with no name", "sheet_no_name"),
    (r"Names must begin with a letter", "sheet_name"),
    (r"'name' value '(.+?)' is invalid\. .*must (?:be )?unique", "sheet_name_twice"),
    (r"List name not in choices sheet: (.+)", "sheet_no_list"),
    (r"There should be a choices sheet", "sheet_no_choices"),
    (r"Choices must have a name", "sheet_choice_name"),
    (r"Choice names must be unique", "sheet_choice_twice"),
    (r"Choice names with spaces .* See \[(.+?)\]", "sheet_choice_space"),
    (r"Could not find the name '(.+?)'", "sheet_unknown_name"),
    (r"Reference variables must start with", "sheet_reference"),
    (r"Unmatched 'begin_\w+'\. No matching '(end_\w+)'", "sheet_not_ended"),
    (r"Unmatched 'end_\w+'\. No matching '(begin_\w+)'", "sheet_not_begun"),
    (r"Missing calculation", "sheet_no_calculation"),
    (r"You must have a sheet named .survey.", "sheet_empty"),
    (r"required column headers were not found: (.+?)\. ", "sheet_no_column"),
)


def sheet_fault(told: str) -> FormRefused:
    """The fault that the reader of sheets tells of; one that is not known here keeps the reader's own words."""
    for pattern, code in _KNOWN:
        if found := re.search(pattern, told):
            return FormRefused(code, place=_place(told), about=(found.groups() or ("",))[0])
    return FormRefused("sheet", about=told)


def _place(told: str) -> str:
    """The sheet and the row, as survey:3; the sheet alone where the whole of it is meant."""
    sheet, row = _SHEET.search(told), _ROW.search(told)
    name = sheet[1] if sheet else "survey"
    return f"{name}:{row[1]}" if row else name if sheet else ""
