"""The family's life-situation map is drawn, and drawn again."""

from solmu.demo.journey import Journey
from solmu.demo.stories import PRESENT
from solmu.situations.actions import items, rounds
from solmu.situations.models import MapItem


def draw_map(journey: Journey) -> None:
    """The first round, at the kitchen table."""
    actor, family_id = journey.act(), journey.family.id
    first = rounds.start_round(actor, family_id=family_id, present=PRESENT)
    view = items.View(person_id=journey.people()[0].id)
    for knot in journey.story.knots:
        items.add_item(
            actor, family_id=family_id, domain=knot.domain, kind="knot", words=knot.words, weight=knot.weight,
            view=view, would_help=knot.helps,
        )  # fmt: skip
    for bond in journey.story.bonds:
        items.add_item(actor, family_id=family_id, domain=bond.domain, kind="bond", words=bond.words, view=view)
    rounds.feel(
        actor, family_id=family_id, round_id=first.id,
        values={domain: journey.chance.randint(2, 6) for domain in journey.story.domains},
    )  # fmt: skip
    first.refresh_from_db()
    rounds.set_start_from(
        actor, family_id=family_id, round_id=first.id, version=first.version, words=journey.story.begin,
        said_by=journey.people()[0].called,
    )  # fmt: skip


def draw_again(journey: Journey) -> None:
    """A second round: some knots have eased, one has opened, a new bond carries."""
    actor, family_id = journey.act(), journey.family.id
    second = rounds.start_round(actor, family_id=family_id, present=PRESENT)
    knots = list(MapItem.objects.filter(family_id=family_id, kind="knot").order_by("id"))
    for number, knot in enumerate(knots):
        weight = (
            "opened" if number == 0 and journey.chance.random() < 0.6 else journey.chance.choice(("light", "tense"))
        )
        items.state_item(actor, family_id=family_id, item_id=knot.id, weight=weight)
    view = items.View(person_id=journey.people()[0].id)
    words = journey.chance.choice(("Perhekahvila", "Tuttu työntekijä", "Naapurin Helena", "Oma viikkohetki"))
    items.add_item(actor, family_id=family_id, domain="relations", kind="bond", words=words, view=view)
    values = {domain: journey.chance.randint(4, 8) for domain in journey.story.domains}
    rounds.feel(actor, family_id=family_id, round_id=second.id, values=values)
