"""The family's pages: what a worker sees, does and undoes, and what nobody else learns."""

from uuid import uuid4

import pytest
from django.urls import reverse

from solmu.access.classes import InformationClass as C
from solmu.access.grants import Basis
from solmu.access.models import Grant
from solmu.accesslog.models import Entry
from solmu.families.models import Family, Person
from tests.families.household import CODE, RIMA, SAMIR, make_family, open_to

pytestmark = pytest.mark.django_db
BASIC = C.IDENTITY | C.ADDRESS


@pytest.fixture
def family(cast) -> Family:
    return make_family(cast.aino, classes=BASIC)


def text_of(response) -> str:
    return response.content.decode()


def at(name: str, family, *more) -> str:
    return reverse(f"desk:{name}", args=[family.id, *more])


def samir(family) -> Person:
    return Person.objects.get(family=family, first_names="Samir")


def filled(person: Person, **changed) -> dict:
    form = {
        "once": str(uuid4()),
        "version": person.version,
        "place": person.place,
        "first_names": person.first_names,
        "last_name": person.last_name,
        "birth_date": "1984-03-01",
        "lives_at_home": "on",
        "phone": "040 1234567",
    }
    return form | changed


PAGES = ("family", "family_edit", "people", "person_new", "family_log")


@pytest.mark.parametrize("page", PAGES)
def test_the_family_s_worker_sees_every_page(by, family, page):
    response = by("aino").get(at(page, family))
    assert response.status_code == 200
    assert "Perhe Haddad" in text_of(response)


@pytest.mark.parametrize("who", ["cecilia", "outi", "ritva", "paula", "kaisa", "tapio", "hilla"])
@pytest.mark.parametrize("page", PAGES)
def test_for_everybody_else_the_family_does_not_exist(by, cast, family, page, who):
    response = by(who).get(at(page, family))
    assert response.status_code == 404
    assert "Haddad" not in text_of(response)
    entry = Entry.objects.latest("sequence")
    assert (entry.account_id, entry.outcome) == (cast.account(who).id, "out_of_scope")


@pytest.mark.parametrize("who", ["cecilia", "paula"])
def test_nobody_else_changes_anything(by, family, who):
    person = samir(family)
    for page in ("person", "person_remove", "person_restore", "person_code"):
        response = by(who).post(at(page, family, person.id), filled(person, first_names="x"))
        assert response.status_code == 404
    assert samir(family).version == 1


def test_a_name_that_is_told_after_a_deed_stands_in_no_cookie_and_ends_with_the_sign_in(by, family):
    client = by("aino")
    client.post(at("person_new", family), filled(samir(family), first_names="Sanelma"))
    assert Person.objects.filter(family=family, first_names="Sanelma").exists()
    assert "messages" not in client.cookies
    client.post(reverse("account_logout"))
    assert "Sanelma" not in text_of(client.get("/accounts/login/"))


def test_no_title_names_the_family(by, family):
    for page in PAGES:
        title = text_of(by("aino").get(at(page, family))).split("<title>")[1].split("</title>")[0]
        assert "Haddad" not in title and family.reference in title


def test_tabs_lead_only_where_a_grant_opens(by, family):
    page = text_of(by("aino").get(at("family", family)))
    assert at("people", family) in page and at("family_log", family) in page
    assert at("map", family) not in page


def test_the_overview_tells_what_to_know_before_calling(by, cast):
    careful = RIMA | {"calling": "not_safe", "calling_note": "Only through the school"}
    family = make_family(cast.aino, classes=BASIC, people=[SAMIR, careful])
    page = text_of(by("aino").get(at("family", family)))
    assert "Samir 42 and Rima 38" in page
    assert "Only through the school" in page
    assert "Arabic" in page


def test_each_page_is_one_line_in_the_log(by, family):
    by("aino").get(at("people", family))
    assert [entry.deed for entry in Entry.objects.filter(record_id=family.id)] == ["read_people"]


def test_a_person_is_added_once_however_often_the_button_is_pressed(by, family):
    form = {"once": str(uuid4()), "place": "child", "first_names": "Noor", "lives_at_home": "on"}
    for _press in range(2):
        response = by("aino").post(at("person_new", family), form)
        assert response.status_code == 302
    assert Person.objects.filter(family=family, first_names="Noor").count() == 1


def test_the_shared_last_name_is_not_typed_twice(by, family):
    assert 'value="Haddad"' in text_of(by("aino").get(at("person_new", family)))


def test_a_fault_is_told_at_its_field_and_nothing_typed_is_lost(by, family):
    form = {"once": str(uuid4()), "place": "child", "first_names": "Noor", "birth_date": "2999-01-01"}
    response = by("aino").post(at("person_new", family), form)
    assert response.status_code == 422
    assert 'value="Noor"' in text_of(response) and "id_birth_date_error" in text_of(response)


def test_a_change_is_saved(by, family):
    person = samir(family)
    response = by("aino").post(
        at("person", family, person.id), filled(person, call_name="Sami", needs_interpreter="yes")
    )
    assert response.status_code == 302
    saved = samir(family)
    assert (saved.call_name, saved.needs_interpreter, saved.decides_self) == ("Sami", True, None)


def test_a_stale_form_shows_both_versions(by, cast, family):
    open_to(cast.bertta, family.id, BASIC)
    person = samir(family)
    by("bertta").post(at("person", family, person.id), filled(person, call_name="Abu Yara"))
    response = by("aino").post(at("person", family, person.id), filled(person, call_name="Sami"))
    page = text_of(response)
    assert response.status_code == 409
    assert "Abu Yara" in page and 'value="Sami"' in page and 'name="version" value="2"' in page
    by("aino").post(at("person", family, person.id), filled(person, version=2, call_name="Sami"))
    assert samir(family).call_name == "Sami"


def test_the_family_s_details_are_changed_and_conflicts_told(by, family):
    form = {"version": 1, "name": "Perhe Haddad-Aalto", "language": "ar", "interpreter": "no", "area": "Jokiranta"}
    assert by("aino").post(at("family_edit", family), form | {"once": str(uuid4())}).status_code == 302
    assert Family.objects.get(pk=family.pk).area == "Jokiranta"
    stale = by("aino").post(at("family_edit", family), form | {"once": str(uuid4()), "area": "Harju"})
    assert stale.status_code == 409 and "Jokiranta" in text_of(stale)


def test_taking_away_asks_first_and_can_be_undone(by, family):
    person = samir(family)
    aino = by("aino")
    asked = aino.get(at("person_remove", family, person.id))
    assert asked.status_code == 200 and not samir(family).removed_at
    aino.post(at("person_remove", family, person.id), {"once": str(uuid4()), "version": 1})
    assert samir(family).removed_at
    assert at("person_restore", family, person.id) in text_of(aino.get(at("people", family)))
    assert aino.get(at("person", family, person.id)).status_code == 404
    aino.post(at("person_restore", family, person.id), {"once": str(uuid4())})
    assert samir(family).removed_at is None


def test_the_identity_code_is_shown_only_when_it_is_asked_for(by, cast):
    family = make_family(cast.aino, classes=BASIC, people=[SAMIR | {"identity_code": CODE}])
    person = samir(family)
    aino = by("aino")
    for page in (at("family", family), at("people", family), at("person", family, person.id)):
        assert CODE not in text_of(aino.get(page))
    shown = aino.post(at("person_code", family, person.id), {"once": str(uuid4())})
    assert CODE in text_of(shown) and "no-store" in shown["Cache-Control"]
    assert Entry.objects.filter(deed="read_identity_code", record_id=family.id).count() == 1
    assert aino.get(at("person_code", family, person.id)).status_code == 405


def test_an_unprotected_form_leaves_a_hidden_address_alone(by, cast):
    hidden = SAMIR | {"address": "Rantatie 1", "address_protected": True}
    family = make_family(cast.aino, people=[hidden], classes=C.IDENTITY)
    person = samir(family)
    assert "Rantatie" not in text_of(by("aino").get(at("people", family)))
    assert "Rantatie" not in text_of(by("aino").get(at("person", family, person.id)))
    by("aino").post(at("person", family, person.id), filled(person, address="", call_name="Sami"))
    assert (samir(family).address, samir(family).call_name) == ("Rantatie 1", "Sami")


def test_the_log_tells_who_read_what_and_why(by, cast, family):
    by("aino").get(at("people", family))
    by("cecilia").get(at("people", family))
    page = text_of(by("aino").get(at("family_log", family)))
    assert "Aino Salmi" in page and "Palveluneuvonta, Rantasäätiö" in page
    assert "Cecilia" not in page
    assert Entry.objects.latest("sequence").deed == "read_log_of_family"


def test_the_log_is_narrowed_to_a_person_or_a_day_and_printed(by, cast, family):
    open_to(cast.bertta, family.id, BASIC)
    by("bertta").get(at("people", family))
    aino = by("aino")
    aino.get(at("people", family))
    rows = lambda query: text_of(aino.get(f"{at('family_log', family)}?{query}")).split("<tbody>")[-1]  # noqa: E731
    assert "Bertta Niemi" in rows("") and "Aino Salmi" in rows("")
    assert "Aino Salmi" not in rows(f"who={cast.account('bertta').id}")
    assert "<td" not in rows("day=1999-01-01")
    assert "Bertta Niemi" in rows("print=1")
    assert "<td" in rows("who=x&day=y&before=z")


def test_the_log_goes_on_to_older_lines(by, family, monkeypatch):
    monkeypatch.setattr("solmu.families.queries.LOG_PAGE", 2)
    aino = by("aino")
    for _look in range(4):
        page = text_of(aino.get(at("family_log", family)))
    older = page.split("before=")[1].split('"')[0]
    assert "<td" in text_of(aino.get(f"{at('family_log', family)}?before={older}"))


def test_an_emergency_is_told_on_every_page(by, cast):
    family = make_family(cast.bertta, classes=BASIC)
    open_to(cast.aino, family.id, BASIC, basis=Basis(Grant.Basis.EMERGENCY, uuid4()), may_write=False)
    page = text_of(by("aino").get(at("people", family)))
    assert 'data-tone="late"' in page
    assert at("person_new", family) not in page
