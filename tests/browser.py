"""Chromium for the journeys: `page` on the live server, `axe` and `look` for accessibility, `picture` to look at.

A page that logs an error, breaks the content security policy or asks another machine for anything fails its test.
"""

import itertools
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).parents[1]
AXE = ROOT / "tests" / "vendor" / "axe-core" / "axe.min.js"
PICTURES = ROOT / "var" / "screenshots"
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
COLOURS = ("color-contrast", "link-in-text-block")
IDENTIFIER = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")

LAPTOP = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}

FOCUSED = """() => {
    const focused = document.activeElement, label = focused.labels?.[0] ?? focused
    return `${focused.getAttribute("role") ?? focused.localName} ${label.innerText || focused.name || ""}`.trim()
}"""

# What there is on a page, each kind of element once: what it is, where it stands, and whether it stands there again.
KINDS = """() => {
    const told = element => `${element.localName}.${element.getAttribute("class") ?? ""}`, found = new Map()
    for (const each of document.querySelectorAll("body, body *")) {
        const said = [...each.attributes].map(({name, value}) =>
            /^(role|type|lang|dir|aria-current|data-tone)$/.test(name) ? `${name}=${value}` : name).sort().join(" ")
        const kind = `${told(each.parentElement)} > ${told(each)} ${said}`
        found.set(kind, found.has(kind) ? "again" : "once")
    }
    return [...found].map(([kind, times]) => `${kind} ${times}`)
}"""

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]


def chromium_path() -> str | None:
    """The machine's own Chromium, the quicker one without windows first, or the one named by SOLMU_CHROMIUM."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    return os.environ.get("SOLMU_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a process; without one they are skipped, and fail in CI."""
    path = chromium_path()
    if not path:
        without = pytest.fail if os.environ.get("CI") else pytest.skip
        without("Chromium is missing from this machine (on Debian: apt-get install chromium).")
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        # Playwright's loop runs in this thread, which Django takes for asynchronous code; it is not.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser, live_server) -> Iterator[Callable[..., Page]]:
    """Opens pages, each in a browser context of its own: `open_page(viewport=PHONE, locale="ar")`.

    Takes what Playwright's new_context takes, `java_script_enabled=False` for one. What went wrong in any of the
    pages is told at the end of the test, unless the test has emptied `page.faults`, where each fault is a sentence.
    """
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_one(**options) -> Page:
        options = {"viewport": LAPTOP, "locale": "fi-FI", "timezone_id": "Europe/Helsinki"} | options
        context = browser.new_context(base_url=live_server.url, **options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.faults = faults
        page.on("pageerror", lambda error: faults.append(f"Script error: {error}"))
        page.on("console", lambda said: said.type == "error" and faults.append(f"Console: {said.text}"))
        page.on("request", lambda asked: _elsewhere(asked.url, live_server.url, faults))
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert not faults, "\n".join(faults)


def _elsewhere(url: str, server: str, faults: list[str]) -> None:
    if not url.startswith((server, "data:", "blob:", "about:")):
        faults.append(f"Asked another machine: {url}")


@pytest.fixture
def page(open_page) -> Page:
    """A page of a laptop with Finnish as its language."""
    return open_page()


@pytest.fixture
def sign_in(live_server) -> Callable[..., None]:
    """Signs `account` in on a page without the sign-in form, which has tests of its own."""

    def sign_in_as(page: Page, account) -> None:
        client = Client()
        client.force_login(account)
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])

    return sign_in_as


@pytest.fixture(scope="session")
def axe() -> Callable[..., None]:
    """Fails with what axe finds on the page against WCAG 2.0, 2.1 and 2.2, levels A and AA; or by `rules` alone."""
    script = AXE.read_text()

    def check(page: Page, rules: tuple[str, ...] = ()) -> None:
        if not page.evaluate("'axe' in window"):
            page.evaluate(script)
        only = {"type": "rule", "values": [*rules]} if rules else {"type": "tag", "values": STANDARDS}
        found = page.evaluate("only => axe.run(document, {runOnly: only, resultTypes: ['violations']})", only)
        assert not found["violations"], _told(page.url, found["violations"])

    return check


@pytest.fixture(scope="session")
def looked_at() -> dict[str, set[str]]:
    """The kinds of elements that axe has seen in this run, by the address of their page without its identifiers."""
    return {}


@pytest.fixture
def look(axe, picture, looked_at) -> Callable[[Page], None]:
    """Looks at the page on a phone and a laptop, in dark and light: axe finds nothing, and nothing overflows.

    The second colours of a width change colours alone, so that of the rules only those of colours are tried again. A
    page on which there is nothing that has not stood there before is measured only. Pages are the same on every
    database, and are looked at on the first.
    """
    number = itertools.count(1)

    def check(page: Page) -> None:
        page.wait_for_load_state()  # a click returns when the next page is on its way, before it has a body
        place, kinds = next(number), set(page.evaluate(KINDS))
        known = looked_at.setdefault(IDENTIFIER.sub("…", page.url.partition("?")[0]), set())
        is_new = not kinds <= known
        known |= kinds
        for viewport, first, second in ((PHONE, "light", "dark"), (LAPTOP, "dark", "light")):
            page.set_viewport_size(viewport)
            assert overflow(page) == 0, f"{page.url} at {viewport['width']}"
            for scheme, rules in ((first, ()), (second, COLOURS)) if is_new else ():
                page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # no colour is on its way to another
                axe(page, rules)
                picture(page, f"{place:02}-{viewport['width']}-{scheme}")

    return check if os.environ.get("SOLMU_TEST_DATABASE") != "postgres" else lambda _page: None


def _told(url: str, violations: list[dict]) -> str:
    lines = [f"{url} is not accessible:"]
    for violation in violations:
        lines.append(f"- {violation['help']} ({violation['id']}, {violation['impact']})")
        lines += [f"    {' '.join(node['target'])}: {node['html'][:160]}" for node in violation["nodes"][:5]]
    return "\n".join(lines)


@pytest.fixture
def picture(request) -> Callable[..., None]:
    """With SOLMU_PICTURES=1 saves the whole page as a picture to look at, in var/screenshots."""

    def take(page: Page, name: str = "") -> None:
        if os.environ.get("SOLMU_PICTURES") == "1":
            PICTURES.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=PICTURES / f"{request.node.name}{name and '-'}{name}.png", full_page=True)

    return take


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window; 0 is right at every width and zoom."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def focus_order(page: Page, presses: int) -> list[str]:
    """What the keyboard reaches with `presses` of Tab from the page's beginning, each by its role and name."""
    reached = []
    for _ in range(presses):
        page.keyboard.press("Tab")
        reached.append(page.evaluate(FOCUSED))
    return reached
