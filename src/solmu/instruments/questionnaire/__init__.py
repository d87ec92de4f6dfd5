"""A form as a FHIR R4 Questionnaire: taken in, read in a language, its values. Knows neither Django nor the clock."""

from solmu.instruments.questionnaire.items import Condition, Form, Item, Option, Type, Value
from solmu.instruments.questionnaire.reading import read_form
from solmu.instruments.questionnaire.report import FormRefused, Line, Outcome
from solmu.instruments.questionnaire.taking import Taken, take
from solmu.instruments.questionnaire.texts import languages_of

__all__ = [
    "Condition",
    "Form",
    "FormRefused",
    "Item",
    "Line",
    "Option",
    "Outcome",
    "Taken",
    "Type",
    "Value",
    "languages_of",
    "read_form",
    "take",
]
