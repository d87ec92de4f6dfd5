"""What is said of a value that has the right kind, but is too long, too large, too many, or written in another way?"""

from collections.abc import Callable

from django.utils.translation import gettext as _, gettext_lazy, ngettext
from jsonschema import ValidationError

from solmu.operating_models.package.problems import shown

PATTERNS = {
    r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$": gettext_lazy(
        "A name inside the package: small letters, digits and single hyphens."
    ),
    r"^[a-z0-9][a-z0-9_-]*$": gettext_lazy("Write small letters, digits, hyphens and underscores."),
    r"^[a-z0-9][a-z0-9_-]*(\.[a-z0-9][a-z0-9_-]*)*$": gettext_lazy(
        "Write the place of a text in texts/<language>.yaml, with dots between levels."
    ),
    r"^[a-z][a-z0-9_-]*(\.[a-z0-9][a-z0-9_-]*)+$": gettext_lazy(
        "Write the place by names and ids with dots between them, such as texts.fi.<key>."
    ),
    r"^[a-z][a-z_]*$": gettext_lazy("Write small letters and underscores."),
    r"^[a-z][a-z_]*\.[a-z][a-z_]*$": gettext_lazy("Write the name of a fact, such as family.has_children."),
    r"^\d{4}-\d{2}-\d{2}$": gettext_lazy("Write it as 2026-03-31."),
    r"^https?://\S+$": gettext_lazy("Write a whole address, beginning with https://."),
    r"^[0-9]+(\.[0-9]+)*(\+[a-z0-9]+(-[a-z0-9]+)*\.[0-9]+)?$": gettext_lazy(
        'Write numbers with dots between them, in quotation marks: "2.1".'
    ),
    r"^[A-Z]{1,4}[0-9]{1,3}$": gettext_lazy("Write one to four capital letters and a number, such as AB1."),
}
"""How each pattern of the schemas is met, in words."""


def _pattern(error: ValidationError) -> tuple[str, str]:
    what = _("This does not pass: %(value)s is not written as it must be.") % {"value": shown(error.instance)}
    return what, str(PATTERNS[error.validator_value.replace(r"\Z", "$")])


def _too_short(error: ValidationError) -> tuple[str, str]:
    least = error.validator_value
    mend = ngettext("Write at least %(least)d character.", "Write at least %(least)d characters.", least)
    return _("The text is too short."), mend % {"least": least}


def _too_long(error: ValidationError) -> tuple[str, str]:
    return _("The text is too long."), _("Stay within %(most)d characters.") % {"most": error.validator_value}


def _too_few(error: ValidationError) -> tuple[str, str]:
    least = error.validator_value
    mend = ngettext("The list needs at least %(least)d entry.", "The list needs at least %(least)d entries.", least)
    return _("The list is too short."), mend % {"least": least}


def _too_many(error: ValidationError) -> tuple[str, str]:
    return _("The list is too long."), _("Stay within %(most)d entries.") % {"most": error.validator_value}


def _nothing(_error: ValidationError) -> tuple[str, str]:
    return _("Nothing stands here."), _("Fill it in.")


def _too_many_fields(error: ValidationError) -> tuple[str, str]:
    return _("Too many fields stand here."), _("Keep at most %(most)d.") % {"most": error.validator_value}


def _too_small(error: ValidationError) -> tuple[str, str]:
    mend = _("Write at least %(least)s.") % {"least": error.validator_value}
    return _("%(value)s is too small.") % {"value": shown(error.instance)}, mend


def _too_large(error: ValidationError) -> tuple[str, str]:
    mend = _("Write at most %(most)s.") % {"most": error.validator_value}
    return _("%(value)s is too large.") % {"value": shown(error.instance)}, mend


LIMITS: dict[str, Callable[[ValidationError], tuple[str, str]]] = {
    "pattern": _pattern,
    "minLength": _too_short,
    "maxLength": _too_long,
    "minItems": _too_few,
    "maxItems": _too_many,
    "minProperties": _nothing,
    "maxProperties": _too_many_fields,
    "minimum": _too_small,
    "maximum": _too_large,
}
"""What is wrong and how to mend it, by the word of the schema that refuses a value."""
