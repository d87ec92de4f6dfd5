"""Everything that is done to a referral: by its sender, by its receiver, and when a permission falls away."""

from solmu.referrals.actions.answering import (
    accept_referral,
    ask_question,
    claim_referral,
    complete_referral,
    fail_referral,
    hold_referral,
    redirect_referral,
    reject_referral,
    release_claim,
    report_work,
    start_work,
)
from solmu.referrals.actions.following import answer_question, cancel_referral, mark_entered_in_error, tell_family
from solmu.referrals.actions.leaving import release_claims_of_who_left
from solmu.referrals.actions.outside import record_outside_answer, record_outside_call, record_receiver_told
from solmu.referrals.actions.preparing import prepare_referral, say_ready, send_referral, update_draft
from solmu.referrals.actions.withdrawing import end_permissions, withdraw_permission

__all__ = [
    "accept_referral",
    "answer_question",
    "ask_question",
    "cancel_referral",
    "claim_referral",
    "complete_referral",
    "end_permissions",
    "fail_referral",
    "hold_referral",
    "mark_entered_in_error",
    "prepare_referral",
    "record_outside_answer",
    "record_outside_call",
    "record_receiver_told",
    "redirect_referral",
    "reject_referral",
    "release_claim",
    "release_claims_of_who_left",
    "report_work",
    "say_ready",
    "send_referral",
    "start_work",
    "tell_family",
    "update_draft",
    "withdraw_permission",
]
