"""What do the closed lists of the format say to somebody who has never seen the files? By the field that holds them.

One field of several parts may hold several lists (`kind` of a step, of a role, of evidence); no word of one means
something else in another. A test holds that every word of the schemas stands here.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from solmu.operating_models.compare.labels import ENDS, EVIDENCE, MARKS, PARTS, STRENGTHS

Words = dict[str, str | Promise]

_CONTACT_POINTS: Words = {
    "phone": pgettext_lazy("kind of contact point", "phone number"),
    "unit": pgettext_lazy("kind of contact point", "unit"),
    "form": pgettext_lazy("kind of contact point", "form"),
    "person": pgettext_lazy("kind of contact point", "person"),
}
_ROLES: Words = {
    "worker": pgettext_lazy("kind of role", "worker"),
    "interpreter": pgettext_lazy("kind of role", "interpreter"),
    "client": pgettext_lazy("kind of role", "the person concerned"),
    "family": pgettext_lazy("kind of role", "the family"),
    "young_person": pgettext_lazy("kind of role", "young person"),
    "close_person": pgettext_lazy("kind of role", "person close to the family"),
    "partner": pgettext_lazy("kind of role", "partner in the network"),
    "receiver": pgettext_lazy("kind of role", "receiver of a contact"),
}
_STEPS: Words = {
    "contact": pgettext_lazy("kind of step", "a contact is taken"),
    "map": pgettext_lazy("kind of step", "life-situation map"),
    "proposal": pgettext_lazy("kind of step", "proposal to the family"),
    "permission": pgettext_lazy("kind of step", "permission is asked"),
    "contact_preparation": pgettext_lazy("kind of step", "a contact is prepared with the family"),
    "referral": pgettext_lazy("kind of step", "a contact is sent on"),
    "check_back": pgettext_lazy("kind of step", "it is checked that help came"),
    "network_meeting": pgettext_lazy("kind of step", "network meeting"),
    "meeting": pgettext_lazy("kind of step", "meeting"),
    "promises": pgettext_lazy("kind of step", "promises"),
    "plan": pgettext_lazy("kind of step", "plan"),
    "offer": pgettext_lazy("kind of step", "the model is offered"),
    "review": pgettext_lazy("kind of step", "looking back together"),
    "closing": pgettext_lazy("kind of step", "closing"),
    "follow_up": pgettext_lazy("kind of step", "follow-up"),
    "advice": pgettext_lazy("kind of step", "advice"),
}
_MODULES: Words = {
    "read": _("to read"),
    "watch": _("to watch"),
    "practice": _("to practise"),
    "shadow": _("beside a colleague"),
    "check": _("short check"),
}
_VALUES: Words = {
    "number": pgettext_lazy("kind of value", "number"),
    "yes_no": pgettext_lazy("kind of value", "yes or no"),
    "date": pgettext_lazy("kind of value", "date"),
    "text": pgettext_lazy("kind of value", "text"),
    "choice": pgettext_lazy("kind of value", "one of a list"),
}
_COUNTED_FROM: Words = {
    "contact": pgettext_lazy("a time runs from", "the contact"),
    "permission": pgettext_lazy("a time runs from", "the permission"),
    "referral_sent": pgettext_lazy("a time runs from", "the day the contact was sent on"),
    "referral_accepted": pgettext_lazy("a time runs from", "the day the receiver said yes"),
    "previous_step": pgettext_lazy("a time runs from", "the step before"),
    "engagement_start": pgettext_lazy("a time runs from", "the beginning of the work"),
    "meeting": pgettext_lazy("a time runs from", "the meeting"),
    "closing": pgettext_lazy("a time runs from", "the closing"),
}
_ADAPTED: Words = {
    **{part: PARTS[part] for part in ("phases", "steps", "themes", "methods", "roles", "contact_points", "packet")},
    **{part: PARTS[part] for part in ("closing_reasons", "outcomes", "follow_ups", "measures", "texts")},
    "clocks": pgettext_lazy("may be adapted", "Times by which something is done"),
    "order": pgettext_lazy("may be adapted", "Order"),
    "number": pgettext_lazy("may be adapted", "Number of meetings"),
    "place": pgettext_lazy("may be adapted", "Place"),
    "names": pgettext_lazy("may be adapted", "Names"),
    "length": pgettext_lazy("may be adapted", "Length"),
}
_UNITS: Words = {
    "years": _("years"),
    "months": _("months"),
    "weeks": _("weeks"),
    "days": _("days"),
    "working_days": _("working days"),
    "minutes": _("minutes"),
    "people": _("people"),
    "count": pgettext_lazy("unit of a measure", "number"),
    "share": pgettext_lazy("unit of a measure", "share"),
    "distribution": pgettext_lazy("unit of a measure", "distribution"),
    "words": pgettext_lazy("unit of a measure", "in words"),
}

CODES: dict[str, Words] = {
    "about": {
        "family": pgettext_lazy("judged for", "the whole family"),
        "person": pgettext_lazy("judged for", "one person at a time"),
    },
    "counted": {
        "families": pgettext_lazy("what is counted", "families"),
        "people": pgettext_lazy("what is counted", "people"),
        "contacts": pgettext_lazy("what is counted", "contacts"),
        "referrals": pgettext_lazy("what is counted", "contacts that were sent on"),
        "meetings": pgettext_lazy("what is counted", "meetings"),
        "promises": pgettext_lazy("what is counted", "promises"),
        "workers": pgettext_lazy("what is counted", "workers"),
        "answers": pgettext_lazy("what is counted", "answers"),
    },
    "direction": {
        "more": pgettext_lazy("direction hoped for", "more is better"),
        "less": pgettext_lazy("direction hoped for", "less is better"),
        "neither": pgettext_lazy("direction hoped for", "neither is better"),
    },
    "ends": ENDS,
    "family_present": {key: STRENGTHS[key] for key in ("required", "recommended")},
    "force": {"duty": _("duty"), "may": _("allowed, not a duty"), "right": _("right")},
    "from": _COUNTED_FROM,
    "gathered": {
        "from_records": pgettext_lazy("how it is gathered", "from what is recorded anyway"),
        "by_hand": pgettext_lazy("how it is gathered", "counted by hand"),
        "asked": pgettext_lazy("how it is gathered", "by asking"),
    },
    "invited_by": {
        "family": pgettext_lazy("who invites", "the family"),
        "worker_with_family": pgettext_lazy("who invites", "the worker together with the family"),
    },
    "kind": {**_CONTACT_POINTS, **_ROLES, **_STEPS, **_MODULES, **EVIDENCE},
    "mark": MARKS,
    "may_adapt": _ADAPTED,
    "need": {
        "needed": pgettext_lazy("an item of a contact", "needed"),
        "optional": pgettext_lazy("an item of a contact", "may be left out"),
    },
    "never": {
        "child": pgettext_lazy("never the interpreter", "a child of the family"),
        "relative": pgettext_lazy("never the interpreter", "a relative"),
    },
    "picture": {
        "genogram": pgettext_lazy("picture that is drawn", "family tree"),
        "lifeline": pgettext_lazy("picture that is drawn", "lifeline"),
        "ecomap": pgettext_lazy("picture that is drawn", "network map"),
    },
    "place": {
        "home": pgettext_lazy("place of a meeting", "at the family’s home"),
        "office": pgettext_lazy("place of a meeting", "at the office"),
        "school": pgettext_lazy("place of a meeting", "at school"),
        "phone": pgettext_lazy("place of a meeting", "by phone"),
        "video": pgettext_lazy("place of a meeting", "by video"),
        "anywhere": pgettext_lazy("place of a meeting", "anywhere"),
    },
    "prefer": {
        "on_site": pgettext_lazy("way of interpreting", "on site"),
        "video": pgettext_lazy("way of interpreting", "by video"),
        "phone": pgettext_lazy("way of interpreting", "by phone"),
    },
    "promises": {key: STRENGTHS[key] for key in ("required", "recommended")},
    "says_yes": {
        "client": pgettext_lazy("who says yes", "the person concerned"),
        "family": pgettext_lazy("who says yes", "one adult for the family"),
        "each_adult": pgettext_lazy("who says yes", "each adult"),
        "young_person": pgettext_lazy("who says yes", "each young person who understands"),
    },
    "strength": {**STRENGTHS, "some": pgettext_lazy("strength", "some of the meetings")},
    "then": {"show_crisis_routes": _("it is shown where help is had at once")},
    "type": _VALUES,
    "unit": _UNITS,
    "with": {
        "family": pgettext_lazy("with whom", "the whole family"),
        "parents": pgettext_lazy("with whom", "parents"),
        "adolescents": pgettext_lazy("with whom", "adolescents"),
        "children": pgettext_lazy("with whom", "children"),
        "each_adult": pgettext_lazy("with whom", "each adult"),
    },
}
ITEMS: Words = {
    "group": pgettext_lazy("kind of question", "a group of questions"),
    "display": pgettext_lazy("kind of question", "a text that is only read"),
    "boolean": pgettext_lazy("kind of question", "yes or no"),
    "decimal": pgettext_lazy("kind of question", "number"),
    "integer": pgettext_lazy("kind of question", "whole number"),
    "date": pgettext_lazy("kind of question", "date"),
    "dateTime": pgettext_lazy("kind of question", "date and time"),
    "time": pgettext_lazy("kind of question", "time"),
    "string": pgettext_lazy("kind of question", "a line of words"),
    "text": pgettext_lazy("kind of question", "own words"),
    "url": pgettext_lazy("kind of question", "web address"),
    "choice": pgettext_lazy("kind of question", "one of a list"),
    "open-choice": pgettext_lazy("kind of question", "one of a list, or own words"),
    "quantity": pgettext_lazy("kind of question", "number with a unit"),
}
"""The kinds of a form's questions, as FHIR names them."""
