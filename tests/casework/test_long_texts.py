"""A text may be long but not endless: the same limit and the same sentence for every action."""

from datetime import timedelta

import pytest

from solmu.casework.actions.network import add_member, agree_meeting, cancel_meeting, set_member_state
from solmu.casework.actions.promises import make_promise
from solmu.casework.actions.proposals import note_gap
from solmu.consents.actions import give_permission
from solmu.consents.rules import TOLD
from solmu.kernel.errors import InvalidInput
from solmu.kernel.models import LONGEST_TEXT
from solmu.referrals.actions import ask_question
from solmu.situations.actions import open_own_part, start_round
from tests.cast import MONDAY
from tests.referrals.scenes import UNTIL, draft, sent
from tests.scenes import a_contact, open_family

pytestmark = pytest.mark.django_db

LONG = "x" * (LONGEST_TEXT + 1)


def contact(cast):
    a_contact(cast.aino, words=LONG)


def round_of_the_map(cast):
    start_round(cast.aino, family_id=open_family(cast).family_id, present=LONG)


def own_part(cast):
    scene = open_family(cast)
    open_own_part(cast.aino, family_id=scene.family_id, person_id=scene.people["Siiri"].id, said=LONG)


def member(cast):
    add_member(cast.aino, case_id=open_family(cast).case_id, kind="professional", name=LONG)


def promise(cast):
    scene = open_family(cast)
    one = add_member(cast.aino, case_id=scene.case_id, kind="professional", name="Opettaja")
    set_member_state(cast.aino, member_id=one.id, version=1, state="joined")
    make_promise(cast.aino, case_id=scene.case_id, member_id=one.id, deed=LONG, due_on=MONDAY.date())


def _meeting(cast):
    at = MONDAY + timedelta(days=1)
    return agree_meeting(cast.aino, case_id=open_family(cast).case_id, starts_at=at, place="Koti")


def cancelled_meeting(cast):
    cancel_meeting(cast.aino, meeting_id=_meeting(cast).id, version=1, reason=LONG)


def gap(cast):
    note_gap(cast.aino, need="finances", note=LONG)


def permission(cast):
    scene = open_family(cast)
    give_permission(
        cast.aino,
        family_id=scene.family_id,
        person_id=scene.people["Minna"].id,
        items=["words"],
        purpose="Avun alkaminen",
        valid_to=UNTIL,
        how="oral",
        told=TOLD,
        receiver_unit_id=cast.unit("receivers").id,
        note=LONG,
    )


def referral(cast):
    draft(cast, asked=LONG)


def question(cast):
    told = sent(cast)
    ask_question(cast.ritva, referral_id=told.referral.id, version=told.now().version, text=LONG)


WRITINGS = (
    contact,
    round_of_the_map,
    own_part,
    member,
    promise,
    cancelled_meeting,
    gap,
    permission,
    referral,
    question,
)


@pytest.mark.parametrize("write", WRITINGS, ids=lambda write: write.__name__)
def test_a_text_without_end_is_refused_in_plain_words(cast, write):
    with pytest.raises(InvalidInput, match="This is too long"):
        write(cast)
