"""A form that is open before a worker: what is saved of it, which page is shown, and what stands in its fields."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse

from solmu.access.gate import Access
from solmu.instruments.queries import ResponseView
from solmu.instruments.questionnaire import Form, Item
from solmu.instruments.rules.answers import places
from solmu.instruments.rules.checking import Fault, faults, lacking
from solmu.instruments.rules.enabling import asked
from solmu.instruments.rules.pages import numbers_in, pages
from solmu.instruments.rules.response import from_items
from solmu.instruments.rules.typed import Typed, from_typed, name_of, number_in, to_typed, without
from solmu.instruments.wording import fault_words
from solmu.kernel.clock import HELSINKI
from solmu.web.desk.forms.drawing import Sheet
from solmu.web.desk.shell import render_family
from solmu.web.reading import whole_number


@dataclass
class OpenForm:
    """`amending`: finished answers are mended, all on one page."""

    request: object = field(repr=False)
    access: Access
    view: ResponseView
    amending: bool = False

    def __post_init__(self) -> None:
        self.form: Form = self.view.form
        self.saved = from_items(self.form, self.view.answers)
        self.pages = [self.form.children] if self.amending else pages(self.form)
        self.page = min(max(whole_number(self.request.GET.get("page"), 1), 1), len(self.pages))
        self.errors: dict[str, str] = {}
        self.lay_out(None)

    @property
    def items(self) -> tuple[Item, ...]:
        """What stands on the page that is shown."""
        return self.pages[self.page - 1]

    @property
    def draft(self) -> str:
        """The name under which half-typed answers of this page are kept."""
        return "answers-mended" if self.amending else f"answers-{self.page}"

    def lay_out(self, typed: Mapping[str, Sequence[str]] | None) -> None:
        """Puts what was typed on this page over what is saved of the whole form."""
        raw = to_typed(self.form, self.saved, HELSINKI)
        if typed is not None:
            here = numbers_in(self.items)
            raw = {**without(raw, here), **{name: typed[name] for name in typed if number_in(name) in here}}
        self.raw = raw
        self.typed: Typed = from_typed(self.form, raw, HELSINKI, self.saved)
        self.asked = asked(self.form, self.typed.answers)
        self.errors = self._named(self.typed.faults)

    def check(self) -> None:
        """Says what is lacking or out of bounds anywhere in the form."""
        found = faults(self.form, self.typed.answers) | lacking(self.form, self.typed.answers, self.asked)
        self.errors = self._named({place: each for place, each in found.items() if place in self.asked}) | self.errors

    def _named(self, found: Mapping[tuple, Fault]) -> dict[str, str]:
        return {name_of(place): fault_words(fault) for place, fault in found.items()}

    def unseen(self) -> bool:
        """Whether something on this page is asked now that the page did not show when it was sent."""
        seen, here = set(self.request.POST.get("shown", "").split()), numbers_in(self.items)
        return any(
            item.asks and not item.read_only and not item.hidden and name_of((item.number, path)) not in seen
            for item, path in places(self.form, self.typed.answers)
            if item.number in here and (item.number, path) in self.asked
        )

    def page_of(self, name: str) -> int:
        """On which page a field stands."""
        number = number_in(name)
        return next((n for n, items in enumerate(self.pages, start=1) if number in numbers_in(items)), 1)

    def turned(self, step: int) -> int:
        """The nearest page on which anything is asked, forward (1) or back (-1); this one when there is none."""
        open_now = {number for number, _path in self.asked}
        page = self.page + step
        while 1 <= page <= len(self.pages):
            if any(item.number in open_now for item in self.pages[page - 1]):
                return page
            page += step
        return self.page

    def address(self, page: int = 1, **more) -> str:
        """The address of a page of this form."""
        where = reverse("desk:form_answer", args=[self.access.record_id, self.view.row.id])
        wanted = {**({"page": page} if page > 1 else {}), **more}
        return f"{where}?{urlencode(wanted)}" if wanted else where

    def show(self, status: int = 200, **more) -> HttpResponse:
        """The page with its fields."""
        sheet = Sheet(self.form, self.raw, self.typed.answers, self.asked, self.errors)
        here = numbers_in(self.items)
        context = {
            "view": self.view,
            "drawn": sheet.draw(self.items),
            "shown": " ".join(name_of(place) for place in sorted(self.asked) if place[0] in here),
            "page": self.page,
            "pages": len(self.pages),
            "is_first": self.turned(-1) == self.page,
            "is_last": self.turned(1) == self.page,
            "version": self.view.version,
            "faults": [self._fault(name) for name in sorted(self.errors, key=lambda name: number_in(name) or 0)],
            "draft": self.draft,
            "amending": self.amending,
            **more,
        }
        return render_family(self.request, self.access, "desk/form_answer.html", "forms", context, status)

    def _fault(self, name: str) -> dict[str, str]:
        item, page = self.form.items[number_in(name) or 0], self.page_of(name)
        href = f"#{name}" if page == self.page else f"{self.address(page, check=1)}#{name}"
        return {"label": item.text or item.link_id, "text": self.errors[name], "href": href}
