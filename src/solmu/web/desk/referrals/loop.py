"""The six steps of a contact in words, each done, at hand or to come; and who has it now."""

from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _, ngettext

from solmu.referrals.queries import SentRow


def _on(moment: date | datetime | None) -> str:
    if moment is None:
        return ""
    day = localtime(moment).date() if isinstance(moment, datetime) else moment
    return date_format(day, "SHORT_DATE_FORMAT")


def _by(row: SentRow) -> str:
    return _("by %(day)s") % {"day": date_format(row.due_on, "SHORT_DATE_FORMAT")} if row.due_on else ""


def _answer_time(row: SentRow) -> str:
    if row.answered_at:
        return _on(row.answered_at)
    if row.state == "requested":
        return _by(row)
    if row.answers_within is None:
        return ""
    words = ngettext("within %(n)s working day", "within %(n)s working days", row.answers_within)
    return words % {"n": row.answers_within}


def loop(row: SentRow) -> list[dict]:
    """The steps for `ol.thread.loop`."""
    family = _on(row.family_told_on) if row.step > 6 else _("the loop closes only here")
    steps = [
        (_("Prepared by the pair"), _on(row.created_at)),
        (_("Permission and sending"), _on(row.sent_at)),
        (_("The receiver answers"), _answer_time(row)),
        (_("Help begins"), _by(row) if row.step == 4 else ""),
        (_("Word back to the sender"), _on(row.ended_at) or (_by(row) if row.step == 5 else "")),
        (_("The family knows"), family),
    ]
    passed_by = {3: row.ended and not row.answered, 4: row.ended and not row.help_began}
    return [
        {
            "title": title,
            "detail": _detail(detail, here=number == row.step, passed_by=passed_by.get(number, False)),
            "done": number < row.step and not passed_by.get(number, False),
            "now": number == row.step,
        }
        for number, (title, detail) in enumerate(steps, start=1)
    ]


def _detail(detail: str, *, here: bool, passed_by: bool) -> str:
    if passed_by:
        return _("it did not come to this")
    return detail or (_("you are here") if here else "")
