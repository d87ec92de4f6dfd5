"""Rules of the network: how members come and go, when an absence needs a reason, how a promise ends."""

from collections.abc import Mapping
from datetime import date

from solmu.organisations.rules import add_working_days

MEMBER_MOVES: Mapping[str, tuple[str, ...]] = {
    "wished": ("invited", "joined", "declined", "left"),
    "invited": ("joined", "declined", "left"),
    "joined": ("left",),
    "declined": ("invited", "joined"),
    "left": ("wished", "invited", "joined"),
}
"""From each state of a member to the next. The family may strike anybody out (`left`) at any time."""

PROMISE_ENDS = ("kept", "not_kept", "released")
NEEDS_WORD = frozenset({"not_kept", "released"})
ASK_FAMILY_WITHIN = 5
"""Working days in which the family is asked whether a deed helped; Solmu's own choice, no source gives one."""


def may_become(state: str, to: str) -> bool:
    """Whether a member in `state` may be moved to `to`."""
    return to in MEMBER_MOVES.get(state, ())


def needs_familys_yes(to: str) -> bool:
    """Whether the move tells somebody of the family, so that the family must have chosen the member."""
    return to in {"invited", "joined"}


def absence_needs_reason(family_present: bool, model_says: str | None) -> bool:
    """A meeting without the family needs a reason, unless the running model only recommends that it is there."""
    return not family_present and model_says != "recommended"


def promise_needs_word(state: str, word: str) -> bool:
    """Whether the end of a promise lacks the word that tells why."""
    return state in NEEDS_WORD and not word.strip()


def ask_family_on(today: date) -> date:
    """The day by which the family is asked whether a kept or broken promise helped."""
    return add_working_days(today, ASK_FAMILY_WITHIN)
