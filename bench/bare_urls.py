"""Two addresses: the worker's families as Django's own list view shows them, and the barest table there can be."""

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpResponse
from django.template import Context, Template
from django.urls import path
from django.views.generic import ListView

from solmu.casework.models import CaseWorker
from solmu.families.models import Family

_TABLE = Template(
    "<!doctype html><title>Families</title><table>{% for f in families %}"
    "<tr><td>{{ f.reference }}</td><td>{{ f.name }}</td><td>{{ f.language }}</td><td>{{ f.area }}</td></tr>"
    "{% endfor %}</table>"
)


class Families(LoginRequiredMixin, ListView):
    """What Solmu's list shows, for somebody signed in, paged and by name; no gate, no log."""

    template_name = "families.html"
    paginate_by = 25

    def get_queryset(self):
        """The worker's own."""
        own = CaseWorker.objects.filter(account_id=self.request.user.pk, until=None)
        return (
            Family.objects.filter(cases__in=own.values("case_id"))
            .order_by("sort_name", "id")
            .prefetch_related("people")
        )


def barest(request):
    """Twenty-five rows for anybody."""
    return HttpResponse(_TABLE.render(Context({"families": Family.objects.order_by("id")[:25]})))


urlpatterns = [path("", Families.as_view()), path("barest/", barest)]
