"""The information classes: the parts of a family's record that are granted and logged one by one."""

from enum import IntFlag, auto

from django.utils.translation import gettext_lazy as _


class InformationClass(IntFlag):
    """Parts of a record; a grant holds any set of them."""

    IDENTITY = auto()
    ADDRESS = auto()
    CASEWORK = auto()
    SITUATION = auto()
    PLAN = auto()
    NETWORK = auto()
    SHARED_NOTES = auto()
    OWN_NOTES = auto()
    YOUNG_PART = auto()
    PERMISSIONS = auto()
    PACKET = auto()
    PROTECTED = auto()
    FEEDBACK = auto()
    OWN_PROMISES = auto()


NONE = InformationClass(0)
LABELS = {
    InformationClass.IDENTITY: _("names and contact details"),
    InformationClass.ADDRESS: _("address under non-disclosure"),
    InformationClass.CASEWORK: _("contacts and the course of the work"),
    InformationClass.SITUATION: _("life-situation map"),
    InformationClass.PLAN: _("plan and promises"),
    InformationClass.NETWORK: _("network and its meetings"),
    InformationClass.SHARED_NOTES: _("notes shared with the family"),
    InformationClass.OWN_NOTES: _("the organisation's own notes"),
    InformationClass.YOUNG_PART: _("the young person's own part"),
    InformationClass.PERMISSIONS: _("permissions and refusals"),
    InformationClass.PACKET: _("the prepared contact"),
    InformationClass.PROTECTED: _("a protected part"),
    InformationClass.FEEDBACK: _("feedback"),
    InformationClass.OWN_PROMISES: _("own promises"),
}


def codes(classes: InformationClass) -> str:
    """The classes as text for the log: `identity,situation`. The words name no crime, illness or origin."""
    return ",".join(member.name.lower() for member in InformationClass if member in classes)


def from_codes(text: str) -> list[InformationClass]:
    """The classes that a log entry names."""
    return [InformationClass[code.upper()] for code in text.split(",") if code]
