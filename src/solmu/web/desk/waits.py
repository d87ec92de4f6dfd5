"""Where the deed is done that waits for somebody."""

from django.urls import reverse

from solmu.agenda.models import Item
from solmu.agenda.queries import Waiting

_K = Item.Kind
_ON_RECORD = {
    _K.PAIR: "desk:pair",
    _K.MAP: "desk:map",
    _K.NO_STEP: "desk:step_new",
    _K.PROPOSAL: "desk:proposals",
    _K.MEETING: "desk:network",
    _K.PERIOD: "desk:network",
    _K.PROMISE_VIEW: "desk:network",
    _K.PERMISSION_ENDS: "desk:permissions",
    _K.FOLLOW_UP: "desk:case",
}
_ON_ABOUT = {
    _K.CONTACT: "desk:contact",
    _K.SAFETY: "desk:contact",
    _K.DRAFT: "desk:referral",
    _K.QUESTION: "desk:referral",
    _K.CHECK_BACK: "desk:referral",
    _K.AWAIT_ANSWER: "desk:referral",
    _K.RETURNED: "desk:referral",
    _K.TELL_FAMILY: "desk:referral",
    _K.TELL_RECEIVER: "desk:referral",
    _K.ANSWER: "desk:queue_item",
    _K.CLAIMED: "desk:queue_item",
    _K.HOLD: "desk:queue_item",
    _K.WORK: "desk:queue_item",
    _K.PROMISE: "desk:my_promise",
    _K.SIGN_OFF: "desk:sign_off",
}

_ON_BOTH = {_K.MODEL_MOVED: "desk:engagement", _K.NEXT_STEP: "desk:step"}
_ALONE = {
    _K.EMERGENCY: "steward:emergencies",
    _K.ORIENTATION: "desk:orientation",
    _K.ORIENTATION_ENDS: "desk:orientation",
    _K.COMMITMENT_STEP: "coordination:commitment",
    _K.JOINING_STEP: "coordination:joining",
}


def link_of(item: Waiting) -> str:
    """The page on which it is done; empty when seeing it is enough."""
    if item.kind in _ON_BOTH:
        return reverse(_ON_BOTH[item.kind], args=[item.record_id, item.about_id])
    if item.kind in _ON_ABOUT:
        return reverse(_ON_ABOUT[item.kind], args=[item.about_id])
    if item.kind in _ON_RECORD:
        return reverse(_ON_RECORD[item.kind], args=[item.record_id])
    if item.kind in _ALONE:
        return reverse(_ALONE[item.kind])
    return ""
