"""What people do to the life-situation map, and answers to single questions."""

from solmu.situations.actions.answers import state_fact
from solmu.situations.actions.finding import NotOnTheMap, RoundIsPast
from solmu.situations.actions.items import NOT_SAID, View, add_item, edit_item, remove_item, restore_item, state_item
from solmu.situations.actions.own_part import close_own_part, open_own_part
from solmu.situations.actions.rounds import feel, set_start_from, start_round, update_round

__all__ = [
    "NOT_SAID",
    "NotOnTheMap",
    "RoundIsPast",
    "View",
    "add_item",
    "close_own_part",
    "edit_item",
    "feel",
    "open_own_part",
    "remove_item",
    "restore_item",
    "set_start_from",
    "start_round",
    "state_fact",
    "state_item",
    "update_round",
]
