"""The commitment of an organisation: talked through together item by item. There is no total of it anywhere."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_POST

from solmu.access import gate
from solmu.access.deeds import Deed
from solmu.learning.actions import commitment as actions
from solmu.learning.models import Answer
from solmu.learning.queries.commitment import (
    ItemRow,
    PartRow,
    people_of,
    shared_with_region,
    snapshots,
    working_paper,
)
from solmu.learning.rules.commitment import JOINING
from solmu.web.reading import identifier, whole_number
from solmu.web.sending import press, send
from solmu.web.ui.forms import Day, Form, OneOf

_JOINING_LEVELS = {
    "not_yet": gettext_lazy("not begun"),
    "partly": gettext_lazy("under way"),
    "yes": gettext_lazy("done"),
}


class ItemForm(Form):
    """Where the organisation stands on one item, and what comes next."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    level = forms.ChoiceField(
        label=gettext_lazy("How is it with us now?"), choices=Answer.Level.choices, required=False, widget=OneOf
    )
    evidence = forms.CharField(
        label=gettext_lazy("Where it shows"),
        required=False,
        help_text=gettext_lazy("In words, or a link. Nothing of families."),
        widget=forms.Textarea({"rows": 4}),
    )
    next_step = forms.CharField(
        label=gettext_lazy("Next step"), max_length=400, required=False, widget=forms.Textarea({"rows": 2})
    )
    owner = forms.TypedChoiceField(
        label=gettext_lazy("Whose the next step is"), required=False, coerce=identifier, empty_value=None
    )
    due_on = forms.DateField(label=gettext_lazy("By which day"), required=False, widget=Day)

    def __init__(self, *args, people: dict, joins: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", "–"), *((str(key), name) for key, name in people.items())]
        if joins:
            del self.fields["next_step"]
            self.fields["level"].choices = [("", Answer.Level.UNSAID.label), *_JOINING_LEVELS.items()]
            self.fields["evidence"].label = _("What has been done")
            self.fields["owner"].label = _("Whose the step is")


def _parts(request) -> tuple[list[PartRow], list[PartRow]]:
    """The matters to take a stand on, and the steps of joining."""
    parts = working_paper(request.actor)
    return [each for each in parts if each.id != JOINING], [each for each in parts if each.id == JOINING]


def _may_write(request) -> bool:
    return bool(request.actor.roles & Deed.WRITE_COMMITMENT.rule.roles)


def commitment(request):
    """The working paper, what has been saved of it, and what others share."""
    parts, _joining = _parts(request)
    own = snapshots(request.actor)
    context = {
        "parts": parts,
        "steps": [item for part in parts for item in part.items if item.waits],
        "is_begun": any(item.answer.level for part in parts for item in part.items),
        "snapshots": own,
        "shared": shared_with_region(request.actor),
        "may_write": _may_write(request),
    }
    return render(request, "coordination/commitment.html", context)


def joining(request):
    """The steps of joining, each with its owner and day; how far it is stands in words."""
    _rest, steps = _parts(request)
    items = [item for part in steps for item in part.items]
    context = {"parts": steps, "next": next((item for item in items if item.answer.level != "yes"), None)}
    return render(request, "coordination/joining.html", {**context, "may_write": _may_write(request)})


def _item(request, item_id: str) -> ItemRow:
    found = [item for part in working_paper(request.actor) for item in part.items if item.id == item_id]
    if not found:
        raise Http404
    return found[0]


def _home(row: ItemRow) -> str:
    return reverse("coordination:joining" if row.joins else "coordination:commitment")


def item(request, item: str):
    """One item of the working paper."""
    gate.require(request.actor, Deed.WRITE_COMMITMENT)
    row = _item(request, item)
    answer = row.answer
    initial = {name: getattr(answer, name) for name in ("version", "level", "evidence", "next_step", "due_on")}
    people = people_of(request.actor.organisation_id, request.actor.today)
    told = {"people": people, "joins": row.joins, "initial": {**initial, "owner": answer.owner_id}}
    form = ItemForm(request.POST or None, **told)

    def again(status=200, **more):
        context = {"form": form, "row": row, "home": _home(row), **more}
        return render(request, "coordination/commitment_item.html", context, status=status)

    def keep(typed):
        typed["owner_id"] = typed.pop("owner")
        actions.save_answer(request.actor, item_id=item, **typed)
        messages.success(request, _("Saved in the working paper."))
        return f"{_home(row)}#{item}"

    return send(request, form, keep, again, _saved) if request.method == "POST" else again()


def _saved(current: Answer) -> list[dict]:
    labels = {name: field.label for name, field in ItemForm.base_fields.items()}
    return [
        {"label": labels["level"], "saved": current.get_level_display()},
        {"label": labels["evidence"], "saved": current.evidence},
        {"label": labels["next_step"], "saved": current.next_step},
        {"label": labels["owner"], "saved": current.owner.name if current.owner else ""},
        {"label": labels["due_on"], "saved": current.due_on},
    ]


@require_POST
def step(request, item: str):
    """Says that a step is done, or that it is not after all."""
    row = _item(request, item)
    is_done = request.POST.get("done") == "yes"

    def settle():
        version = whole_number(request.POST.get("version"))
        actions.settle_step(request.actor, item_id=item, version=version, is_done=is_done)
        messages.success(request, _("The step is done.") if is_done else _("The step waits again."))
        return f"{_home(row)}#{item}"

    return press(request, settle, _home(row))


urls = [
    path("commitment/", commitment, name="commitment"),
    path("commitment/joining/", joining, name="joining"),
    path("commitment/items/<slug:item>/", item, name="commitment_item"),
    path("commitment/items/<slug:item>/step/", step, name="commitment_step"),
]
