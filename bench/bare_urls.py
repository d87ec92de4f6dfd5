"""One address: twenty-five families by name."""

from django.http import HttpResponse
from django.template import Context, Template
from django.urls import path

from solmu.families.models import Family

_PAGE = Template(
    "<!doctype html><title>Families</title><table>{% for f in families %}"
    "<tr><td>{{ f.reference }}</td><td>{{ f.name }}</td><td>{{ f.language }}</td><td>{{ f.area }}</td></tr>"
    "{% endfor %}</table>"
)


def families(request):
    """The list."""
    rows = Family.objects.order_by("id")[:25]
    return HttpResponse(_PAGE.render(Context({"families": rows})))


urlpatterns = [path("", families)]
