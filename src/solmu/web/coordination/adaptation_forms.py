"""The forms in which an organisation writes its own words; each says what it changes by places in the package."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count, groupby
from operator import itemgetter
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _, gettext_lazy

from solmu.operating_models.absent import ABSENT
from solmu.operating_models.adaptations import AdaptationView
from solmu.operating_models.compare.labels import ENDS
from solmu.operating_models.compare.speaker import Place, Speaker
from solmu.operating_models.overlay import Change
from solmu.operating_models.overlay.addresses import look
from solmu.operating_models.overlay.permits import OWN
from solmu.operating_models.package.files import LANGUAGES
from solmu.web.coordination.places import page_called
from solmu.web.ui.forms import Form, OneOf
from solmu.web.ui.languages import language_name
from solmu.web.ui.library import reader_language

Found = tuple[list[Change], list[str]]
"""Changes, and the places whose change is dropped."""


class ChangesForm(Form):
    """A form of changes; `version` is that of the adaptation."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, found: AdaptationView, **kwargs):
        super().__init__(*args, **kwargs)
        self.found, self.base = found, found.package.document
        self.own = {each.key: each for each in found.changes}

    def may(self, part: str) -> bool:
        """Whether the model's authors let this be adapted."""
        return part in self.base["process"]["may_adapt"]

    def write(self, name: str, label: str, value: Any, *, hint: str = "", rows: int = 0, most: int = 6000) -> None:
        """Adds a field in which words are written."""
        widget = forms.Textarea({"rows": rows, "class": "input"}) if rows else forms.TextInput({"class": "input"})
        widget.attrs["dir"] = "auto"
        self.fields[name] = forms.CharField(
            label=label, required=False, max_length=most, initial=value, help_text=hint, widget=widget
        )

    def settled(self, place: str, typed: Any) -> Found:
        """A value that is typed: a change, or none where it is the model's own or empty."""
        base = look(self.base, place)
        if typed in ("", base) or (base is ABSENT and not typed):
            return [], [place]
        return [Change(place, "set", typed)], []

    def changes(self) -> Found:
        """What was typed, as changes."""
        changes, dropped = [], []
        for more, without in self.found_in(self.cleaned_data):
            changes += more
            dropped += without
        return changes, dropped

    def found_in(self, typed: dict) -> Iterator[Found]:
        """The changes field by field; each form has its own."""
        yield from ()


def languages_of(found: AdaptationView) -> list[str]:
    """The languages of the version's texts, Finnish first."""
    return [each for each in LANGUAGES if each in found.package.languages]


@dataclass(frozen=True)
class Text:
    """A text that may be worded otherwise."""

    key: str
    places: list[Place]
    base: str | None
    own: str | None


def texts_shown(found: AdaptationView, language: str, word: str) -> list[Text]:
    """The texts of a language that may be worded: all, or those that the language lacks where the rest is kept."""
    document = found.package.document
    texts, finnish = document["texts"][language], document["texts"]["fi"]
    own = {each.key: each.value for each in found.changes if each.operation == "set"}
    speaker = Speaker(document, reader_language())
    may = "texts" in document["process"]["may_adapt"]
    wanted = word.casefold()
    rows = []
    for key in finnish:
        places = speaker.places(key) or [Place(_("Shown nowhere yet"), key, "")]
        row = Text(key, places, texts.get(key), own.get(f"texts.{language}.{key}"))
        shown = f"{key} {' '.join(map(str, places))} {row.base or finnish[key]} {row.own or ''}".casefold()
        if (may or row.base is None) and wanted in shown:
            rows.append(row)
    return rows


class TextsForm(ChangesForm):
    """A page of texts in one language, each called by where it is shown; its key is known to the search alone."""

    says_optional = False

    def __init__(self, *args, found, language, languages, word, page, **kwargs):
        del languages, word
        super().__init__(*args, found=found, **kwargs)
        self.language = language
        self.names = {f"t_{each.key}": each.key for each in page}
        self.parts = [each.places[0].part for each in page]
        finnish = self.base["texts"]["fi"]
        for each in page:
            words = each.own or each.base or ""
            label = capfirst(each.places[0].within or each.places[0].part)
            self.write(f"t_{each.key}", label, words, hint=self._hint(each, finnish), rows=2 if len(words) < 160 else 5)

    @staticmethod
    def _hint(text: Text, finnish: Mapping[str, str]) -> str:
        """What the model says where the field says something else, and where else the text is shown."""
        says = [] if text.base and not text.own else [_("The model says: %s") % (text.base or finnish[text.key])]
        also = [_("Shown also at: %s") % "; ".join(map(str, text.places[1:]))] if text.places[1:] else []
        return " ".join([*says, *also])

    def by_part(self) -> list[tuple[str, list]]:
        """The fields by the part in which their texts are shown, in the order of the page."""
        fields = zip(self.parts, (self[name] for name in self.names), strict=True)
        return [(part, [field for _part, field in some]) for part, some in groupby(fields, key=itemgetter(0))]

    def found_in(self, typed):
        """A change for each text that is not the model's own wording."""
        for name, key in self.names.items():
            yield self.settled(f"texts.{self.language}.{key}", typed[name].replace("\r\n", "\n").strip())


class PointsForm(ChangesForm):
    """Phone and address of each contact point."""

    def __init__(self, *args, found, **kwargs):
        super().__init__(*args, found=found, **kwargs)
        speaker = Speaker(self.base, reader_language())
        self.places = {}
        points = self.base["process"].get("contact_points", ()) if self.may("contact_points") else ()
        for each in points:
            for field, label in (("phone", _("phone")), ("address", _("address, or the page of a form"))):
                place = f"process.contact_points.{each['id']}.{field}"
                self.places[f"p_{each['id']}_{field}"] = place
                own = self.own.get(place)
                value = own.value if own else each.get(field)
                name = speaker.title("contact_points", each["id"], each)
                self.write(f"p_{each['id']}_{field}", f"{name}: {label}", value, most=300 if field == "address" else 40)

    def found_in(self, typed):
        """A change for each detail that is not the model's own."""
        for name, place in self.places.items():
            yield self.settled(place, typed[name].strip())


class ReasonsForm(ChangesForm):
    """Which of the model's closing reasons are left out, and one more of one's own."""

    ends = forms.ChoiceField(
        label=gettext_lazy("How is the new reason counted?"), choices=ENDS, initial="ended_early", widget=OneOf
    )

    def __init__(self, *args, found, **kwargs):
        super().__init__(*args, found=found, **kwargs)
        speaker = Speaker(self.base, reader_language())
        self.places = {}
        for each in self.base["process"]["closing_reasons"] if self.may("closing_reasons") else ():
            place = f"process.closing_reasons.{each['id']}"
            self.places[f"r_{each['id']}"] = place
            label = speaker.text(each["text"]) or each["id"]
            self.fields[f"r_{each['id']}"] = forms.BooleanField(
                label=label, required=False, initial=place not in self.own
            )
        if self.places:
            for language in languages_of(found):
                label = _("A reason of your own, in this language: %s") % language_name(language)
                self.write(f"new_{language}", label, "", most=300)
        else:
            del self.fields["ends"]

    def reasons(self) -> list:
        """The fields of the model's own reasons."""
        return [self[name] for name in self.places]

    def words(self) -> list:
        """The fields in which a reason of one's own is written."""
        return [self[name] for name in self.fields if name.startswith("new_")]

    def clean(self):
        """Some reason stays; one of one's own has Finnish words, which stand in for the other languages."""
        typed = super().clean()
        added = any(place.startswith(f"process.closing_reasons.{OWN}") for place in self.own)
        if self.places and not added and not any(typed.get(name) for name in (*self.places, "new_fi")):
            self.add_error(None, _("Leave at least one reason: all work in the model ends with one."))
        if any(typed.get(field.name) for field in self.words()) and not typed.get("new_fi"):
            self.add_error("new_fi", _("Write it in Finnish: it stands in for the languages that you leave empty."))
        return typed

    def found_in(self, typed):
        """What is left out, what comes back, and what is new."""
        for name, place in self.places.items():
            yield ([], [place]) if typed[name] else ([Change(place, "remove")], [])
        if typed.get("new_fi"):
            yield self._new(typed), []

    def _new(self, typed) -> list[Change]:
        name = self._free_name()
        key = f"own.closing.{name}"
        added = {"id": name, "text": key, "ends": typed["ends"], "mark": "I"}
        words = [
            Change(f"texts.{language}.{key}", "set", typed[f"new_{language}"].strip())
            for language in self.found.package.languages
            if typed[f"new_{language}"].strip()
        ]
        return [Change("process.closing_reasons", "add", added), *words]

    def _free_name(self) -> str:
        """The first name of one's own that no reason has, nor had one that was taken back and left its words."""
        taken = {place.rpartition(".")[2] for place in self.own}
        return next(name for number in count(1) if (name := f"{OWN}reason-{number}") not in taken)


class GuideForm(ChangesForm):
    """Own words after each page of the guide in one language, and a page of one's own where a step has none."""

    says_optional = False

    def __init__(self, *args, found, language, languages, **kwargs):
        del languages
        super().__init__(*args, found=found, **kwargs)
        self.language = language
        self.pages: dict[str, str] = {}
        self.steps: dict[str, str] = {}
        speaker = Speaker(self.base, reader_language())
        steps = [(phase, step) for phase in self.base["process"]["phases"] for step in phase.get("steps", ())]
        for page in self.base["guide"].get(language, {}):
            used = [speaker.title("steps", step["id"], step) for _phase, step in steps if step.get("guide") == page]
            own = self.own.get(f"guide.{language}.{page}")
            self.pages[f"g_{page}"] = page
            hint = _("Shown at: %s") % "; ".join(used) if used else ""
            label = page_called(self.base, language, page)
            self.write(f"g_{page}", label, own.value if own else "", hint=hint, rows=4, most=20_000)
        for phase, step in steps if language == "fi" else ():
            if "guide" not in step:
                own = self.own.get(f"guide.fi.{OWN}{step['id']}")
                self.steps[f"s_{step['id']}"] = f"process.phases.{phase['id']}.steps.{step['id']}"
                label = speaker.title("steps", step["id"], step)
                hint = _("The model has no page for this step.")
                self.write(f"s_{step['id']}", label, own.value if own else "", hint=hint, rows=4, most=20_000)

    def found_in(self, typed):
        """An addition to each page that has one, and each page of one's own with the step that leads to it."""
        for name, page in self.pages.items():
            place, words = f"guide.{self.language}.{page}", typed[name].replace("\r\n", "\n").strip()
            yield ([Change(place, "append", words)], []) if words else ([], [place])
        for name, step in self.steps.items():
            page, words = f"{OWN}{step.rpartition('.')[2]}", typed[name].replace("\r\n", "\n").strip()
            places = [f"guide.fi.{page}", f"{step}.guide"]
            if words:
                yield [Change(places[0], "set", f"{words}\n"), Change(places[1], "set", page)], []
            else:
                yield [], places
