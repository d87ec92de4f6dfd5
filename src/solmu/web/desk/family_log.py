"""Who has read the family's record. The family may ask for it at any time; looking at it is itself logged."""

from datetime import date

from django import forms
from django.urls import path
from django.utils.translation import gettext_lazy

from solmu.access import gate
from solmu.access.deeds import Deed
from solmu.families import queries
from solmu.web.desk.shell import render_family
from solmu.web.reading import identifier
from solmu.web.ui.forms import Day, Form

_PRINTED = 1000


class LogForm(Form):
    """Narrows the log to one person or one day."""

    who = forms.ChoiceField(label=gettext_lazy("Who"), required=False)
    day = forms.DateField(label=gettext_lazy("Day"), required=False, widget=Day)

    def __init__(self, *args, people=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [("", gettext_lazy("everybody")), *((str(key), name) for key, name in people)]


def family_log(request, family_id):
    """The log's page, and with `print` the whole of it on paper."""
    access = gate.require(request.actor, Deed.READ_LOG_OF_FAMILY, family_id)
    printed = "print" in request.GET
    found = queries.family_log(
        access,
        account_id=identifier(request.GET.get("who")),
        day=_day(request.GET.get("day")),
        before=_number(request.GET.get("before")),
        most=_PRINTED if printed else queries.LOG_PAGE,
    )
    kept = request.GET.copy()
    for name in ("before", "print"):
        kept.pop(name, None)
    context = {
        "log": found,
        "form": LogForm(request.GET or None, people=found.people),
        "kept": kept.urlencode(),
        "printed": printed,
    }
    return render_family(request, access, "desk/family_log.html", "family_log", context)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 18 else None


urls = [path("families/<uuid:family_id>/readers/", family_log, name="family_log")]
