"""What is said of a form that is taken in, and of answers that need mending: one sentence for each code."""

from django.utils.translation import gettext_lazy as _, pgettext_lazy

from solmu.instruments.questionnaire import Line
from solmu.instruments.rules.checking import Fault
from solmu.kernel.directions import isolated
from solmu.kernel.errors import Refused

REASONS = {
    "taken": _("Taken as it is."),
    "answers_elsewhere": _("The list of answers is kept elsewhere (%s). It is answered in own words."),
    "asked_once": _("May be answered several times; what is asked inside it is asked once."),
    "behavior": _("The form does not say whether all or one of its conditions is enough. One is."),
    "calculated": _("Left out: it is calculated from other answers, and Solmu calculates nothing of people."),
    "choice_filter": _("All answers of the list are offered: Solmu does not narrow a list by another answer (%s)."),
    "condition_expression": _("Always shown: its condition is a formula that Solmu does not run."),
    "condition_gone": _("Its condition asks about %s, which was left out. Better shown than lost."),
    "condition_kind": _("Always shown: its condition is of a kind that Solmu does not know."),
    "condition_unknown": _("Its condition asks about %s, which is not in the form. Better shown than lost."),
    "condition_words": _("Always shown: its condition cannot be said in Solmu (%s)."),
    "constraint": _("Not checked: the rule for its answer cannot be said in Solmu (%s)."),
    "constraint_part": _("A part of the rule for its answer cannot be said in Solmu and is not checked (%s)."),
    "contained": _("Not taken: it is no list of answers that stands in the form (%s)."),
    "count": _("How often it stands was fixed by a formula (%s). It is added as often as needed."),
    "default": _("The value that it begins with is a formula (%s). It begins empty."),
    "empty_group": _("Left out: there is nothing in the group."),
    "expression": _("The formula is left out: Solmu runs none (%s)."),
    "extension": _("Left out: Solmu does not know it (%s)."),
    "field": _("Left out: a FHIR R4 form has no such part (%s)."),
    "formatting": _("The formatting is left out; the words are shown as plain text."),
    "initial": _("The value that it begins with does not suit it and is left out."),
    "inside_display": _("Left out: nothing can be asked inside a text (%s)."),
    "inside_left_out": _("Left out with what it is inside of (%s)."),
    "media": _("The picture, sound or film is left out (%s)."),
    "mentions": _("The words would repeat another answer (%s). They are shown without it."),
    "no_answers": _("It offers no answers to choose from. It is answered in own words."),
    "option": _("An answer points to another record (%s) and is left out."),
    "option_twice": _("The same answer stands twice in the list; it is shown once (%s)."),
    "option_words": _("An answer cannot be chosen beside some others in the form (%s). Solmu does not check it."),
    "or_other": _("The answer “other” and the question after it are one question with an answer in own words."),
    "parameters": _("Left out: Solmu does not know it (%s)."),
    "pattern": _("The pattern for its answer is not checked."),
    "r5_constraint": _("Any answer of the right kind was allowed. It is chosen from the list or said in own words."),
    "r5_type": _("Its type (%s) is of a newer FHIR; it is read as the same in FHIR R4."),
    "read_only": _("Nobody can write here; it shows the value that the form gives."),
    "score": _("The points of an answer are left out: Solmu adds up nothing of people."),
    "setting": _("A setting of the form that Solmu does not need (%s)."),
    "type": _("Left out: Solmu does not show this kind of item (%s)."),
    "version": _("The form is of FHIR %s. What differs from R4 is told below."),
}
REFUSALS = {
    "asks_nothing": _("Nothing is asked in this form that Solmu can show."),
    "broken": _("The file cannot be read: it is broken, or it is something else than it says."),
    "damaged": _("The file is not whole. Fetch it again from where it came."),
    "entities": _("The file holds XML definitions that no form needs. It is not opened."),
    "kind": _("This is neither a FHIR Questionnaire (JSON) nor an XLSForm (xlsx)."),
    "link_id": _("An item has no linkId, or one that is too long (%s)."),
    "link_id_twice": _("Two items have the same linkId."),
    "not_a_form": _("This is not a FHIR Questionnaire."),
    "ring": _("The conditions run in a ring (%s): nobody could ever know what to ask."),
    "shape": _("A part of the form is not of the kind that FHIR R4 gives it: %s."),
    "sheet": _("The sheet has a fault: %s"),
    "sheet_choice_name": _("An answer has no name. Write one in the column “name”."),
    "sheet_choice_space": _("The name of an answer has a space in it (%s). Where several may be chosen, write none."),
    "sheet_choice_twice": _("Two answers of a list have the same name. Rename one of them."),
    "sheet_empty": _("The sheet “survey” is empty, or its first row does not hold the names of the columns."),
    "sheet_name": _("A name may hold letters, digits and _ - . only, and begins with a letter or _."),
    "sheet_name_twice": _("The name %s stands twice in the same group. Rename one of them."),
    "sheet_no_calculation": _("What is calculated has no formula. Write it in the column “calculation”."),
    "sheet_no_choices": _("The file lacks the sheet “choices”, with the columns “list_name”, “name” and “label”."),
    "sheet_no_column": _("The sheet lacks a column (%s). Write the names of the columns on its first row."),
    "sheet_no_list": _("The sheet “choices” has no list called %s. Write it there, or correct its name here."),
    "sheet_no_name": _("A question or a group has no name. Write one in the column “name”."),
    "sheet_no_type": _("A question has no type. Write it in the column “type”."),
    "sheet_not_begun": _("What ends here has not begun. Remove the row, or write %s where it begins."),
    "sheet_not_ended": _("What begins here has no end. Write %s on the row after it."),
    "sheet_reference": _("A formula names a question in a wrong way. Write it as ${name}."),
    "sheet_unknown_name": _("A formula asks about %s, which is not in the sheet. Correct the name."),
    "size": _("The file is larger than a form may be."),
    "too_deep": _("The items are nested too deep."),
    "too_long": _("A text is longer than a form’s may be: %s."),
    "too_many": _("There are more of these than a form may have: %s."),
    "too_many_columns": _("The sheet has more columns than a form may have."),
    "too_many_rows": _("The sheet has more rows than a form may have."),
    "too_new": _("Only the newer kind of spreadsheet, xlsx, is read. Save the sheet as xlsx first."),
    "version": _("The form is of FHIR %s, which Solmu does not read. Ask its owner for FHIR R4."),
}
FAULTS = {
    "alone": _("“%s” cannot be chosen together with others."),
    "choice": _("Choose one of the answers."),
    "date": _("Write a day of the calendar, such as 31.1.2026."),
    "date_time": _("Write a day and a time."),
    "decimals": _("Write at most %s decimals."),
    "integer": _("Write a whole number."),
    "number": _("Write a number."),
    "one_answer": _("Choose one answer: either from the list or in own words."),
    "own_words": _("Say in own words what the other answer is."),
    "required": pgettext_lazy("form", "This needs an answer."),
    "time": _("Write a time, such as 14.30."),
    "too_little": _("At least %s."),
    "too_long": _("This is too long. Shorten it to at most %s characters."),
    "too_many_answers": _("At most %s answers."),
    "too_much": _("At most %s."),
    "too_short": _("Write at least %s characters."),
    "unit": _("Choose a unit."),
    "url": _("Write the whole address, such as https://example.org."),
}
OUTCOMES = {"taken": _("taken"), "changed": _("changed"), "left_out": _("left out")}


class NotAForm(Refused):
    """A form that is not taken in; `place` is the linkId or row where the fault is."""

    def __init__(self, code: str, place: str = "", about: str = ""):
        self.code, self.place = code, place
        sentence = filled(REFUSALS[code], about)
        super().__init__(f"{place}: {sentence}" if place else sentence)


def filled(sentence, about: object) -> str:
    """A sentence with what it is about."""
    text = str(sentence)
    return text.replace("%s", isolated(str(about))) if "%s" in text else text


def line_words(line: Line) -> str:
    """What became of a part of a form, in words."""
    return filled(REASONS[line.code], line.about)


def fault_words(fault: Fault) -> str:
    """What is wrong with an answer, in words."""
    return filled(FAULTS[fault.code], fault.about)
