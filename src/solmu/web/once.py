"""A form does its deed once, however often it is sent."""

from collections.abc import Callable
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from solmu.kernel.errors import InvalidInput
from solmu.web.models import Submission

FIELD = "once"
_NO_KEY = _("The form was sent without its key. Open the page again and send it once more.")


def carry_out(request, deed: Callable[[], str]) -> HttpResponseRedirect:
    """Runs `deed`, which returns the address to go to, in one transaction with the note that this form is done.

    Sent again, the same form leads to the same address and `deed` is not run: the edge sees to that by `done_before`,
    and here what was sent twice at the same moment.
    """
    key = _key(request)
    if key is None:
        raise InvalidInput({"": _NO_KEY})
    try:
        with transaction.atomic():
            row = Submission.objects.create(key=key, account=request.user, led_to="", sent_at=request.actor.at)
            row.led_to = deed()
            row.save(update_fields=["led_to"])
    except IntegrityError:
        if done := done_before(request):
            return done
        if Submission.objects.filter(key=key).exists():  # a key of somebody else's form tells nothing of it
            raise InvalidInput({"": _NO_KEY}) from None
        raise
    return HttpResponseRedirect(row.led_to)


def done_before(request) -> HttpResponseRedirect | None:
    """Where the form led when its writer sent it before, also when that page is no longer open to the writer."""
    key = _key(request)
    done = Submission.objects.filter(key=key, account=request.user).first() if key else None
    return HttpResponseRedirect(done.led_to) if done else None


def _key(request) -> UUID | None:
    try:
        return UUID(request.POST.get(FIELD, ""))
    except ValueError:
        return None
