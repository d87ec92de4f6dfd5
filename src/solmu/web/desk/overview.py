"""A family's first page: where it is now, with whom, until when, and how its situation looked last."""

from uuid import UUID

from django.urls import path

from solmu.access import gate
from solmu.access.classes import InformationClass as C
from solmu.access.deeds import Deed
from solmu.access.gate import Access
from solmu.agenda.queries import Awaited, awaited
from solmu.casework.models import Case
from solmu.casework.queries import cases
from solmu.casework.queries.steps import steps
from solmu.families.queries import people
from solmu.kernel.clock import local_date
from solmu.referrals.queries import SentRow, sent_of_family
from solmu.situations.queries import family_map
from solmu.web.desk.shell import render_family
from solmu.web.desk.waits import link_of

_WAITS = 6


def family(request, family_id):
    """The overview; a part whose class is not held is left out."""
    access = gate.require(request.actor, Deed.READ_FAMILY, family_id)
    parts = {"people": [person for person in people(access) if person.place != "close"]}
    if access.covers(C.CASEWORK):
        parts |= _course(access)
    if access.covers(C.SITUATION):
        parts["map"] = family_map(access)
    return render_family(request, access, "desk/family.html", "family", parts)


def _course(access: Access) -> dict:
    sent = sent_of_family(access)
    waits = awaited(access)
    open_rows = [row for row in sent if not _closed_at_family(row)]
    sent_on = min((row.sent_at for row in sent if row.sent_at), default=None)
    case = cases.own_case(access)
    own = case is not None and case.unit_id == access.actor.unit_id and case.state == Case.State.OPEN
    return {
        "case": case,
        "may_agree": own and access.allows(Deed.WRITE_CASE),
        "journey": cases.journey(access, local_date(sent_on) if sent_on else None),
        "waits": _rows(waits[:_WAITS], {each.id: each.words for each in steps(access) if each.is_agreed}),
        "more_waits": len(waits) - len(waits[:_WAITS]),
        "contacts": open_rows or sent[:1],
    }


def _closed_at_family(row: SentRow) -> bool:
    return row.ended and not row.has_it


def _rows(waits: list[Awaited], words: dict[UUID, str]) -> list[dict]:
    mine = next((one for one in waits if one.is_mine), None)
    return [
        {
            "one": one,
            "words": words.get(one.item.about_id, ""),
            "url": link_of(one.item) if one.is_mine else "",
            "is_first": one is mine,
        }
        for one in waits
    ]


urls = [path("families/<uuid:family_id>/", family, name="family")]
