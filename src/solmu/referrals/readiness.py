"""Whether a draft can be sent: the packet as it would leave, who must permit what, and what is still lacking."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from solmu.access.gate import Access
from solmu.casework.queries.records import pair_of
from solmu.consents.models import Permission
from solmu.consents.queries import answers_to, people_who_answer
from solmu.consents.rules import Answer, Need, missing_answers, needed_answers, permitted, resting_on
from solmu.operating_models.models import Adoption
from solmu.referrals.models import Referral
from solmu.referrals.packet import Draft, Offer, Section, build_packet, offers, packet_hash
from solmu.referrals.rules import Readiness, lacks_before_sending

BOTH_OF_PAIR = "both-of-pair"  # the setting of an operating model by which both must say that the contact is ready


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
    if referral.engagement is None:
        return False
    adoption = Adoption.objects.filter(
        model_id=referral.engagement.model_id, organisation_id=referral.from_unit.organisation_id, ended_at=None
    ).first()
    settings: Mapping = adoption.settings if adoption else {}
    return settings.get(BOTH_OF_PAIR) is True


def permissions_of(answers: list[Answer]) -> list[Permission]:
    """The stored permissions behind the rules' answers."""
    return list(Permission.objects.filter(pk__in=[answer.id for answer in answers]))
