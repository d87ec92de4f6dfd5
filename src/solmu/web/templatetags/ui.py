"""Tags and filters that every template has: forms' keys, dates, due days, icons."""

from datetime import date, datetime
from uuid import uuid4

from django import template
from django.forms import BoundField
from django.utils import formats
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _, ngettext

from solmu.agenda.rules import is_late
from solmu.instruments import queries as instruments
from solmu.kernel.directions import runs_from_right
from solmu.organisations.rules import working_days_between
from solmu.web.hidden import hide
from solmu.web.once import FIELD
from solmu.web.ui import languages
from solmu.web.ui.forms import look_like_input, says_optional

register = template.Library()


@register.simple_tag(takes_context=True)
def once(context) -> str:
    """The hidden key by which a form does its deed once; kept when the form is shown again after a failed check."""
    typed = context["request"].POST.get(FIELD, "")
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, typed or uuid4())


@register.simple_tag
def icon(name: str, css: str = "") -> str:
    """A drawing from the sprite, hidden from screen readers."""
    return format_html('<svg class="i {}" aria-hidden="true"><use href="#i-{}"/></svg>', css, name)


@register.filter
def drawn(field: BoundField) -> BoundField:
    """A field with the look of solmu.css, also when its form is another package's; its label is not said twice."""
    look_like_input(field.field.widget)
    field.field.widget.attrs.pop("placeholder", None)
    return field


register.filter("says_optional", says_optional)


@register.filter
def step_key(engagement_id, step_id: str):
    """The key of the form that is used at a step of a model under way, for `desk:form_new`."""
    return instruments.step_key(engagement_id, step_id)


@register.filter
def way_back(path: str) -> str:
    """What stands in an address of a guide for the page that it was opened beside."""
    return hide(path)


@register.filter
def month(value: datetime) -> str:
    """A month as people write it: November 2026."""
    return formats.date_format(localtime(value), "YEAR_MONTH_FORMAT")


@register.filter
def day(value: date | datetime | None) -> str:
    """A date as people write it: 24.11.2026."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = localtime(value).date()
    return formats.date_format(value, "SHORT_DATE_FORMAT")


@register.filter
def direction(words: str) -> str:
    """Which way somebody's words run, by their first letter; for paper, which does not know `dir="auto"`."""
    return "rtl" if runs_from_right(words) else "ltr"


@register.filter
def language(code: str) -> str:
    """A language by its name in the reader's language: dari."""
    return languages.language_name(code)


register.filter("language_tag", languages.language_tag)
register.filter("language_direction", languages.language_direction)


@register.filter
def before_words(label: str) -> str:
    """A label as it stands before what is said of it: with a colon, unless it ends in a mark of its own."""
    label = str(label)
    return label if label.endswith(("?", ".", ":", "!")) else f"{label}:"


@register.filter
def moment(value: datetime | None) -> str:
    """A date and a time: 24.11.2026 klo 9.40."""
    if value is None:
        return ""
    local = localtime(value)
    parts = {"day": formats.date_format(local, "SHORT_DATE_FORMAT"), "time": formats.date_format(local, "TIME_FORMAT")}
    return _("%(day)s at %(time)s") % parts


def _due(on: date, today: date) -> tuple[str, str, str]:
    """The tone, the drawing and the words of a due day."""
    working_days = abs(working_days_between(today, on))
    if is_late(on, today):
        if not working_days:
            return "late", "warn", _("Late")
        return (
            "late",
            "warn",
            ngettext("%(n)s working day late", "%(n)s working days late", working_days) % {"n": working_days},
        )
    if on == today:
        return "soon", "clock", _("Today")
    left = max(working_days, 1)
    return "", "clock", ngettext("%(n)s working day", "%(n)s working days", left) % {"n": left}


@register.simple_tag(takes_context=True)
def due(context, on: date | None) -> str:
    """A chip that says when something is due, in working days, in colour and in words."""
    if on is None:
        return ""
    tone, drawing, words = _due(on, context["request"].actor.today)
    return format_html(
        '<span class="chip" data-tone="{}" title="{}">'
        '<svg class="i" aria-hidden="true"><use href="#i-{}"/></svg>{}</span>',
        tone,
        day(on),
        drawing,
        words,
    )
