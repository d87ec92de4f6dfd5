"""The log in plain words: what each deed is called for somebody who reads who used a record."""

from django.utils.translation import gettext, gettext_lazy as _

from solmu.access.classes import LABELS, from_codes

DEEDS = {
    "see_desk": _("opened the day's list"),
    "take_contact": _("took a contact"),
    "search": _("searched for a family"),
    "note_gap": _("noted what help was missing"),
    "see_queue": _("opened the queue"),
    "see_models": _("looked at operating models"),
    "adopt_model": _("took an operating model into use"),
    "write_experience": _("wrote of an operating model in use"),
    "decide_experience": _("decided whether somebody's words on an operating model are shown"),
    "receive_model": _("looked at a package of an operating model"),
    "install_model": _("installed an operating model"),
    "move_engagements": _("moved the work to another version of its operating model"),
    "see_gaps": _("looked at what help was missing"),
    "own_orientation": _("went through an orientation"),
    "sign_orientation": _("signed a colleague's orientation"),
    "see_orientation": _("looked at who is oriented to what"),
    "see_commitment": _("looked at the organisation's commitment"),
    "write_commitment": _("wrote down the organisation's commitment"),
    "manage_forms": _("looked after forms"),
    "review_access": _("reviewed the access log"),
    "manage_organisation": _("managed accounts"),
    "open_in_emergency": _("opened the record in an emergency"),
    "keep_up": _("tidied up by the clock"),
    "read_contact": _("read a contact"),
    "write_contact": _("wrote down a contact"),
    "list_families": _("saw the name in a list"),
    "read_family": _("read the family's page"),
    "read_people": _("read the people's details"),
    "write_family": _("changed the basic details"),
    "read_address": _("read the protected address"),
    "read_identity_code": _("read the personal identity code"),
    "write_case": _("wrote down the course of the work"),
    "close_case": _("closed the work or recorded its follow-up"),
    "read_log_of_family": _("read who has used the record"),
    "read_situation": _("read the life-situation map"),
    "write_situation": _("wrote on the life-situation map"),
    "read_young_part": _("read the young person's own part"),
    "write_young_part": _("wrote in the young person's own part"),
    "read_answers": _("read answers to a form"),
    "write_answers": _("wrote down answers to a form"),
    "write_protected": _("wrote in a protected part"),
    "read_proposal": _("read which help might fit"),
    "write_proposal": _("proposed help or recorded the family's answer"),
    "read_permissions": _("read the permissions"),
    "write_permissions": _("recorded a permission or a refusal"),
    "prepare_referral": _("prepared a contact to another"),
    "read_sent_referral": _("followed a prepared contact"),
    "write_sent_referral": _("changed a prepared contact"),
    "list_queue": _("saw the prepared contact in the queue"),
    "read_packet": _("read the prepared contact"),
    "answer_referral": _("answered the prepared contact"),
    "read_network": _("read the network and its promises"),
    "write_network": _("wrote about the network and its promises"),
    "read_own_promises": _("read own promises"),
    "keep_own_promise": _("told about an own promise"),
}
OUTCOMES = {
    "allowed": _("allowed"),
    "out_of_scope": _("refused: no right to the record"),
    "not_permitted": _("refused: not this person's task"),
}


def deed_words(code: str) -> str:
    """What somebody did; a deed that only an older version knew keeps its own name."""
    return str(DEEDS.get(code) or code.replace("_", " "))


def classes_words(codes: str) -> str:
    """Which parts of the record it concerned."""
    return ", ".join(str(LABELS[each]) for each in from_codes(codes))


def outcome_words(code: str) -> str:
    """Whether it was let through."""
    return str(OUTCOMES.get(code) or gettext("refused"))
