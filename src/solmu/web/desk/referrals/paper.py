"""The packet on paper: the same sections as on the screen, to print or as a PDF. The file's name tells nothing."""

from django.http import Http404
from django.shortcuts import render
from django.urls import path

from solmu.access.deeds import Deed
from solmu.referrals.queries import Sent, sent
from solmu.referrals.queries.rows import sender_name
from solmu.referrals.records import for_sender
from solmu.referrals.rules import TERMINAL
from solmu.web.paper import pdf

_ONE = "referrals/<uuid:referral_id>/"


def _paper(request, referral_id) -> tuple[Sent, dict]:
    access, found = for_sender(request.actor, Deed.READ_SENT_REFERRAL, referral_id)
    row = sent(access, referral_id)
    if found.packet is None or found.state in TERMINAL:
        raise Http404  # nothing is handed out before the permission or after it
    return row, {"referral": row, "sections": row.sections, "sender": sender_name(found)}


def packet_print(request, referral_id):
    """The packet as a page to print."""
    _row, context = _paper(request, referral_id)
    return render(request, "desk/packet_print.html", context)


def packet_pdf(request, referral_id):
    """The packet as a PDF."""
    row, context = _paper(request, referral_id)
    return pdf(request, "desk/packet_paper.html", context, name=row.reference)


urls = [
    path(f"{_ONE}packet/", packet_print, name="packet_print"),
    path(f"{_ONE}packet.pdf", packet_pdf, name="packet_pdf"),
]
