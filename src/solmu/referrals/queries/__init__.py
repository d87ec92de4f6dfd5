"""Reads about referrals: the sender's, the receiver's, and where a contact can be taken."""

from solmu.referrals.queries.received import Notice, QueueRow, Received, notices, queue, received, references_here
from solmu.referrals.queries.rows import CallRow, QuestionRow, StepRow
from solmu.referrals.queries.sent import Sent, SentRow, sent, sent_of_family

__all__ = [
    "CallRow",
    "Notice",
    "QuestionRow",
    "QueueRow",
    "Received",
    "Sent",
    "SentRow",
    "StepRow",
    "notices",
    "queue",
    "received",
    "references_here",
    "sent",
    "sent_of_family",
]
