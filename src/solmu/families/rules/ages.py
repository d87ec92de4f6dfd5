"""Ages on a day, and the lines between child, adolescent and adult."""

from datetime import date

ADULT_FROM = 18  # Lastensuojelulaki 417/2007, 6 §: a child is under 18
ADOLESCENT_FROM = 13  # a convention of youth work, not of law: nobody's rights hang on it


def age_on(birth_date: date | None, day: date) -> int | None:
    """Full years on a day; nothing when the date of birth is unknown or still to come."""
    if birth_date is None or birth_date > day:
        return None
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def is_adult(age: int) -> bool:
    """Of full age."""
    return age >= ADULT_FROM


def is_adolescent(age: int) -> bool:
    """Between childhood and full age: 13 to 17."""
    return ADOLESCENT_FROM <= age < ADULT_FROM
