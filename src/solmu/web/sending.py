"""One way for every form: its deed is done once, and what is refused is shown with all that was typed."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect

from solmu.access.gate import AccessRefused
from solmu.kernel.errors import Conflict, Refused
from solmu.web.once import carry_out

Again = Callable[..., HttpResponse]


def send(request, form, deed: Callable[[dict], str], again: Again, theirs: Callable | None = None) -> HttpResponse:
    """Runs `deed` with what was typed and goes to the address it returns; else shows the form by `again(status)`.

    `theirs(current)` gives the rows of the saved version when somebody else was first: the form keeps what its
    writer typed, and its version becomes the saved one.
    """
    if not form.is_valid():
        return again(422)
    try:
        return carry_out(request, lambda: deed(form.cleaned_data))
    except AccessRefused:
        raise
    except Conflict as conflict:
        form.data = form.data.copy()
        form.data["version"] = conflict.current.version
        return again(409, theirs=theirs(conflict.current) if theirs else [], conflict=str(conflict))
    except Refused as refused:
        form.add_errors(refused)
        return again(422)


def press(request, deed: Callable[[], str], back: str) -> HttpResponse:
    """Runs the deed of a single button once; a refusal is told on the page `back`."""
    try:
        return carry_out(request, deed)
    except AccessRefused:
        raise
    except Refused as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(back)
