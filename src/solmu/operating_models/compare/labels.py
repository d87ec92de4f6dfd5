"""What are the parts, fields and comparisons of a package called?"""

from django.utils.translation import gettext_lazy as _

PARTS = {
    "identity": _("What the model is"),
    "settings": _("Settings"),
    "entry": _("For whom"),
    "criteria": _("Entry criteria"),
    "phases": _("Phases"),
    "steps": _("Steps"),
    "series": _("Series of meetings"),
    "themes": _("Themes"),
    "methods": _("Methods"),
    "roles": _("Who takes part"),
    "contact_points": _("Contact points"),
    "law": _("What the law lays down"),
    "permissions": _("Permissions asked"),
    "packet": _("What a prepared contact holds"),
    "network": _("Network"),
    "action_period": _("Action periods"),
    "closing_reasons": _("Closing reasons"),
    "outcomes": _("Outcomes"),
    "follow_ups": _("Follow-ups"),
    "may_adapt": _("What may be adapted"),
    "forms": _("Forms"),
    "guide": _("Guide pages"),
    "orientation": _("Orientation"),
    "measures": _("Measures"),
    "texts": _("Texts"),
    "families": _("Invented families"),
}
KINDS = {
    "added": _("new"),
    "removed": _("left out"),
    "changed": _("changed"),
    "moved": _("moved to another place"),
}
FIELDS = {
    "about": _("judged for"),
    "after": _("how long after"),
    "clock": _("by when"),
    "condition": _("condition"),
    "contact_point": _("contact point"),
    "default": _("value unless the organisation gives its own"),
    "ends": _("counted as"),
    "family_text": _("told to the family"),
    "family_title": _("name for the family"),
    "form": _("form"),
    "from": _("counted from"),
    "guide": _("guide page"),
    "kind": _("kind"),
    "length": _("length"),
    "licence": _("licence"),
    "mark": _("how sure"),
    "max": _("at most"),
    "methods": _("methods"),
    "min": _("at least"),
    "optional": _("may be left out"),
    "owner": _("owner"),
    "path": _("way in"),
    "phase": _("phase"),
    "phone": _("phone"),
    "place": _("place"),
    "required": _("required"),
    "says": _("wording"),
    "says.family": _("wording for families"),
    "says.worker": _("wording for workers"),
    "source": _("source"),
    "strength": _("strength"),
    "text": _("text"),
    "themes": _("themes"),
    "title": _("title"),
    "typical_gap": _("usual time between"),
    "unit": _("unit"),
    "url": _("address"),
    "when": _("when"),
    "who": _("who"),
    "working_days": _("working days"),
}
COMPARISONS = {
    "is": _("is %(value)s"),
    "one_of": _("is one of %(value)s"),
    "at_least": _("is at least %(value)s"),
    "at_most": _("is at most %(value)s"),
    "between": _("is between %(value)s"),
    "before": _("is before %(value)s"),
    "after": _("is after %(value)s"),
    "at_least_ago": _("was at least %(value)s ago"),
    "at_most_ago": _("was at most %(value)s ago"),
    "age_at_least": _("makes an age of at least %(value)s"),
    "age_at_most": _("makes an age of at most %(value)s"),
}
MARKS = {
    "F": _("found in the source"),
    "I": _("inferred, change it freely"),
    "N": _("not found in the source, so left empty"),
    "G": _("general professional knowledge, to be verified"),
}
UNITS = {
    "days": _("%(n)s days"),
    "weeks": _("%(n)s weeks"),
    "months": _("%(n)s months"),
    "years": _("%(n)s years"),
}


def part_label(part: str) -> str:
    """The name of a part; of one that the format gained later, its own."""
    return str(PARTS.get(part) or part.replace("_", " ").capitalize())


def field_label(field: str) -> str:
    """The name of a field, or of a field within one (`clock.working_days`)."""
    found = FIELDS.get(field) or FIELDS.get(field.rpartition(".")[2])
    return str(found or field.rpartition(".")[2].replace("_", " "))
