"""Search before anything is created: what may be opened, whom to ask of the rest, and the way on to a new contact.

What is typed is a name or a number of a client, so it travels in the form's body and waits sealed in the session: it
stands in no address, no browser's history and no server's log.
"""

import secrets

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse

from solmu.access import gate
from solmu.access.deeds import Deed
from solmu.families import queries
from solmu.kernel.keys import seal, unseal

_KEY = "searched"
_LONGEST = 200


def search(request):
    """The search page and its answer."""
    gate.require(request.actor, Deed.SEARCH)
    typed = request.POST.get("q", request.GET.get("q"))
    if typed is not None:
        remember(request, typed)
        return HttpResponseRedirect(reverse("desk:search"))
    text = searched(request)
    found = queries.search(request.actor, text) if text else None
    return render(request, "desk/search.html", {"text": text, "found": found})


def remember(request, typed: str) -> None:
    """Keeps what was typed for the pages that follow."""
    text = " ".join(typed.split())[:_LONGEST]
    request.session[_KEY] = seal("search", text, secrets.token_bytes(12)).hex() if text else ""


def searched(request) -> str:
    """What the person searched with last, for instance to begin a contact with it."""
    sealed = request.session.get(_KEY, "")
    return unseal("search", bytes.fromhex(sealed)) if sealed else ""


urls = [path("search/", search, name="search")]
