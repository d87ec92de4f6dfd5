"""The forms of the sender's side. They check the shape; the rules of referrals check the sense."""

from django import forms
from django.utils.translation import gettext_lazy as _

from solmu.casework.models import HelpCame
from solmu.consents.models import How
from solmu.consents.queries import TOLD_LABELS
from solmu.consents.rules import TOLD
from solmu.referrals.actions.outside import ANSWERS, GIVEN
from solmu.referrals.models import Referral
from solmu.web.ui.forms import Day, Form, OneOf, OwnWords
from solmu.web.ui.languages import language_choices

# The family's own page is not among these: a permission given there is recorded there, by the person.
HOW = [choice for choice in How.choices if choice[0] != How.OWN_PAGE]
_ASKED = _("No names: everybody in the receiving unit sees this sentence in the queue.")


NONE_OF_THESE = "none"


class Versioned(Form):
    """A form about a row that two may change."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class StartForm(Form):
    """To whom, and what is asked."""

    receiver = forms.ChoiceField(label=_("To whom"), widget=OneOf)
    asked = forms.CharField(label=_("What is asked, in one sentence"), max_length=240, help_text=_ASKED)
    priority = forms.ChoiceField(label=_("Urgency"), choices=Referral.Priority.choices, widget=OneOf, initial="routine")

    engagement = forms.ChoiceField(label=_("Which operating model does this belong to?"), widget=OneOf)

    def __init__(self, *args, receivers=(), engagements=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["receiver"].choices = [(row.key, _receiver_label(row)) for row in receivers]
        named = [(str(key), name) for key, name in engagements]
        if len(named) > 1:
            self.fields["engagement"].choices = [*named, (NONE_OF_THESE, _("none of these"))]
        else:
            del self.fields["engagement"]


def _receiver_label(row) -> str:
    name = f"{row.name}, {row.organisation}" if row.organisation else row.name
    return str(_("%(name)s (does not use Solmu)") % {"name": name}) if row.outside else name


class DraftForm(Versioned):
    """What is told; the items are drawn by the page, each with its reason."""

    asked = forms.CharField(label=_("What is asked, in one sentence"), max_length=240, help_text=_ASKED)
    priority = forms.ChoiceField(label=_("Urgency"), choices=Referral.Priority.choices, widget=OneOf)
    items = forms.MultipleChoiceField(label=_("What is told"), required=False)
    wish = forms.CharField(label=_("What the family wishes"), required=False, widget=OwnWords({"rows": 3}))
    already_done = forms.CharField(
        label=_("What has been done already"), required=False, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args, codes=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["items"].choices = [(code, code) for code in codes]


class SendForm(Versioned):
    """The last step before the packet leaves."""

    read_packet = forms.CharField(widget=forms.HiddenInput)
    read_aloud = forms.BooleanField(label=_("I read the preview aloud to the family"), required=False)
    ask_back_on = forms.DateField(
        label=_("The day on which you ask back"),
        required=False,
        widget=Day,
        help_text=_("The receiver has not agreed on a time to answer, so you choose when you ask."),
    )


class AskForm(Form):
    """One person's answer about the items; what was told first. Who refuses everything needs to agree on no day."""

    use_required_attribute = False

    purpose = forms.CharField(label=_("What the information is needed for"), max_length=240)
    told = forms.MultipleChoiceField(
        label=_("What you have told"),
        required=False,
        choices=[(code, TOLD_LABELS[code]) for code in (*TOLD, "interpreter_is_not_family")],
    )
    how = forms.ChoiceField(label=_("How the answer was given"), choices=HOW, widget=OneOf)
    language = forms.ChoiceField(label=_("In which language"), choices=language_choices, required=False)
    interpreter_present = forms.BooleanField(label=_("An interpreter was present"), required=False)
    valid_to = forms.DateField(
        label=_("In force until"),
        widget=Day,
        help_text=_("Agree on the day with the person. It can be withdrawn before that at any time."),
    )
    note = forms.CharField(label=_("Anything else that was said"), required=False, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args, codes=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.codes = list(codes)
        for number, _code in enumerate(self.codes):
            self.fields[f"word-{number}"] = forms.ChoiceField(
                choices=[("yes", _("permits")), ("no", _("does not permit"))], widget=OneOf({"columns": 2})
            )
        said = [self.data.get(f"word-{number}") for number, _code in enumerate(self.codes)]
        self.fields["valid_to"].required = not said or any(word != "no" for word in said)

    def words(self) -> tuple[list[str], list[str]]:
        """The items that the person permits, and those refused."""
        said = {code: self.cleaned_data[f"word-{number}"] for number, code in enumerate(self.codes)}
        return [c for c, word in said.items() if word == "yes"], [c for c, word in said.items() if word == "no"]


class AnswerForm(Versioned):
    """The sender answers a question."""

    question_id = forms.UUIDField(widget=forms.HiddenInput)
    answer = forms.CharField(
        label=_("Your answer"),
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Ask the family first. Tell only what it permits."),
    )


class ReasonForm(Versioned):
    """A deed that needs its reason."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea({"rows": 2}))


class MistakeForm(Versioned):
    """What went wrong may be told, and need not be."""

    reason = forms.CharField(label=_("What went wrong"), required=False, widget=forms.Textarea({"rows": 2}))


class TellForm(Versioned):
    """The family was told, and says whether help came."""

    told_on = forms.DateField(label=_("The family was told on"), widget=Day)
    help_came = forms.ChoiceField(
        label=_("Did help come, in the family's view?"),
        required=False,
        widget=OneOf,
        choices=[*HelpCame.choices, ("", _("cannot say yet"))],
    )
    words = forms.CharField(label=_("In the family's own words"), required=False, widget=OwnWords({"rows": 3}))
    ask_again_on = forms.DateField(label=_("If it cannot say yet: ask again on"), required=False, widget=Day)


class CallForm(Versioned):
    """A contact to a receiver outside Solmu."""

    answered_by = forms.CharField(label=_("Who answered"), max_length=120)
    agreed = forms.CharField(label=_("What was agreed"), widget=forms.Textarea({"rows": 3}))
    family_took_part = forms.BooleanField(label=_("The family took part in the call or visit"), required=False)
    packet_given = forms.ChoiceField(label=_("How the contact was told"), choices=list(GIVEN.items()), widget=OneOf)
    check_back_on = forms.DateField(label=_("The day on which you check that help came"), widget=Day)


class ToldForm(Versioned):
    """The receiver outside knows that the contact has ended."""

    use_required_attribute = False

    answered_by = forms.CharField(label=_("Who answered"), max_length=120, required=False)
    knew_nothing = forms.BooleanField(
        label=_("Nothing had been told to the receiver"),
        required=False,
        help_text=_("Then nobody is called: the call itself would tell of the family."),
    )


ANSWER_LABELS = {
    "accept": _("accepts"),
    "reject": _("cannot accept"),
    "start": _("help has begun"),
    "hold": _("asks to wait"),
    "report": _("tells how it goes"),
    "complete": _("the matter is done"),
    "fail": _("could not be carried out"),
}


class OutsideAnswerForm(Versioned):
    """What a receiver outside has told."""

    answer = forms.ChoiceField(label=_("The receiver"), widget=OneOf)
    told_by = forms.CharField(label=_("Told by"), max_length=120)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Needed when the receiver cannot accept, asks to wait or could not carry it out."),
    )
    outcome = forms.CharField(
        label=_("What came of it"),
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Needed when the matter is done."),
    )
    check_back_on = forms.DateField(label=_("The day on which you check that help came"), widget=Day, required=False)

    def __init__(self, *args, moves=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = [(move, ANSWER_LABELS[move]) for move in ANSWERS if move in moves]
