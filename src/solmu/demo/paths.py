"""Where families stand: each path walks one from its first contact to there, by the steps that people take.

Each begins far enough in the past for all its steps.
"""

from collections.abc import Callable
from datetime import datetime

from solmu.casework.actions import proposals
from solmu.demo import forms
from solmu.demo.journey import Journey
from solmu.demo.office import FAMILY_UNITY, GATHERING
from solmu.demo.steps import answering, beginning, deciding, mapping, networking, referring
from solmu.directory.models import ContactPoint


def _new_contact(begin) -> None:
    beginning.contact(begin(1), safety="")


def _unsure(begin) -> None:
    beginning.contact(begin(2), safety="unsure")


def _advised(begin) -> None:
    beginning.advise(begin(9))


def _begun(begin) -> Journey:
    journey = begin(4)
    beginning.begin(journey)
    return journey


def _with_map(begin, days: int = 6) -> Journey:
    journey = begin(days)
    beginning.begin(journey)
    beginning.consider(journey)
    journey.calendar.pass_days(2, 4)
    mapping.draw_map(journey)
    return journey


def _agreed_next(begin) -> None:
    deciding.agree_next(_with_map(begin), "Soitamme perheelle, kun olemme kysyneet, kuka auttaisi kirjeiden kanssa", 5)


def _asked(begin, days: int) -> Journey:
    journey = _with_map(begin, days)
    journey.calendar.pass_days(1, 2)
    deciding.ask(journey)
    return journey


def _model_of(journey: Journey) -> str:
    return FAMILY_UNITY if journey.story.shape == "refugee" else GATHERING


def _proposed(begin, days: int = 8) -> Journey:
    journey = _asked(begin, days)
    deciding.propose(journey, _model_of(journey))
    return journey


def _declined(begin) -> None:
    journey = _proposed(begin, 12)
    journey.calendar.pass_days(2, 3)
    deciding.decide(journey, "no")


def _later(begin) -> None:
    journey = _proposed(begin, 12)
    journey.calendar.pass_days(2, 3)
    deciding.decide(journey, "later")


def _nothing_fits(begin) -> None:
    journey = _asked(begin, 9)
    domain = journey.story.domains[0]
    proposals.note_gap(journey.act(), need=domain, area=journey.plan.area, language=journey.plan.language)


def _working(begin, days: int) -> Journey:
    journey = _asked(begin, days)
    if deciding.propose(journey, GATHERING):
        journey.calendar.pass_days(1, 2)
        deciding.decide(journey, "yes")
    return journey


def _united(begin, days: int) -> Journey:
    journey = _asked(lambda ago: begin(ago, "refugee"), days)
    deciding.propose(journey, FAMILY_UNITY)
    journey.calendar.pass_days(1, 2)
    deciding.decide(journey, "yes")
    return journey


def _united_early(begin) -> Journey:
    """The meetings go on in the version that was in use when they began."""
    journey = _united(begin, 60)
    journey.calendar.pass_days(4, 8)
    deciding.mark_phase(journey, "meetings")
    return journey


def go_on_in_the_new_version(journey: Journey, at: datetime) -> None:
    """The pair moves its work to the new version, whose forms it then uses."""
    journey.calendar.at = at
    deciding.move_on(journey, FAMILY_UNITY, "Uudessa versiossa on lomake alkukartoitukseen ja perheen palautteeseen.")
    journey.calendar.pass_days(1, 2)
    deciding.see_the_move(journey)
    answering.answer_form(journey, forms.STARTING, forms.THEIR_START)
    journey.calendar.pass_days(4, 6)
    answering.answer_partly(journey, forms.FEEDBACK, forms.THEIR_FEEDBACK)


def _united_lately(begin) -> Journey:
    journey = _united(begin, 16)
    journey.calendar.pass_days(2, 4)
    answering.answer_form(journey, forms.STARTING, forms.THEIR_START)
    deciding.mark_phase(journey, "meetings")
    return journey


def _draft(begin) -> None:
    journey = _working(begin, 9)
    answering.answer_partly(journey, forms.WEEK, forms.week_of(journey.chance))
    referring.prepare(journey, "network")


def _sent(begin, days: int = 12, unit: str = "network") -> Journey:
    journey = _working(begin, days)
    journey.calendar.pass_days(1, 2)
    referring.prepare(journey, unit)
    referring.permit(journey)
    referring.send(journey)
    deciding.mark_phase(journey, "one-contact")
    return journey


def _sent_to_young(begin) -> None:
    _sent(lambda days: begin(days, "young"), unit="young")


def _claimed(begin) -> None:
    journey = _sent(begin)
    journey.calendar.pass_days(1, 1)
    referring.claim(journey, "ritva")


def _questioned(begin) -> None:
    journey = _sent(begin, 12)
    journey.calendar.pass_days(1, 1)
    referring.claim(journey, "jari")
    referring.ask_more(journey, "jari")


def _held(begin) -> None:
    journey = _sent(begin, 13)
    journey.calendar.pass_days(1, 1)
    referring.accept(journey, "ritva")
    journey.calendar.pass_days(1, 1)
    referring.hold(journey, "ritva")


def _came_back(begin) -> None:
    journey = _sent(begin, 12)
    journey.calendar.pass_days(1, 1)
    referring.reject(journey, "jari")


def _accepted(begin, days: int = 14) -> Journey:
    journey = _sent(begin, days)
    journey.calendar.pass_days(1, 2)
    referring.claim(journey, "ritva")
    referring.accept(journey, "ritva")
    return journey


def _gathered(begin) -> None:
    journey = _accepted(begin, 17)
    journey.calendar.pass_days(1, 3)
    networking.gather(journey)
    networking.agree_meeting(journey, 14)
    deciding.mark_phase(journey, "network-meeting")
    _mended_week(journey)


def _mended_week(journey: Journey) -> None:
    said = forms.week_of(journey.chance)
    answered = answering.answer_form(journey, forms.WEEK, said)
    if answered is not None:
        journey.calendar.pass_days(1, 1)
        answering.mend_answers(journey, answered, said | {"dinners": said["dinners"] + 1}, "Kuulin luvun väärin.")


def _met(begin, days: int = 24) -> Journey:
    journey = _accepted(begin, days)
    journey.calendar.pass_days(1, 2)
    networking.gather(journey)
    networking.agree_meeting(journey, 5)
    answering.answer_form(journey, forms.WEEK, forms.week_of(journey.chance), of_first_adult=True)
    networking.hold_meeting(journey)
    deciding.mark_phase(journey, "action-period")
    return journey


def _kept(begin, days: int = 48) -> Journey:
    journey = _met(begin, days)
    journey.calendar.pass_days(20, 24)
    networking.keep_promises(journey)
    mapping.draw_again(journey)
    answering.answer_form(journey, forms.WEEK, forms.week_of(journey.chance, later=True), of_first_adult=True)
    return journey


def _to_look_together(begin) -> None:
    networking.agree_meeting(_kept(begin), 12)


def _completed(begin) -> None:
    journey = _kept(begin, 52)
    journey.calendar.pass_days(2, 4)
    referring.complete(journey, "ritva")


def _closed(begin, follow_up_days: int | None = 60) -> None:
    journey = _kept(begin, 66)
    journey.calendar.pass_days(2, 4)
    referring.complete(journey, "ritva")
    journey.calendar.pass_days(1, 2)
    referring.tell_family(journey, "yes")
    journey.calendar.pass_days(3, 6)
    networking.close(journey, follow_up_days)


def _closed_without_follow_up(begin) -> None:
    _closed(begin, None)


def _called_outside(begin) -> None:
    journey = _working(begin, 10)
    point = next((one for one in journey.office.points if one.kind == ContactPoint.Kind.PHONE), None)
    referring.prepare(journey, point_id=point.id)
    referring.permit(journey)
    referring.send(journey)
    referring.call_outside(journey, "päivystävä palveluohjaaja")
    deciding.mark_phase(journey, "one-contact")


def _withdrawn(begin) -> None:
    journey = _sent(begin, 13)
    journey.calendar.pass_days(1, 1)
    referring.withdraw(journey)


EARLY: tuple[Callable, ...] = (_united_early, _united_early, _united_early)
PATHS: tuple[Callable, ...] = (
    _met, _sent, _agreed_next, _proposed, _new_contact, _united_lately, _to_look_together, _claimed, _closed,
    _called_outside, _gathered, _nothing_fits, _begun, _questioned, _advised, _draft, _held, _completed, _sent_to_young,
    _came_back, _later, _withdrawn, _unsure, _accepted, _closed_without_follow_up, _met, _with_map, _nothing_fits,
    _declined, _sent, _proposed, _to_look_together,
)  # fmt: skip
"""Each kind stands among the first, so that a small region has them all."""
