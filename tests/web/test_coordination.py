"""The library of models and the gaps: in words, by version, without anybody who could be recognised."""

from html import unescape
from uuid import uuid4

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from solmu.casework.actions.proposals import note_gap
from solmu.casework.models import Gap
from solmu.casework.queries.gaps import gaps
from solmu.operating_models.models import Adoption, Experience
from solmu.operating_models.queries import library_entry
from solmu.web.coordination.models import _additions
from tests.cast import MONDAY
from tests.models import COUNSELLING, FAMILY_UNITY, install, package, take_into_use
from tests.web.test_network_pages import client_of, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("an_hour_later")]


def at(name: str, *args) -> str:
    return reverse(f"coordination:{name}", args=args)


def shown(client, address: str) -> str:
    return unescape(client.get(address).content.decode())


def test_an_empty_shelf_says_who_fills_it(cast):
    assert "No operating model has been installed" in shown(client_of(cast, "paula"), at("models"))


@pytest.mark.parametrize("name", ["aino", "ritva", "paula", "kaisa", "tapio", "hilla"])
def test_everybody_reads_what_a_model_is(cast, name):
    model, client = install(FAMILY_UNITY), client_of(cast, name)
    own = package(FAMILY_UNITY)
    page = shown(client, at("model", model.id))
    assert own.title("en") in shown(client, at("models"))
    assert all(own.text(each.says.worker, "en") in page for each in own.entry.criteria)
    assert "reported by the developers" in page
    assert ("Take into use" in page) is (name == "kaisa")


def test_the_coordinator_takes_into_use_changes_and_stops(cast):
    model, client = install(FAMILY_UNITY), client_of(cast, "kaisa")
    address, once = at("model", model.id), str(uuid4())
    for _press in range(2):
        client.post(address, {"once": once, "s_settling-months": "6"})
    adoption = Adoption.objects.get()
    assert adoption.settings == {"settling-months": 6}
    wrong = send(client, address, **{"version": "1", "s_settling-months": "-1"})
    assert wrong.status_code == 422
    send(client, address, **{"version": "1", "s_settling-months": "5"})
    assert send(client, address, **{"version": "1", "s_gap-weeks": "3"}).status_code == 409
    send(client, at("model_stop", model.id), version="2")
    adoption.refresh_from_db()
    assert adoption.settings == {"settling-months": 5}
    assert adoption.ended_at is not None


@pytest.mark.parametrize("name", ["aino", "ritva", "paula", "hilla"])
def test_nobody_else_takes_into_use(cast, name):
    model, client = install(FAMILY_UNITY), client_of(cast, name)
    assert send(client, at("model", model.id)).status_code == 403
    assert send(client, at("model_stop", model.id), version="1").status_code == 403
    assert not Adoption.objects.exists()


def test_a_setting_of_yes_or_no_is_told_in_words(cast):
    page = shown(client_of(cast, "kaisa"), at("model", install(COUNSELLING).id))
    assert "The package says: no." in page and "False" not in page


def test_a_model_that_is_not_there_is_not_found(cast):
    assert client_of(cast, "kaisa").get(at("model", uuid4())).status_code == 404


def test_taking_into_use_leads_to_what_it_needs(cast):
    model, client = install(COUNSELLING), client_of(cast, "kaisa")
    answer = send(client, at("model", model.id))
    assert answer.headers["Location"] == at("checklist", model.id)
    send(client, at("checklist_mark", model.id), item="licence:terms", note="Luettu yhdessä")
    page = shown(client, at("checklist", model.id))
    assert package(COUNSELLING).model.licence in page
    assert "Kaisa Ranta" in page
    assert "Luettu yhdessä" in page
    assert "1 of" in shown(client, at("model", model.id))
    send(client, at("checklist_mark", model.id), item="licence:terms", done="no")
    assert "Luettu yhdessä" not in shown(client, at("checklist", model.id))


def test_others_read_the_list_without_buttons(cast):
    model = take_into_use(cast, COUNSELLING)[COUNSELLING]
    page = shown(client_of(cast, "aino"), at("checklist", model.id))
    assert "To see to" in page
    assert "It waits after all" not in page
    assert 'name="note"' not in page
    assert client_of(cast, "ritva").get(at("checklist", model.id)).status_code == 404


def test_an_experience_is_written_read_and_published(cast):
    model, aino, kaisa = install(COUNSELLING), client_of(cast, "aino"), client_of(cast, "kaisa")
    words = {"text": "Pari jaksaa paremmin.", "in_role": "palveluneuvoja"}
    page = send(aino, at("experience_new", model.id), **words)
    assert page.status_code == 422
    assert "Pari jaksaa paremmin." in unescape(page.content.decode())
    send(aino, at("experience_new", model.id), **words, names_nobody="on")
    assert "waits for the coordinator" in shown(aino, at("model", model.id))
    assert "1 experience waits for you" in shown(kaisa, at("models"))
    assert "Pari jaksaa paremmin." not in shown(client_of(cast, "ritva"), at("model", model.id))
    row = Experience.objects.get()
    send(kaisa, at("experience", row.id), version="1", publish="yes")
    page = shown(client_of(cast, "ritva"), at("model", model.id))
    assert "Pari jaksaa paremmin." in page
    assert "Aino Salmi" not in page
    send(aino, at("experience_back", row.id), version="2", model=str(model.id))
    assert "Pari jaksaa paremmin." not in shown(kaisa, at("model", model.id))


def test_a_familys_words_are_shown_in_their_language_until_leave_is_taken_back(cast):
    model, aino, kaisa = install(COUNSELLING), client_of(cast, "aino"), client_of(cast, "kaisa")
    public = reverse("public:library_version", args=[model.slug, model.model_version])
    assert "No family's words have been published yet." in shown(client_of(cast, "ritva"), public)
    words = {"text": "کسی به ما گوش داد.", "language": "fa_AF", "voice": "parent"}
    ticks = dict.fromkeys(("leave_given", "read_back", "names_nobody"), "on")
    page = send(aino, at("family_words_new", model.id), **words)
    assert page.status_code == 422
    assert words["text"] in page.content.decode()
    translated = {"translation": "Joku kuunteli meitä.", "translated_to": "fi"}
    send(aino, at("family_words_new", model.id), **words, **translated, **ticks)
    assert words["text"] in shown(kaisa, at("experiences"))
    row = Experience.objects.get()
    send(kaisa, at("experience", row.id), version="1", publish="yes")
    page = Client(headers={"accept-language": "en"}).get(public).content.decode()
    assert f'lang="fa-AF" dir="rtl">{words["text"]}</p>' in page
    assert '<p lang="fi">Joku kuunteli meitä.</p>' in page
    assert "A parent, November 2026" in page
    assert "Aino" not in page
    assert "Rantasäätiö" not in page
    send(kaisa, at("experience_back", row.id), version="2", model=str(model.id))
    assert words["text"] not in Client().get(public).content.decode()


def test_the_booklet_marks_what_is_the_organisations_own(cast):
    model = take_into_use(cast, COUNSELLING, **{"prepare-days": 3})[COUNSELLING]
    additions = _additions_of(cast, model)
    assert additions.organisation == "Rantasäätiö"
    assert any("3" in value for _says, value in additions.settings)
    answer = client_of(cast, "kaisa").get(at("model_export", model.id, "booklet.pdf"))
    assert answer.headers["Content-Type"] == "application/pdf"


def _additions_of(cast, model):
    request = RequestFactory().get("/")
    request.actor = cast.kaisa
    return _additions(request, library_entry(cast.kaisa, model.id))


def test_few_gaps_are_not_told_by_number(cast):
    for _number in range(5):
        note_gap(cast.aino, need="housing", area="Jokiranta")
    for _number in range(4):
        note_gap(cast.aino, need="learning", area="Jokiranta")
    assert [row.count for row in gaps(cast.kaisa)] == [5, None]
    assert "under 5" in shown(client_of(cast, "kaisa"), at("gaps"))


def test_hidden_numbers_stand_by_name_and_not_by_size(cast):
    for area, times in (("A", 1), ("B", 4), ("C", 2)):
        for _number in range(times):
            note_gap(cast.aino, need="housing", area=area)
    assert [row.area for row in gaps(cast.kaisa)] == ["A", "B", "C"]


def test_gaps_are_paged_and_chosen_by_need(cast):
    Gap.objects.bulk_create(
        Gap(unit=cast.unit("counselling"), need="mind", area=f"{n:03}", noted_on=MONDAY.date()) for n in range(60)
    )
    page = gaps(cast.kaisa, "2", "mind")
    assert (page.paginator.num_pages, len(page.object_list)) == (2, 10)
    assert not gaps(cast.kaisa, need="housing").object_list


@pytest.mark.parametrize("name", ["aino", "ritva", "paula", "hilla", "tapio"])
def test_nobody_else_sees_the_gaps(cast, name):
    assert client_of(cast, name).get(at("gaps")).status_code == 403
