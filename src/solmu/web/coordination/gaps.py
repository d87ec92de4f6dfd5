"""What has been missing, counted for the coordinator."""

from django.shortcuts import render
from django.urls import path

from solmu.casework.queries.gaps import FEWEST_SHOWN, gaps as gaps_noted
from solmu.situations.models import Domain


def gaps(request):
    """Counts of gaps by need, area and language."""
    need = request.GET.get("need", "")
    page = gaps_noted(request.actor, request.GET.get("page", "1"), need)
    context = {"page": page, "needs": Domain.choices, "need": need, "fewest": FEWEST_SHOWN}
    return render(request, "coordination/gaps.html", context)


urls = [path("gaps/", gaps, name="gaps")]
