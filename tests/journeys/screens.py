"""People at their screens: a browser for each, one clock on the wall, and a close look at every page they come to."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from playwright.sync_api import Page, expect

from tests.browser import IDENTIFIER
from tests.cast import MONDAY, Cast


@dataclass
class Screens:
    """The cast's browsers, opened as they are needed; `options` are what each is opened with."""

    cast: Cast
    open_page: Callable[..., Page]
    sign_in: Callable
    closely: Callable[[Page], None]
    now: datetime = MONDAY + timedelta(hours=1)
    options: dict = field(default_factory=lambda: {"locale": "en-GB"})
    pages: dict[str, Page] = field(default_factory=dict)
    looked_at: set[str] = field(default_factory=set)

    def of(self, name: str) -> Page:
        """The screen of one of the cast, signed in."""
        if name not in self.pages:
            self.pages[name] = self.open_page(**self.options)
            self.sign_in(self.pages[name], self.cast.account(name))
        return self.pages[name]

    def go(self, name: str, address: str, as_it_is: str = "") -> Page:
        """Opens a page on somebody's screen and looks at it."""
        page = self.of(name)
        page.goto(address)
        self.look(page, as_it_is)
        return page

    def look(self, page: Page, as_it_is: str = "") -> None:
        """Looks closely at each kind of page once, and once more in each state that `as_it_is` names."""
        place = f"{IDENTIFIER.sub('…', page.url.partition('?')[0])} {as_it_is}"
        if place not in self.looked_at and self.options.get("java_script_enabled", True):
            self.looked_at.add(place)
            self.closely(page)

    def later(self, **delta) -> None:
        """Time passes, and everybody signs in again."""
        self.now += timedelta(**delta)
        for name, page in self.pages.items():
            self.sign_in(page, self.cast.account(name))

    def refused(self, name: str, address: str) -> int:
        """Opens a page that is not open to somebody; returns the status."""
        page = self.of(name)
        status = page.goto(address).status
        meant(page, status)
        return status


def meant(page: Page, status: int) -> None:
    """The browser notes every answer of such a status as a fault; those so far were meant."""
    page.faults[:] = [fault for fault in page.faults if f"status of {status}" not in fault]


def press(page: Page, name: str) -> None:
    """Presses the button with exactly this name."""
    page.get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    """Follows the first link with this in its name."""
    page.get_by_role("link", name=name).first.click()


def open_waiting(page: Page, label: str) -> None:
    """Opens what waits on somebody's first page."""
    told(page, label)
    page.get_by_role("link", name=re.compile(f"^Open.*{label}")).first.click()


def choose(page: Page, group: str, option: str) -> None:
    """Chooses one of a group of alternatives."""
    page.get_by_role("group", name=group).get_by_text(option, exact=True).click()


def unfold(page: Page, summary: str) -> None:
    """Opens a part of the page that is folded."""
    page.locator("summary", has_text=summary).click()


def told(page: Page, words: str) -> None:
    """The page tells this."""
    expect(page.get_by_text(words).first).to_be_visible()
