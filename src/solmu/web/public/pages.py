"""What Solmu is, how accessible and how private it is, and what errors look like."""

from django.db import connection
from django.http import HttpResponse
from django.shortcuts import redirect, render

from solmu.web.ui.context import home_of


def start(request):
    """The first page; a signed-in worker goes to their own."""
    if request.user.is_authenticated and request.actor.roles:
        return redirect(home_of(request.actor))
    return render(request, "public/start.html")


def about(request):
    """What Solmu is."""
    return render(request, "public/about.html")


def accessibility(request):
    """The accessibility statement."""
    return render(request, "public/accessibility.html")


def privacy(request):
    """How Solmu keeps what families tell."""
    return render(request, "public/privacy.html")


def health(request):
    """For a proxy: 200 when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


def bad_request(request, exception=None):
    """400."""
    return render(request, "ui/bad_request.html", status=400)


def form_without_key(request, reason=""):
    """A form from before the last sign-in, or from another site: nothing was done."""
    return render(request, "ui/form_without_key.html", status=403)


def not_permitted(request, exception=None):
    """403 of Django itself."""
    return render(request, "ui/not_permitted.html", status=403)


def not_found(request, exception=None):
    """404."""
    return render(request, "ui/not_found.html", status=404)


def failed(request):
    """500."""
    return render(request, "ui/failed.html", status=500)
