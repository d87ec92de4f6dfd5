"""Whether a draft can be sent: the packet as it would leave, who must permit what, and what is still lacking."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings

from solmu.access.gate import Access
from solmu.casework.queries.records import pair_of
from solmu.consents.models import Permission
from solmu.consents.queries import answers_to, people_who_answer
from solmu.consents.rules import Answer, Need, missing_answers, needed_answers, permitted, resting_on
from solmu.operating_models.queries import installed, settings_of
from solmu.referrals.models import Referral
from solmu.referrals.packet import Draft, Offer, Section, build_packet, offers, packet_hash
from solmu.referrals.rules import Readiness, lacks_before_sending

# Settings of an operating model that referrals follow; docs/reference/package-format.md tells of them.
BOTH_OF_PAIR = "both-of-pair"  # both must say that the contact is ready
PERMISSION_DAYS = "permission-days"  # the length that is proposed for a permission
_MOST_DAYS = 3650  # a slip of the hand does not propose a permission for centuries


@dataclass(frozen=True)
class Preparation:
    """A draft as it stands against the family's record and its permissions today."""

    offers: list[Offer]
    chosen: frozenset[str]
    gone: frozenset[str]  # chosen, but no longer in the record
    sections: list[Section]
    hash: str
    needs: list[Need]
    missing: list[Need]
    answers: list[Answer]
    resting: list[Answer]
    pair: tuple[UUID, ...]
    pair_needed: int
    lacking: tuple[str, ...]

    def word_of(self, person_id: UUID, on: date) -> tuple[frozenset[str], frozenset[str]]:
        """What one person permits and refuses of the chosen items."""
        yes, no = permitted(self.answers, person_id, on)
        return yes & self.chosen, no & self.chosen


def draft_of(referral: Referral) -> Draft:
    """What the pair has written for this contact."""
    return Draft(
        asked=referral.asked,
        wish=referral.wish,
        already_done=referral.already_done,
        case_id=referral.case_id,
        engagement_id=referral.engagement_id,
        answers_within=referral.to_unit.answers_within if referral.to_unit else None,
    )


def prepare(
    access: Access, referral: Referral, *, read_aloud: bool = False, ask_back_on: date | None = None
) -> Preparation:
    """Everything that the page of preparing shows and that sending checks."""
    draft, today = draft_of(referral), access.actor.today
    on_offer = offers(access, draft)
    chosen = frozenset(referral.items)
    known = {offer.code: offer for offer in on_offer}
    sections = build_packet(access, draft, chosen)
    needs = needed_answers(people_who_answer(access), [known[code].asked for code in sorted(chosen & known.keys())])
    answers = answers_to(access, unit_id=referral.to_unit_id, point_id=referral.to_point_id)
    missing = missing_answers(needs, answers, today)
    pair = tuple(pair_of(referral.case))
    pair_needed = len(pair) if both_must_be_ready(referral) else 0
    ready = Readiness(
        has_items=bool(chosen & known.keys()) and bool(referral.asked),
        read_aloud=read_aloud,
        has_date=draft.answers_within is not None or ask_back_on is not None,
        missing=len(missing),
        pair_needed=pair_needed,
        pair_ready=len(set(referral.pair_ready) & {str(one) for one in pair}),
    )
    return Preparation(
        offers=on_offer,
        chosen=chosen,
        gone=chosen - known.keys(),
        sections=sections,
        hash=packet_hash(sections),
        needs=needs,
        missing=missing,
        answers=answers,
        resting=resting_on(needs, answers, today),
        pair=pair,
        pair_needed=pair_needed,
        lacking=tuple(lacks_before_sending(ready)),
    )


def both_must_be_ready(referral: Referral) -> bool:
    """Whether the running model asks, in the sender's organisation, for the word of both of the pair."""
    return _setting(referral, BOTH_OF_PAIR) is True


def permission_days(referral: Referral) -> int:
    """How long a permission the running model proposes, else this installation; 0 when neither does."""
    days = _setting(referral, PERMISSION_DAYS)
    return min(days if isinstance(days, int) else settings.SOLMU_PERMISSION_DAYS, _MOST_DAYS)


def _setting(referral: Referral, name: str) -> Any:
    if referral.engagement is None:
        return None
    return settings_of(installed(referral.engagement.model_id), referral.from_unit.organisation_id).get(name)


def permissions_of(answers: list[Answer]) -> list[Permission]:
    """The stored permissions behind the rules' answers."""
    return list(Permission.objects.filter(pk__in=[answer.id for answer in answers]))
