"""Why could a file not be read as YAML? The reader tells it in few words of English; here they can be translated."""

from django.utils.translation import gettext as _, gettext_noop

_WHYS = {
    gettext_noop("block sequence entries are not allowed in this context"),
    gettext_noop("could not find expected ':'"),
    gettext_noop("control characters are not allowed"),
    gettext_noop("did not find expected ',' or ']'"),
    gettext_noop("did not find expected ',' or '}'"),
    gettext_noop("did not find expected '-' indicator"),
    gettext_noop("did not find expected <document start>"),
    gettext_noop("did not find expected alphabetic or numeric character"),
    gettext_noop("did not find expected comment or line break"),
    gettext_noop("did not find expected key"),
    gettext_noop("did not find expected node content"),
    gettext_noop("did not find expected whitespace or line break"),
    gettext_noop("found a tab character that violates indentation"),
    gettext_noop("found character that cannot start any token"),
    gettext_noop("found unexpected ':'"),
    gettext_noop("found unexpected end of stream"),
    gettext_noop("found unknown escape character"),
    gettext_noop("mapping keys are not allowed in this context"),
    gettext_noop("mapping values are not allowed in this context"),
}
"""What a slip of the hand brings about; the reader's other words are about things that no package holds."""


def not_yaml(why: str | None) -> str:
    """What is said of a file at which the reader stopped."""
    if why in _WHYS:
        why = _(why)
    return _("This is not valid YAML: %(why)s.") % {"why": why or _("it holds a forbidden character")}
