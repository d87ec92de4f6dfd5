"""Reads about forms: what is offered to a family, what it has answered, and what a coordinator keeps."""

from solmu.instruments.queries.library import FormRow, form_row, forms
from solmu.instruments.queries.offers import Link, Offer, Offers, Running, offer, offers, step_key
from solmu.instruments.queries.responses import ResponseRow, ResponseView, VersionRow, response, responses

__all__ = [
    "FormRow",
    "Link",
    "Offer",
    "Offers",
    "ResponseRow",
    "ResponseView",
    "Running",
    "VersionRow",
    "form_row",
    "forms",
    "offer",
    "offers",
    "response",
    "responses",
    "step_key",
]
