"""A family makes contact; it is advised, or the pair begins to work with it."""

from datetime import timedelta

from solmu.casework.actions import cases, contacts, notifications
from solmu.demo.journey import Journey
from solmu.demo.people import PersonPlan
from solmu.kernel.clock import local_date


def contact(journey: Journey, **said):
    """Somebody calls."""
    caller = journey.plan.people[0]
    fields = {
        "by": "person",
        "channel": journey.chance.choice(("phone", "phone", "visit", "message")),
        "words": journey.story.words,
        "words_read_back": True,
        "would_help": journey.story.wish,
        "domains": list(journey.story.domains),
        "caller_name": f"{caller.first_names} {caller.last_name}",
        "caller_phone": caller.phone,
        "language": journey.plan.language,
        "interpreter": journey.plan.interpreter,
        "calling": "times",
        "calling_note": journey.chance.choice(("klo 12–13", "iltapäivisin", "tekstiviesti ensin")),
        "safety": "safe",
    }
    pair = journey.office.account(journey.pair[1]).id
    return contacts.take_contact(journey.act(), pair_account_id=pair, **(fields | said))


def advise(journey: Journey) -> None:
    """The contact ends with advice, and that is a good ending."""
    taken = contact(journey)
    journey.calendar.at += timedelta(minutes=25)
    advice = journey.story.advice or "Kävimme läpi, mistä apua saa, ja sovimme, että perhe soittaa itse."
    contacts.end_with_advice(journey.act(), contact_id=taken.id, expected=taken.version, advice=advice)


def begin(journey: Journey) -> None:
    """The pair begins to work with the family."""
    taken = contact(journey)
    journey.calendar.at += timedelta(minutes=20)
    new = {
        "name": journey.plan.name,
        "language": journey.plan.language,
        "interpreter": journey.plan.interpreter,
        "area": journey.plan.area,
        "people": [_details(person, local_date(journey.calendar.at)) for person in journey.plan.people],
    }
    partner = journey.office.account(journey.pair[1]).id
    case = cases.open_case(journey.act(), contact_id=taken.id, new_family=new, pair_account_id=partner)
    journey.family.id, journey.family.case_id = case.family_id, case.id


def consider(journey: Journey) -> None:
    """The child welfare notification is considered, and there was no ground for it."""
    notifications.consider_notification(
        journey.act(),
        record_id=journey.family.id,
        conclusion="not_needed",
        reason="Keskustelimme lasten arjesta. Turvallisuudessa ei noussut esiin huolta.",
    )


def _details(person: PersonPlan, today) -> dict:
    age = (today - person.born).days // 365
    return {
        "first_names": person.first_names,
        "last_name": person.last_name,
        "place": person.place,
        "sign": person.sign,
        "birth_date": person.born,
        "is_guardian": person.guardian,
        "decides_self": True if person.place == "young" and age >= 15 else None,
        "arrived_on": person.arrived_on,
        "together_since": person.together_since,
        "phone": person.phone,
        "calling": "safe" if person.phone else "",
    }
