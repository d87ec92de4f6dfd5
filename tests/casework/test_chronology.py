"""The course of the work: what happened, for each reader only from the parts that are open, and nothing by its name."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.classes import InformationClass as C
from solmu.access.deeds import Deed
from solmu.access.emergency import open_record
from solmu.access.gate import Access
from solmu.casework.actions.engagements import move_engagement, move_phase
from solmu.casework.queries.chronology import Event, chronology
from solmu.instruments.actions import amend_answers, complete_answers
from solmu.instruments.models import Response
from solmu.instruments.rules.answers import begin as initial
from tests.casework.test_moves import WHY, engage, same
from tests.instruments.forms import document, form as read, item
from tests.instruments.scenes import Whose, begin, keep
from tests.models import NETWORK, package, take_into_use
from tests.scenes import open_family
from tests.versions import another_version

pytestmark = pytest.mark.django_db
PLAIN = item("words", text="How are you?")
FORMS = {"A form began to be answered", "A form was finished", "The answers to a form were mended"}


def course(actor: Actor, scene) -> list[Event]:
    return chronology(gate.require(actor, Deed.READ_FAMILY, scene.family_id))


def of_forms(events: list[Event]) -> list[tuple[str, str]]:
    return [(event.title, event.detail) for event in events if event.title in FORMS]


def finish(cast, scene, form, **whose) -> Response:
    told = {"family_id": scene.family_id, "answers": initial(read(PLAIN))}
    begun = begin(cast, scene.family_id, form, whose=Whose(**whose))
    return complete_answers(cast.aino, response_id=begun.id, version=begun.version, **told)


@pytest.fixture
def form(cast):
    return keep(cast, document(PLAIN, title="Rikos ja sen jälkeen"))


def test_forms_are_told_by_whom_they_are_about_and_never_by_their_titles(cast, form):
    scene = open_family(cast)
    done = finish(cast, scene, form, person_id=scene.people["Minna"].id)
    told = {"family_id": scene.family_id, "answers": initial(read(PLAIN)), "reason": "Rikos kirjattiin väärin"}
    amend_answers(cast.aino, response_id=done.id, version=done.version, **told)
    begin(cast, scene.family_id, form)
    events = course(cast.aino, scene)
    assert sorted(of_forms(events)) == [
        ("A form began to be answered", ""),
        ("A form was finished", "Minna"),
        ("The answers to a form were mended", "Minna"),
    ]
    assert not any("Rikos" in f"{event.title} {event.detail}" for event in events)


def test_a_young_persons_own_answers_leave_no_trace_in_the_course(cast, form):
    scene = open_family(cast)
    finish(cast, scene, form, view_of_id=scene.people["Siiri"].id)
    begin(cast, scene.family_id, form, whose=Whose(view_of_id=scene.people["Siiri"].id))
    finish(cast, scene, form, view_of_id=scene.people["Minna"].id)
    open_record(cast.cecilia, record_id=scene.family_id, reason="The child is at the door and nobody answers.")
    for who in (cast.aino, cast.bertta, cast.cecilia):
        assert of_forms(course(who, scene)) == [("A form was finished", "")]


def test_without_the_map_no_form_and_without_the_course_no_move_is_told(cast, form):
    model = take_into_use(cast, NETWORK)[NETWORK]
    scene, work = engage(cast, model=model)
    new = another_version(NETWORK, "2", same)
    move_engagement(cast.aino, engagement_id=work.id, version=work.version, to_model_id=new.id, reason=WHY)
    finish(cast, scene, form)

    def icons(classes: C) -> set[str]:
        return {event.icon for event in chronology(Access(cast.aino, scene.family_id, classes, C(0)))}

    assert "pen" in icons(C.SITUATION) and "swap" not in icons(C.SITUATION)
    assert "swap" in icons(C.CASEWORK) and "pen" not in icons(C.CASEWORK)


def test_a_move_is_told_with_its_versions_and_a_new_phase_is_not(cast):
    model = take_into_use(cast, NETWORK)[NETWORK]
    scene, work = engage(cast, model=model)
    new = another_version(NETWORK, "2", same)
    phase = package(NETWORK).process.phases[1].id
    marked = move_phase(cast.aino, engagement_id=work.id, version=work.version, phase=phase)
    told = {"to_model_id": new.id, "reason": WHY}
    move_engagement(cast.aino, engagement_id=work.id, version=marked.version, **told)
    events = [event for event in course(cast.bertta, scene) if event.icon == "swap"]
    assert [event.title for event in events] == ["Moved to another version"]
    assert events[0].detail.endswith(": from version 1 to version 2")


def test_many_forms_and_moves_cost_no_more_queries_than_one(cast, form):
    model = take_into_use(cast, NETWORK)[NETWORK]
    scene, work = engage(cast, model=model)
    versions = [model, another_version(NETWORK, "2", same)]

    def more(number: int) -> None:
        finish(cast, scene, form)
        told = {"to_model_id": versions[number % 2].id, "reason": WHY}
        work.refresh_from_db()
        move_engagement(cast.aino, engagement_id=work.id, version=work.version, **told)

    def cost() -> int:
        access = gate.require(cast.aino, Deed.READ_FAMILY, scene.family_id)
        with CaptureQueriesContext(connection) as queries:
            chronology(access)
        return len(queries)

    more(1)
    cost()  # packages are read once in a process
    one = cost()
    for number in range(2, 5):
        more(number)
    assert cost() == one
