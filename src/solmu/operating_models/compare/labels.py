"""What are the parts, fields and comparisons of a package called?"""

from django.utils.translation import gettext_lazy as _, ngettext

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
    "act": _("act"),
    "address": _("address"),
    "after": _("how long after"),
    "cannot_show": _("what it cannot show"),
    "chair": _("who leads"),
    "checked_on": _("last read"),
    "choice": _("possible answer"),
    "choices": _("possible answers"),
    "clock": _("by when"),
    "condition": _("condition"),
    "contact_point": _("contact point"),
    "copyright": _("copyright"),
    "counted": _("what is counted"),
    "default": _("value unless the organisation gives its own"),
    "definition": _("definition"),
    "description": _("description"),
    "direction": _("direction"),
    "ends": _("counted as"),
    "explain": _("what is said of the answer"),
    "family_present": _("the family's presence"),
    "family_summary": _("told to the family"),
    "family_text": _("told to the family"),
    "family_title": _("name for the family"),
    "force": _("force"),
    "form": _("form"),
    "from": _("counted from"),
    "gathered": _("how it is gathered"),
    "guide": _("guide page"),
    "hours": _("opening hours"),
    "information_class": _("kind of information"),
    "invited_by": _("who invites"),
    "kind": _("kind"),
    "law": _("by law"),
    "length": _("length"),
    "licence": _("licence"),
    "limit": _("time limit"),
    "limit_from": _("time limit counted from"),
    "link": _("link"),
    "local_name": _("may have a name of the organisation's own"),
    "mark": _("how sure"),
    "max": _("at most"),
    "may_adapt": _("what an organisation may adapt"),
    "meeting_within": _("how soon a meeting is held"),
    "meeting_minutes": _("length of a meeting in minutes"),
    "methods": _("methods"),
    "min": _("at least"),
    "minutes": _("minutes"),
    "name": _("name"),
    "need": _("need"),
    "neutral_name": _("name in lists and notices"),
    "never": _("never"),
    "of": _("whose"),
    "optional": _("may be left out"),
    "order_certain": _("the order is certain"),
    "owner": _("owner"),
    "path": _("way in"),
    "phase": _("phase"),
    "phone": _("phone number"),
    "picture": _("picture"),
    "place": _("place"),
    "prefer": _("rather"),
    "profession": _("profession"),
    "promises": _("promises"),
    "publisher": _("publisher"),
    "question": _("question"),
    "questions": _("questions"),
    "required": _("required"),
    "right": _("the right answer"),
    "rights": _("rights"),
    "role": _("role"),
    "says": _("wording"),
    "says.family": _("wording for families"),
    "says.worker": _("wording for workers"),
    "says_yes": _("who says yes"),
    "section": _("section"),
    "setting": _("set by the organisation"),
    "shared": _("shared by all"),
    "slug": _("lasting name"),
    "source": _("source"),
    "strength": _("strength"),
    "summary": _("summary"),
    "suppress_below": _("smallest number that is shown"),
    "text": _("text"),
    "themes": _("themes"),
    "then": _("what is done"),
    "title": _("title"),
    "type": _("kind of value"),
    "typical_gap": _("usual time between"),
    "unit": _("unit"),
    "universal": _("offered to everybody"),
    "until": _("until"),
    "update_adds": _("asked for anew by this version"),
    "url": _("address"),
    "valid_for": _("holds for"),
    "version": _("version"),
    "when": _("when"),
    "who": _("who"),
    "with": _("with whom"),
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
ENDS = {
    "carried_through": _("the work was carried through"),
    "ended_early": _("the work ended early"),
    "not_started": _("the work did not begin"),
    "moved_on": _("the family moved on elsewhere"),
}
STRENGTHS = {
    "required": _("required"),
    "recommended": _("recommended"),
    "excludes": _("rules the model out"),
    "advises_against": _("speaks against for now"),
}
EVIDENCE = {
    "reported_by_developers": _("reported by the developers"),
    "independent_evaluation": _("independent evaluation"),
    "expert_jury": _("expert jury"),
}
HEADINGS = {
    "basic_info": _("Basic information"),
    "idea": _("Basic idea of the solution"),
    "conditions": _("Conditions for its working and adoption"),
    "environment": _("Operating environment"),
    "start_situation": _("Starting situation"),
    "needs": _("Needs behind the development"),
    "target_group": _("Target group"),
    "wished_change": _("The change wished for"),
    "measuring_change": _("How the change is measured"),
    "pilot": _("Trying it out"),
    "evaluation_summary": _("Evaluation in brief"),
    "tips": _("Tips for those who take it into use"),
    "attachments": _("Attachments and links"),
}
"""Innokylä's headings."""


def counted(kind: str, number: int) -> str:
    """So many changes of a kind."""
    words = {
        "added": ngettext("%(n)d new", "%(n)d new", number),
        "removed": ngettext("%(n)d left out", "%(n)d left out", number),
        "changed": ngettext("%(n)d changed", "%(n)d changed", number),
        "moved": ngettext("%(n)d moved to another place", "%(n)d moved to another place", number),
    }
    return words[kind] % {"n": number}


def part_label(part: str) -> str:
    """The name of a part; of one that the format gained later, its own."""
    return str(PARTS.get(part) or part.replace("_", " ").capitalize())


_OF_PART = {
    ("law", "from"): _("holds from"),
    ("law", "until"): _("holds until"),
    ("identity", "kind"): _("whose word it is"),
}


def field_label(field: str, part: str = "") -> str:
    """The name of a field, or of a field within one (`clock.working_days`), in a part where it differs there."""
    last = field.rpartition(".")[2]
    found = _OF_PART.get((part, field)) or FIELDS.get(field) or FIELDS.get(last)
    return str(found or last.replace("_", " "))
