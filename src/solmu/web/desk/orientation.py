"""A worker's own orientation: what is asked before running a model, gone through module by module."""

from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import get_language, gettext as _, gettext_lazy
from django.views.decorators.http import require_POST

from solmu.access.roles import Role
from solmu.kernel.errors import InvalidInput
from solmu.learning.actions import modules as actions, signing
from solmu.learning.queries.orientation import ModelRow, ModuleRow, own_model, own_orientation
from solmu.learning.queries.signing import sign_off_row, sign_offs_waiting, signers
from solmu.operating_models.package.parts import Question
from solmu.web.reading import identifier, whole_number
from solmu.web.sending import press, send
from solmu.web.ui.forms import AnyOf, Day, Form, OneOf


class CheckForm(Form):
    """The questions of a short check. Several right choices make several boxes."""

    def __init__(self, *args, questions: tuple[Question, ...], say, **kwargs):
        super().__init__(*args, **kwargs)
        self.questions = {f"q_{each.id}": each for each in questions}
        for name, each in self.questions.items():
            choices = [(choice.id, say(choice.text)) for choice in each.choices]
            told = {"label": say(each.text), "choices": choices}
            if len(each.right) > 1:
                hint = _("Choose all that are right.")
                self.fields[name] = forms.MultipleChoiceField(widget=AnyOf, help_text=hint, **told)
            else:
                self.fields[name] = forms.ChoiceField(widget=OneOf, **told)

    def answers(self) -> dict[str, frozenset[str]]:
        """What was chosen, by question."""
        chosen = {each.id: self.cleaned_data[name] for name, each in self.questions.items()}
        return {key: frozenset([value] if isinstance(value, str) else value) for key, value in chosen.items()}


class AskForm(Form):
    """Whom the worker went along with."""

    asked_of = forms.TypedChoiceField(label=gettext_lazy("Whose work did you go along with?"), coerce=identifier)

    def __init__(self, *args, able=(), **kwargs):
        super().__init__(*args, **kwargs)
        coordinator = _("coordinator")
        self.fields["asked_of"].choices = [("", "–")] + [
            (str(each.account_id), f"{each.name} ({coordinator})" if each.coordinates else each.name) for each in able
        ]


class SignForm(Form):
    """The colleague's signature, or why there is none."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    answer = forms.ChoiceField(
        label=gettext_lazy("What do you say?"),
        choices=[
            ("sign", gettext_lazy("I sign: my colleague went along with my work")),
            ("return", gettext_lazy("I cannot sign this")),
        ],
        widget=OneOf,
    )
    met_on = forms.DateField(label=gettext_lazy("The day on which you met"), required=False, widget=Day)
    words = forms.CharField(
        label=gettext_lazy("A word to your colleague"),
        max_length=400,
        required=False,
        help_text=gettext_lazy("Name no family. When you do not sign, write why."),
        widget=forms.Textarea({"rows": 2}),
    )


def orientation(request):
    """What is asked, what is done, until when it holds; and what waits for one's own signature."""
    rows = own_orientation(request.actor)
    context = {"rows": rows, "to_sign": sign_offs_waiting(request.actor)}
    return render(request, "desk/orientation.html", context)


def _found(request, model_id, module: str) -> tuple[ModelRow, ModuleRow]:
    model = own_model(request.actor, model_id)
    row = model.row(module) if model else None
    if row is None:
        raise Http404
    return model, row


def module(request, model_id, module: str):
    """One module: what to do, and that it is done."""
    model, row = _found(request, model_id, module)
    here = reverse("desk:orientation_module", args=[model_id, module])
    form = _form(request, model, row)

    def again(status=200, **more):
        context = {"model": model, "module": row, "form": form, **_ways(model, row), **more}
        return render(request, "desk/orientation_module.html", context, status=status)

    def carry(typed):
        if row.kind == "check":
            _answer_check(request, model_id, form, row, model)
            messages.success(request, _("All right. The check is passed."))
        else:
            signing.ask_sign_off(request.actor, model_id=model_id, module_id=module, asked_of_id=typed["asked_of"])
            messages.success(request, _("Asked. It waits for your colleague's signature."))
        return here

    return send(request, form, carry, again) if request.method == "POST" and form else again()


def _form(request, model: ModelRow, row: ModuleRow) -> Form | None:
    if row.kind == "check":
        return CheckForm(request.POST or None, questions=row.module.questions, say=_sayer(model))
    if row.kind == "shadow":
        actor = request.actor
        able = signers(actor.organisation_id, model.own, but=actor.account_id, today=actor.today)
        return AskForm(request.POST or None, able=able)
    return None


def _sayer(model: ModelRow):
    language = get_language() or "fi"
    return lambda key: model.own.package.text(key, language)


def _answer_check(request, model_id, form: CheckForm, row: ModuleRow, model: ModelRow) -> None:
    judged = actions.answer_check(request.actor, model_id=model_id, module_id=row.id, answers=form.answers())
    say = _sayer(model)
    wrong = {
        name: _("Not quite. %s") % say(each.explain) for name, each in form.questions.items() if not judged[each.id]
    }
    if wrong:
        raise InvalidInput(wrong)


def _ways(model: ModelRow, row: ModuleRow) -> dict:
    """Where the module is gone through: a page of the guide, a link, the practice region, the answers of a check."""
    say, page = _sayer(model), row.module.guide
    return {
        "guide_url": _guide_url(model, row, page) if page else "",
        "link": row.module.link or "",
        "practice_url": settings.SOLMU_PRACTICE_URL,
        "next": model.after(row.id),
        "answers": [
            {
                "question": say(each.text),
                "right": [say(choice.text) for choice in each.choices if choice.right],
                "explain": say(each.explain),
            }
            for each in row.module.questions
        ],
    }


def _guide_url(model: ModelRow, row: ModuleRow, page: str) -> str:
    """The page in the guide, which leads back here."""
    here = reverse("desk:orientation_module", args=[model.model_id, row.id])
    return f"{reverse('desk:guide', args=[model.model_id, page])}?{urlencode({'back': here}, safe='/')}"


@require_POST
def done(request, model_id, module: str):
    """The worker has read, watched or practised it."""
    here = reverse("desk:orientation_module", args=[model_id, module])

    def mark():
        actions.mark_done(request.actor, model_id=model_id, module_id=module)
        messages.success(request, _("Marked as done."))
        return here

    return press(request, mark, here)


@require_POST
def undo(request, model_id, module: str):
    """Takes one's own mark back."""
    here = reverse("desk:orientation_module", args=[model_id, module])

    def back():
        actions.take_back(request.actor, model_id=model_id, module_id=module)
        messages.success(request, _("Taken back."))
        return here

    return press(request, back, here)


@require_POST
def take_back(request, sign_off_id):
    """The worker no longer asks the colleague."""
    here = reverse("desk:orientation")

    def back():
        version = whole_number(request.POST.get("version"))
        row = signing.take_back_sign_off(request.actor, sign_off_id=sign_off_id, version=version)
        messages.success(request, _("Taken back."))
        return reverse("desk:orientation_module", args=[row.model_id, row.module_id])

    return press(request, back, here)


def sign_off(request, sign_off_id):
    """A colleague asks for a signature."""
    row = sign_off_row(request.actor, sign_off_id)
    if row is None:
        raise Http404
    form = SignForm(request.POST or None, initial={"version": row.version})

    def again(status=200, **more):
        coordinates = Role.COORDINATOR in request.actor.roles
        home = reverse("coordination:orientation" if coordinates else "desk:orientation")
        context = {"form": form, "row": row, "home": home, **more}
        return render(request, "desk/orientation_sign.html", context, status=status)

    def answer(typed):
        said = {"sign_off_id": sign_off_id, "version": typed["version"], "words": typed["words"]}
        if typed["answer"] == "sign":
            signing.sign(request.actor, met_on=typed["met_on"], **said)
            messages.success(request, _("Signed. Thank you for taking your colleague along."))
        else:
            signing.return_sign_off(request.actor, **said)
            messages.success(request, _("Returned. Your colleague sees your words."))
        return reverse("desk:sign_off", args=[sign_off_id])

    return send(request, form, answer, again) if request.method == "POST" else again()


_ONE = "orientation/<uuid:model_id>/<slug:module>/"
urls = [
    path("orientation/", orientation, name="orientation"),
    path("orientation/sign/<uuid:sign_off_id>/", sign_off, name="sign_off"),
    path("orientation/asked/<uuid:sign_off_id>/take-back/", take_back, name="sign_off_take_back"),
    path(_ONE, module, name="orientation_module"),
    path(f"{_ONE}done/", done, name="orientation_done"),
    path(f"{_ONE}undo/", undo, name="orientation_undo"),
]
