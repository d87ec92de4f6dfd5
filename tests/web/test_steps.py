"""The next step with a family, as pages."""

from datetime import timedelta

import pytest
from django.urls import reverse

from solmu.agenda.models import Item
from solmu.casework.models import NextStep
from tests.cast import MONDAY
from tests.scenes import open_family
from tests.web.test_network_pages import client_of, send, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("an_hour_later")]

CALL = "Soitamme koululle"
FRIDAY = MONDAY.date() + timedelta(days=4)
TYPED = {"words": CALL, "due_on": FRIDAY.isoformat()}


@pytest.fixture
def scene(cast):
    return open_family(cast)


def agreed(cast, scene) -> NextStep:
    send(client_of(cast, "aino"), url("step_new", scene.family_id), **TYPED)
    return NextStep.objects.get()


def test_it_stands_on_the_familys_page_in_its_words_and_in_no_list(cast, scene):
    step, bertta = agreed(cast, scene), client_of(cast, "bertta")
    page = bertta.get(url("family", scene.family_id)).content.decode()
    assert CALL in page and url("step", scene.family_id, step.id) in page
    today = bertta.get(url("today")).content.decode()
    assert str(Item.Kind.NEXT_STEP.label) in today and CALL not in today


def test_what_it_lacks_is_told_and_what_was_typed_is_kept(cast, scene):
    answer = send(client_of(cast, "aino"), url("step_new", scene.family_id), words=CALL, due_on="2026-10-30")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose today or a later day." in page and f'value="{CALL}"' in page
    assert not NextStep.objects.exists()


def test_it_is_done_with_one_press_and_can_be_read_afterwards(cast, scene):
    step, aino = agreed(cast, scene), client_of(cast, "aino")
    send(aino, url("step_end", scene.family_id, step.id), version=step.version, state="done")
    assert NextStep.objects.get().state == "done"
    assert CALL not in aino.get(url("family", scene.family_id)).content.decode()
    assert CALL in aino.get(url("step_new", scene.family_id)).content.decode()
    page = aino.get(url("step", scene.family_id, step.id)).content.decode()
    assert "Aino Salmi" in page and "<button class=" not in page.split("<main")[1]


def test_who_was_later_sees_what_the_other_saved(cast, scene):
    step = agreed(cast, scene)
    address = url("step", scene.family_id, step.id)
    send(client_of(cast, "aino"), address, version=step.version, words="Käymme koululla", due_on=FRIDAY.isoformat())
    answer = send(client_of(cast, "bertta"), address, version=step.version, **TYPED)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Käymme koululla" in page and f'value="{CALL}"' in page


def test_a_step_of_another_family_is_unknown_under_ones_own(cast, scene):
    step = agreed(cast, scene)
    other = open_family(cast, name="Lehto")
    client = client_of(cast, "aino")
    assert client.get(reverse("desk:step", args=[other.family_id, step.id])).status_code == 404
    send(client, reverse("desk:step_end", args=[other.family_id, step.id]), version=1, state="done")
    assert NextStep.objects.get().state == "agreed"
