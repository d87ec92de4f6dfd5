"""Half-typed forms, kept sealed on the server for their writer; a sent form takes its draft away."""

import json
import secrets
from datetime import datetime

from django import forms
from django.http import Http404, HttpResponse, QueryDict
from django.utils import formats
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from solmu.kernel.keys import seal, unseal
from solmu.web.models import Draft
from solmu.web.once import FIELD

_NOT_KEPT = {"csrfmiddlewaretoken", FIELD}
_PURPOSE = "draft"
LARGEST = 200_000  # characters of one form
_LONGEST_NAME = Draft._meta.get_field("form").max_length  # noqa: SLF001


def kept(request, form: str, about: str = "") -> QueryDict | None:
    """What the writer had typed into this form, or None."""
    draft = Draft.objects.filter(account=request.user, form=form, about=about).first()
    if draft is None:
        return None
    values = QueryDict(mutable=True)
    for name, typed in json.loads(unseal(_PURPOSE, draft.sealed)).items():
        values.setlist(name, typed)
    return values


def kept_at(request, form: str, about: str = "") -> datetime | None:
    """When the writer's text was last kept, to be told beside what is restored."""
    return Draft.objects.filter(account=request.user, form=form, about=about).values_list("saved_at", flat=True).first()


def typed_before(form_class: type[forms.Form], typed: QueryDict) -> dict:
    """What was typed into a form and not sent, as initial values."""
    fields = form_class.base_fields
    several = {name for name, field in fields.items() if isinstance(field, forms.MultipleChoiceField)}
    return {name: typed.getlist(name) if name in several else typed.get(name, "") for name in fields}


def begun(request, form_class: type[forms.Form], form: str, about: str) -> tuple[dict, datetime | None]:
    """What the writer had typed into a form of this class, as initial values without a version, and when."""
    typed = kept(request, form, about) if request.method == "GET" else None
    if typed is None:
        return {}, None
    values = typed_before(form_class, typed)
    return {name: value for name, value in values.items() if name != "version"}, kept_at(request, form, about)


def discard(request, form: str, about: str = "") -> None:
    """Takes the draft away: the form was sent, or its writer wants to begin anew."""
    Draft.objects.filter(account=request.user, form=form, about=about).delete()


@require_POST
def save(request, form: str, about: str = "") -> HttpResponse:
    """Keeps what is typed so far; answers with the words shown beside the form."""
    if len(form) > _LONGEST_NAME:
        raise Http404
    typed = {name: request.POST.getlist(name) for name in request.POST if name not in _NOT_KEPT}
    text = json.dumps(typed, ensure_ascii=False)
    if len(text) > LARGEST:
        return HttpResponse(_("Too long to keep as a draft."), status=413)
    sealed = seal(_PURPOSE, text, secrets.token_bytes(12))
    saved = {"sealed": sealed, "saved_at": request.actor.at}
    Draft.objects.update_or_create(account=request.user, form=form, about=about, defaults=saved)
    at = formats.time_format(localtime(request.actor.at), "H.i")
    return HttpResponse(_("Draft kept at %(time)s") % {"time": at}, content_type="text/plain")
