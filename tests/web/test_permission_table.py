"""Every page tried by everybody in every state of access: what answers, and what the log says of it.

`permission_table.txt` holds what is expected. `SOLMU_WRITE_TABLE=1` writes it anew, to be read before it is committed.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.classes import NONE, InformationClass as C
from solmu.access.deeds import Deed
from solmu.accesslog.models import Entry, Head
from solmu.casework.rules.classes import PAIR_CLASSES
from solmu.kernel import clock
from solmu.operating_models.guide import page_names
from tests.cast import MONDAY, make_cast
from tests.models import TEAM, package
from tests.web.states import OWN_WORDS, STATES, World, make_world

pytestmark = pytest.mark.django_db

TABLE = Path(__file__).with_name("permission_table.txt")
NOW = MONDAY + timedelta(hours=1)
COLUMNS = (
    # who, and the state of access of the family whose pages are tried
    ("aino", "live"),
    ("bertta", "live"),
    ("aino", "withdrawn"),
    ("aino", "closed"),
    ("cecilia", "live"),
    ("cecilia", "emergency"),
    ("outi", "live"),
    ("ritva", "live"),
    ("ritva", "accepted"),
    ("ritva", "ended"),
    ("ritva", "withdrawn"),
    ("tuula", "live"),
    ("paula", "live"),
    ("paula", "closed"),
    ("kaisa", "live"),
    ("tapio", "live"),
    ("hilla", "live"),
    ("nobody", "live"),
)
STRANGERS = {"outi", "tuula", "kaisa", "hilla", "nobody"}
# Signing in is django-allauth's, and holds nobody's record; tests/config/test_signin.py and test_own_sign_in.py try it.
SIGNING_IN = {
    "account_change_password",
    "account_login",
    "account_logout",
    "account_reauthenticate",
    "mfa_activate_totp",
    "mfa_authenticate",
    "mfa_deactivate_totp",
    "mfa_download_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_view_recovery_codes",
    "openid_connect_callback",
    "openid_connect_login",
}
OF_A_FAMILY = {"family_id", "contact_id", "referral_id", "promise_id"}
_OF_DRAFT = {"desk:referral_draft", "desk:referral_ready", "desk:referral_send", "desk:permission_ask"}
_OTHER = {
    ("coordination:upgrade", "model_id"): "upgrade_id",
    ("desk:permission_ask", "person_id"): "adult_id",
    ("desk:map_own_item", "item_id"): "own_item_id",
}
# What is no family's: a form's name, a move, a version of a model in the library, a page of its guide, a schema.
_SAME_FOR_ALL = {"form": "contact", "move": "claim", "step": "map", "what": "innokyla"}
_SAME_FOR_ALL |= {
    "slug": TEAM.partition("/")[0],
    "version": TEAM.partition("/")[2],
    "part": "entry",
    "since": TEAM.partition("/")[2],
    "page": page_names(package(TEAM))[0],
}
_ASKED = {
    "desk:contact_advice": {"version": "1", "advice": "Neuvo"},
    "desk:search": {"q": "Suku0la Minna"},
    "public:language": {"language": "sv"},
}


# The tries


class Unprinted:
    """Paper before it is printed: its words can be searched, those of a PDF cannot, and it is made at once."""

    def __init__(self, string: str, **_options):
        self.string = string

    def write_pdf(self, **_options) -> bytes:
        return self.string.encode()


def routes() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every address by its name, with the names of what it takes."""

    def walk(patterns, namespace: str):
        for each in patterns:
            if isinstance(each, URLPattern):
                yield f"{namespace}{each.name}", each.pattern.converters
            else:
                yield from walk(each.url_patterns, f"{namespace}{each.namespace}:" if each.namespace else namespace)

    for name, takes in walk(get_resolver().url_patterns, ""):
        if name not in SIGNING_IN:
            yield name, tuple(takes)


def address(world: World, state: str, name: str, takes: tuple[str, ...], *, known: bool = True) -> str:
    """The page of the family in this state; of one that does not exist when it is not `known`."""
    ids = world.homes[state].ids if known else {}
    given = {}
    for each in takes:
        key = "draft_id" if each == "referral_id" and name in _OF_DRAFT else _OTHER.get((name, each), each)
        given[each] = _SAME_FOR_ALL.get(each) or ids.get(key) or uuid4()
    return reverse(name, kwargs=given)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Made once; every try is taken back."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr(clock, "now", lambda: NOW)
        patch.setattr("weasyprint.HTML", Unprinted)
        yield make_world(make_cast())
        transaction.set_rollback(True)


@contextmanager
def taken_back():
    """A try that leaves nothing behind."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def browser(world: World, who: str) -> Client:
    client = Client(raise_request_exception=False, headers={"accept-language": "en"})
    if who != "nobody":
        client.force_login(world.cast.account(who))
    return client


def ask(client: Client, method: str, name: str, where: str):
    if method == "GET":
        return client.get(where)
    return client.post(where, {"once": str(uuid4()), **_ASKED.get(name, {})})


def entries(after: int) -> list[Entry]:
    return list(Entry.objects.filter(sequence__gt=after).order_by("sequence"))


def last() -> int:
    return Head.objects.values_list("sequence", flat=True).get(pk=1)


def in_words(status: int, written: list[Entry], record_id: UUID) -> str:
    """A cell: the status, `+` when the family's record was opened, `-` when a refusal was logged."""
    refused = any(entry.outcome != Entry.Outcome.ALLOWED for entry in written)
    opened = any(entry.outcome == Entry.Outcome.ALLOWED and entry.record_id == record_id for entry in written)
    return f"{status}{'+' if opened else ''}{'-' if refused else ''}"


def try_all(world: World, who: str, state: str) -> dict[tuple[str, str], str]:
    """One column of the table, with what holds of every answer whatever the table says."""
    client, home, found = browser(world, who), world.homes[state], {}
    for name, takes in routes():
        where = address(world, state, name, takes)
        for method in ("GET", "POST"):
            with taken_back():
                before = last()
                answer = ask(client, method, name, where)
                written = entries(before)
            cell = in_words(answer.status_code, written, home.ids["family_id"])
            tried = f"{who}, {state}: {method} {where} answered {cell}"
            assert answer.status_code < 500, tried
            body = b"".join(answer).decode(errors="replace") + answer.headers.get("Location", "")
            check_words(who, answer.status_code, body.replace(where, ""), home.secrets, tried)
            refusals = [entry for entry in written if entry.outcome != Entry.Outcome.ALLOWED]
            gone = answer.status_code == 404 and "+" not in cell and bool(OF_A_FAMILY & {*takes})
            assert len(refusals) == (answer.status_code == 403 or gone), tried
            if who != "nobody":
                assert answer.headers["Cache-Control"] == "no-store", tried
            found[called(name, takes), method] = cell
    return found


def check_words(who: str, status: int, body: str, secrets: tuple[str, ...], tried: str) -> None:
    """Nothing of a family on a page that is not open; a young person's own part for the pair alone."""
    if status in {403, 404} or who in STRANGERS:
        told = [each for each in secrets if each in body]
        assert not told, f"{tried} and told {told}"
    assert who in {"aino", "bertta"} or OWN_WORDS not in body, tried


def called(name: str, takes: tuple[str, ...]) -> str:
    """The name of an address in the table; two that share one are told apart."""
    return f"{name}({','.join(takes)})" if name == "desk:draft" else name


# The table


def read_table() -> dict[tuple[str, str], dict[tuple[str, str], str]]:
    """The expected columns."""
    columns: dict = {column: {} for column in COLUMNS}
    for line in TABLE.read_text().splitlines():
        if line and not line.startswith("#"):
            name, method, *cells = line.split()
            for column, cell in zip(COLUMNS, cells, strict=True):
                columns[column][name, method] = cell
    return columns


def write_table(columns: dict) -> None:
    heads = [" ".join(who for who, _state in COLUMNS), " ".join(state for _who, state in COLUMNS)]
    rows = [["#", "", *head.split()] for head in heads]
    rows += [[*key, *(columns[column][key] for column in COLUMNS)] for key in columns[COLUMNS[0]]]
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    told = [
        "# What answers to whom. 200+: the family's record was opened, and logged. 404-: refused, and logged.",
        "# 302: led on (nobody: to signing in), 422: the empty form was refused, 405: the page takes no such request.",
        *(" ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows),
    ]
    TABLE.write_text("\n".join(told) + "\n")


@pytest.mark.skipif("SOLMU_WRITE_TABLE" not in os.environ, reason="writes the table anew when asked")
def test_the_table_is_written(world):
    write_table({column: try_all(world, *column) for column in COLUMNS})


def test_every_page_is_in_the_table():
    named = {called(name, takes) for name, takes in routes()}
    assert named == {name for name, _method in read_table()[COLUMNS[0]]}


@pytest.mark.parametrize(("who", "state"), COLUMNS)
def test_the_table_holds(world, who, state):
    found, expected = try_all(world, who, state), read_table()[who, state]
    unlike = [f"{key}: {expected.get(key)} -> {cell}" for key, cell in found.items() if expected.get(key) != cell]
    assert not unlike, "\n".join(unlike)


# What holds besides


@pytest.mark.parametrize("who", ["cecilia", "outi", "tuula", "paula", "kaisa"])
def test_a_page_of_a_family_that_is_not_open_is_like_one_that_never_was(world, who):
    client = browser(world, who)
    for name, takes in routes():
        if not OF_A_FAMILY & {*takes}:
            continue
        for method in ("GET", "POST"):
            pages = []
            for known in (True, False):
                where = address(world, "closed", name, takes, known=known)
                with taken_back():
                    answer = ask(client, method, name, where)
                text = b"".join(answer).decode(errors="replace").replace(where, "here")
                pages.append((answer.status_code, re.sub(r'(csrf\w+" value=)"\w+"', r"\1", text)))
            assert pages[0] == pages[1], f"{method} {name}"


HELD = {
    "aino": dict.fromkeys(STATES, PAIR_CLASSES) | {"closed": NONE},
    "bertta": dict.fromkeys(STATES, PAIR_CLASSES) | {"closed": NONE},
    "cecilia": {"emergency": C.IDENTITY | C.CASEWORK | C.SITUATION | C.PLAN},
    "ritva": dict.fromkeys(STATES, C.PACKET)
    | dict.fromkeys(("accepted", "closed"), C.PACKET | C.NETWORK | C.PLAN)
    | {"ended": NONE, "withdrawn": NONE},
    "paula": dict.fromkeys(STATES, C.OWN_PROMISES) | {"closed": NONE},
}
READ_ONLY = {("cecilia", "emergency")}


def actor(world: World, who: str) -> Actor:
    return Actor(at=NOW) if who == "nobody" else world.cast.actor(who, NOW)


@pytest.mark.parametrize("who", dict.fromkeys(who for who, _state in COLUMNS))
def test_role_and_grant_together_decide_every_deed_in_every_state(world, who):
    for state in STATES:
        held = HELD.get(who, {}).get(state, NONE)
        for deed in Deed:
            if not deed.rule.needs:
                continue
            asks, may = actor(world, who), bool(held)
            may = may and deed.rule.needs in held and bool(asks.roles & deed.rule.roles)
            may = may and not (deed.rule.writes and (who, state) in READ_ONLY)
            with taken_back():
                try:
                    access = gate.require(asks, deed, world.homes[state].ids["family_id"])
                    assert may, f"{who} may not {deed.code} when {state}"
                    assert access.classes & ~held == NONE
                except gate.NotPermitted:
                    assert held, f"{who} hears that the family exists when {state}"
                    assert not may, f"{who} may {deed.code} when {state}"
                except gate.OutOfScope:
                    assert not held, f"{who} may {deed.code} when {state}"
