"""A length of time in words, as it is read: one week, two weeks."""

from django.utils.translation import gettext as _, ngettext

from solmu.operating_models.rules import Span


def length_words(unit: str, number: int) -> str:
    """So many days, weeks, months or years."""
    words = {
        "days": ngettext("%(n)s day", "%(n)s days", number),
        "weeks": ngettext("%(n)s week", "%(n)s weeks", number),
        "months": ngettext("%(n)s month", "%(n)s months", number),
        "years": ngettext("%(n)s year", "%(n)s years", number),
    }
    return words[unit] % {"n": number}


def span_words(span: Span) -> str:
    """A span with each of its parts."""
    parts = {"years": span.years, "months": span.months, "weeks": span.weeks, "days": span.days}
    return " ".join(length_words(unit, number) for unit, number in parts.items() if number) or _("at once")
