"""Tags and filters that every template has: forms' keys, dates, due days, icons."""

from datetime import date, datetime
from uuid import uuid4

from django import template
from django.utils import formats
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _, ngettext

from solmu.organisations.rules import working_days_between
from solmu.web.once import FIELD
from solmu.web.ui.languages import language_name

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
def day(value: date | datetime | None) -> str:
    """A date as people write it: 24.11.2026."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = localtime(value).date()
    return formats.date_format(value, "SHORT_DATE_FORMAT")


@register.filter
def language(code: str) -> str:
    """A language by its name in the reader's language: dari."""
    return language_name(code)


@register.filter
def moment(value: datetime | None) -> str:
    """A date and a time: 24.11.2026 klo 9.40."""
    if value is None:
        return ""
    local = localtime(value)
    parts = {"day": formats.date_format(local, "SHORT_DATE_FORMAT"), "time": formats.date_format(local, "TIME_FORMAT")}
    return _("%(day)s at %(time)s") % parts


@register.simple_tag(takes_context=True)
def due(context, on: date | None) -> str:
    """A chip that says when something is due, in working days, in colour and in words."""
    if on is None:
        return ""
    left = working_days_between(context["request"].actor.today, on)
    if left < 0:
        tone, drawing = "late", "warn"
        words = ngettext("%(n)s working day late", "%(n)s working days late", -left) % {"n": -left}
    elif on <= context["request"].actor.today:
        tone, drawing, words = "soon", "clock", _("Today")
    else:
        tone, drawing = "", "clock"
        left = max(left, 1)
        words = ngettext("%(n)s working day", "%(n)s working days", left) % {"n": left}
    return format_html(
        '<span class="chip" data-tone="{}" title="{}">'
        '<svg class="i" aria-hidden="true"><use href="#i-{}"/></svg>{}</span>',
        tone,
        day(on),
        drawing,
        words,
    )
