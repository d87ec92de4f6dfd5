"""Reads about referrals: the sender's, the receiver's, and where a contact can be taken."""

from solmu.referrals.queries.received import QueueRow, Received, Withdrawn, queue, received, withdrawn_lately
from solmu.referrals.queries.rows import CallRow, QuestionRow, StepRow
from solmu.referrals.queries.sent import Sent, SentRow, sent, sent_of_family

__all__ = [
    "CallRow",
    "QuestionRow",
    "QueueRow",
    "Received",
    "Sent",
    "SentRow",
    "StepRow",
    "Withdrawn",
    "queue",
    "received",
    "sent",
    "sent_of_family",
    "withdrawn_lately",
]
