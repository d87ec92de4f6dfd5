"""Puts the chosen items together into the sections that everybody reads."""

import hashlib
import json
from collections.abc import Iterable
from typing import TypedDict

from django.utils.translation import gettext as _, ngettext

from solmu.access.classes import InformationClass as C, codes
from solmu.access.gate import Access
from solmu.referrals.packet.catalogue import Draft
from solmu.referrals.packet.offering import Offer, offers


class Section(TypedDict):
    """A part of the packet as it is shown, frozen and printed. `form`: facts, said, list, text or notice."""

    code: str
    title: str
    form: str
    rows: list[list[str]]  # facts: label and value; else one text a row
    classes: str  # what a reader on the sender's side must be allowed to see


def build_packet(access: Access, draft: Draft, chosen: Iterable[str]) -> list[Section]:
    """The packet of the chosen items, in the order of the catalogue; codes that are not on offer add nothing."""
    wanted = set(chosen)
    taken = [offer for offer in offers(access, draft) if offer.code in wanted]
    sections = [_text("asked", _("What is asked"), draft.asked, C.CASEWORK)] if draft.asked else []
    sections += [facts] if (facts := _facts(taken)) else []
    sections += [_section(offer) for offer in taken if offer.form != "facts"]
    return [*sections, _tell_back(draft)]


def _facts(taken: list[Offer]) -> Section | None:
    rows = [[label, value] for offer in taken if offer.form == "facts" for label, value in offer.rows]
    if not rows:
        return None
    return Section(code="facts", title="", form="facts", rows=rows, classes=codes(C.IDENTITY))


def _section(offer: Offer) -> Section:
    rows = [list(row) for row in offer.rows]
    return Section(code=offer.code, title=offer.label, form=offer.form, rows=rows, classes=codes(offer.needs))


def _text(code: str, title: str, text: str, needs: C) -> Section:
    return Section(code=code, title=title, form="text", rows=[[text]], classes=codes(needs))


def _tell_back(draft: Draft) -> Section:
    lines = []
    if draft.answers_within is not None:
        within = draft.answers_within
        words = ngettext("Answer within %(n)s working day.", "Answer within %(n)s working days.", within)
        lines.append(words % {"n": within})
    lines.append(_("Tell the sender what happened, so that the family and the sender know what comes next."))
    return Section(code="tell_back", title=_("Tell back"), form="notice", rows=[[" ".join(lines)]], classes="")


def packet_hash(sections: list[Section]) -> str:
    """SHA-256 of the packet, the same for the same words; shows that a frozen packet has not been changed."""
    text = json.dumps(sections, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
