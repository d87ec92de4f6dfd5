"""Telephone numbers: one form that is stored and searched, one that is shown."""

import phonenumbers

HOME = "FI"


def normal_phone(text: str) -> str:
    """The number as +358401234567, or nothing when no number can be read from the text."""
    try:
        number = phonenumbers.parse(text, HOME)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def shown_phone(stored: str) -> str:
    """A stored number as people say it: 040 1234567 at home, +46 70 123 45 67 from elsewhere."""
    try:
        number = phonenumbers.parse(stored, HOME)
    except phonenumbers.NumberParseException:
        return stored
    at_home = number.country_code == phonenumbers.country_code_for_region(HOME)
    shape = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(number, shape.NATIONAL if at_home else shape.INTERNATIONAL)


def looks_like_phone(text: str) -> bool:
    """Whether a search is meant as a telephone number: it has five digits or more and no letters."""
    digits = sum(letter.isdigit() for letter in text)
    return digits >= 5 and not any(letter.isalpha() for letter in text)
