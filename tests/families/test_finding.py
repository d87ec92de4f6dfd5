"""A worker finds the own families at once, and of the others learns at most whom to ask."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from solmu.access import gate
from solmu.access.classes import InformationClass as C
from solmu.access.grants import close_grants
from solmu.access.models import Grant
from solmu.accesslog.models import Entry
from solmu.families.models import SearchWord
from solmu.families.queries import duplicates, families_page, finding, search
from tests.families.household import CODE, RIMA, SAMIR, make_family, open_to

pytestmark = pytest.mark.django_db


def names(rows) -> list[str]:
    return [row.name for row in rows]


def queries_of(deed) -> int:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        deed()
    return len(caught)


@pytest.mark.parametrize(
    "text",
    [
        "samir",
        "HADD",
        "sam had",
        "Häddäd",
        "sameer",
        "rima samir",
        "perhe haddad",
        "0401234567",
        "+358 40 123 4567",
        CODE,
    ],
)
def test_a_family_is_found_by_words_phone_and_code(cast, text):
    make_family(cast.aino, people=[SAMIR | {"identity_code": CODE}, RIMA])
    make_family(cast.aino, name="Perhe Korpi", people=[])
    assert names(search(cast.aino, text).rows) == ["Perhe Haddad"]


def test_a_family_is_found_by_its_reference_however_it_is_typed(cast):
    family = make_family(cast.aino)
    for text in (family.reference, family.reference.lower(), family.reference.replace("-", "")):
        assert names(search(cast.aino, text).rows) == ["Perhe Haddad"]


@pytest.mark.parametrize("text", ["", " ", "-", "zzz", "samir korpi", "0409999999", "12345"])
def test_nothing_is_found_by_what_nobody_is_called(cast, text):
    make_family(cast.aino)
    assert search(cast.aino, text) == finding.Found()


def test_rows_are_logged_one_by_one(cast):
    family = make_family(cast.aino)
    search(cast.aino, "samir")
    entry = Entry.objects.latest("sequence")
    assert (entry.deed, entry.record_id) == ("list_families", family.id)


def test_a_colleague_learns_only_whom_to_ask(cast):
    make_family(cast.aino)
    found = search(cast.cecilia, "samir haddad")
    assert found == finding.Found(hints=("Palveluneuvonta",))
    assert not Entry.objects.filter(account_id=cast.cecilia.account_id).exists()


@pytest.mark.parametrize("text", ["040 123 4567", CODE])
def test_a_number_that_fits_one_family_gives_the_hint_too(cast, text):
    make_family(cast.aino, people=[SAMIR | {"identity_code": CODE}])
    assert search(cast.cecilia, text).hints == ("Palveluneuvonta",)


def test_the_reference_gives_the_hint_too(cast):
    family = make_family(cast.aino)
    assert search(cast.outi, family.reference).hints == ("Palveluneuvonta",)


def test_where_no_unit_works_with_the_family_the_organisation_is_asked(cast):
    family = make_family(cast.aino)
    close_grants(basis_id=Grant.objects.get(record_id=family.id).basis_id, at=cast.aino.at)
    assert search(cast.cecilia, "samir haddad").hints == ("Rantasäätiö",)


def test_one_word_alone_says_nothing_of_others(cast):
    make_family(cast.aino)
    assert search(cast.cecilia, "haddad") == finding.Found()


def test_a_restricted_family_leaves_no_hint(cast):
    family = make_family(cast.aino)
    type(family).objects.filter(pk=family.pk).update(restricted=True)
    for text in ("samir haddad", "040 123 4567", family.reference):
        assert search(cast.cecilia, text) == finding.Found()
    assert duplicates(cast.cecilia, [SAMIR]) == finding.Found()
    assert names(search(cast.aino, "samir haddad").rows) == ["Perhe Haddad"]


def test_another_organisation_gets_no_hint(cast):
    family = make_family(cast.aino, by=cast.aino)
    elsewhere = make_family(cast.ritva, by=cast.aino)
    type(family).objects.filter(pk=elsewhere.pk).update(organisation_id=cast.ritva.organisation_id)
    SearchWord.objects.filter(family_id=elsewhere.pk).update(organisation_id=cast.ritva.organisation_id)
    for word in ("samir haddad", elsewhere.reference):
        assert "Perheiden verkosto" not in search(cast.cecilia, word).hints


@pytest.mark.parametrize("who", ["paula", "kaisa", "tapio", "hilla"])
def test_who_has_no_desk_does_not_search(cast, who):
    make_family(cast.aino)
    for deed in (search, lambda actor, text: duplicates(actor, [SAMIR])):
        with pytest.raises(gate.NotPermitted):
            deed(getattr(cast, who), "samir haddad")


def test_words_that_are_too_common_are_not_looked_through(cast, monkeypatch):
    monkeypatch.setattr(finding, "TOO_COMMON", 2)
    for number in range(3):
        make_family(cast.aino, name=f"Perhe {number}")
    assert search(cast.cecilia, "samir haddad").too_common
    assert len(search(cast.aino, "samir haddad").rows) == 3


def test_rows_end_at_a_limit_and_say_so(cast, monkeypatch):
    monkeypatch.setattr(finding, "MOST_ROWS", 2)
    for number in range(3):
        make_family(cast.aino, name=f"Perhe {number}")
    found = search(cast.aino, "samir")
    assert len(found.rows) == 2 and found.more


@pytest.mark.parametrize(
    "told",
    [
        SAMIR | {"phone": ""},
        {"first_names": "Sameer", "last_name": "Haddad"},
        {"first_names": "Samir", "last_name": "Hadad", "birth_date": SAMIR["birth_date"]},
        {"first_names": "Somebody", "phone": "+358401234567"},
        {"first_names": "Somebody", "identity_code": CODE},
    ],
)
def test_a_half_typed_contact_asks_about_duplicates(cast, told):
    make_family(cast.aino, people=[SAMIR | {"identity_code": CODE}])
    assert names(duplicates(cast.aino, [told]).rows) == ["Perhe Haddad"]
    assert duplicates(cast.cecilia, [told]) == finding.Found(hints=("Palveluneuvonta",))


@pytest.mark.parametrize(
    "told", [{}, {"first_names": "Samir"}, SAMIR | {"phone": "", "birth_date": RIMA["birth_date"].replace(year=2001)}]
)
def test_what_fits_anybody_is_no_duplicate(cast, told):
    make_family(cast.aino)
    assert duplicates(cast.cecilia, [told]) == finding.Found()


def test_the_list_is_in_finnish_order(cast):
    for name in ("Öhman", "Ahonen", "Zidan", "Åberg", "Ärje"):
        make_family(cast.aino, name=name)
    assert names(families_page(cast.aino).rows) == ["Ahonen", "Zidan", "Åberg", "Ärje", "Öhman"]


def test_the_list_holds_only_what_is_open(cast):
    make_family(cast.aino)
    make_family(cast.bertta, name="Perhe Korpi")
    closed = make_family(cast.bertta, by=cast.aino, name="Perhe Suo")
    open_to(cast.aino, closed.id, C.PACKET)
    assert names(families_page(cast.aino).rows) == ["Perhe Haddad"]
    assert families_page(cast.cecilia).rows == ()


def test_mine_are_apart_from_all_that_i_may_see(cast):
    make_family(cast.aino)
    shared = make_family(cast.bertta, name="Perhe Korpi")
    open_to(cast.aino, shared.id, subject=(Grant.Subject.UNIT, cast.aino.unit_id))
    assert names(families_page(cast.aino).rows) == ["Perhe Haddad"]
    everything = families_page(cast.aino, whose="all")
    assert names(everything.rows) == ["Perhe Haddad", "Perhe Korpi"]
    assert (everything.mine, everything.all) == (1, 2)
    assert families_page(cast.cecilia).whose == "all"


def test_the_list_turns_its_pages(cast, monkeypatch):
    monkeypatch.setattr(finding, "PER_PAGE", 2)
    for name in "abcde":
        make_family(cast.aino, name=name)
    assert [names(families_page(cast.aino, number).rows) for number in (1, 2, 3)] == [["a", "b"], ["c", "d"], ["e"]]
    assert families_page(cast.aino, 99).number == 3


def test_the_number_of_queries_does_not_grow(cast):
    deeds = (
        lambda: families_page(cast.aino),
        lambda: search(cast.aino, "samir haddad"),
        lambda: search(cast.cecilia, "samir haddad"),
        lambda: duplicates(cast.aino, [SAMIR]),
    )
    make_family(cast.aino)
    families_page(cast.aino)  # the ledger's first entry takes a query more
    with_one = [queries_of(deed) for deed in deeds]
    for number in range(6):
        make_family(cast.aino, name=f"Perhe {number}")
    assert [queries_of(deed) for deed in deeds] == with_one


def plan_of(queryset) -> str:
    with CaptureQueriesContext(connection) as caught:
        list(queryset)
    with connection.cursor() as cursor:
        before = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(before + caught[0]["sql"])
        return "\n".join(str(row) for row in cursor.fetchall())


def test_a_prefix_is_answered_from_the_index(cast):
    words = SearchWord.objects.filter(organisation_id=cast.aino.organisation_id, word__prefix="sam")
    plan = plan_of(words.values_list("family_id"))
    assert "search_word_in_keeper" in plan
    assert "word" in plan.lower() and ("word>" in plan or "~>=~" in plan)


@pytest.mark.parametrize(
    ("prefix", "found"), [("sam", 1), ("samir", 1), ("samira", 0), ("am", 0), ("s%", 0), ("s_m", 0)]
)
def test_a_prefix_is_a_beginning_and_nothing_else(cast, prefix, found):
    make_family(cast.aino, people=[SAMIR | {"other_spellings": ""}])
    assert SearchWord.objects.filter(word__prefix=prefix).count() == found
