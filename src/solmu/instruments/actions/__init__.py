"""What people do with forms: coordinators keep them, workers write down what a family answers."""

from solmu.instruments.actions.answers import (
    amend_answers,
    begin_response,
    complete_answers,
    discard_response,
    save_answers,
)
from solmu.instruments.actions.forms import add_form, publish_form, remove_form, withdraw_form

__all__ = [
    "add_form",
    "amend_answers",
    "begin_response",
    "complete_answers",
    "discard_response",
    "publish_form",
    "remove_form",
    "save_answers",
    "withdraw_form",
]
