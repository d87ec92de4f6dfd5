"""What time brings: ends, reminders and tidying, each safe to do again. The list UPKEEP is all of it."""

import fcntl
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.mail import send_mail
from django.db import connection
from django.utils import translation
from django.utils.translation import gettext as _

from solmu.access import gate
from solmu.access.actor import Actor, system
from solmu.access.deeds import Deed
from solmu.access.emergency import end_expired
from solmu.accesslog import verification
from solmu.accounts.models import Account
from solmu.agenda.queries import accounts_with_something_due
from solmu.casework.actions.leaving import release_who_left
from solmu.casework.actions.steps import leave_nobody_unseen
from solmu.kernel import clock, planning
from solmu.learning.actions.reminding import remind_of_orientation
from solmu.operating_models.indexing import index_missing
from solmu.organisations.rules import is_working_day
from solmu.referrals.actions import end_permissions, release_claims_of_who_left
from solmu.web.models import Draft, Submission

_log = logging.getLogger("solmu.upkeep")
REMIND_FROM, REMIND_UNTIL = 7, 17  # local hours of working days
SUBMISSION_DAYS = 7


class LogNotWhole(Exception):
    """The access log was changed, moved or cut off; the stewards' page and `solmu verify-log` say where."""


def remind(actor: Actor) -> int:
    """Mails each person for whom something is due that something waits, once a day; says nothing of what."""
    gate.require(actor, Deed.KEEP_UP)
    local = actor.at.astimezone(clock.HELSINKI)
    if settings.SOLMU_DEMO or not is_working_day(actor.today) or not REMIND_FROM <= local.hour < REMIND_UNTIL:
        return 0
    return sum(_remind(actor, account_id) for account_id in accounts_with_something_due(actor))


def _remind(actor: Actor, account_id) -> int:
    """Takes the day's turn first, so that two clocks never send twice; gives it back when the mail fails."""
    mine = Account.objects.filter(pk=account_id, is_active=True)
    before = mine.values_list("reminded_on", flat=True).first()
    if not mine.exclude(reminded_on=actor.today).update(reminded_on=actor.today):
        return 0
    account = mine.get()
    try:
        with translation.override(account.language):
            words = _("You have something waiting in Solmu.")
            more = _("Sign in to see it. Messages from Solmu never tell about families.")
            body = f"{words}\n\n{settings.SOLMU_PUBLIC_URL}\n\n{more}\n"
            send_mail(words, body, None, [account.email])
    except OSError:
        mine.update(reminded_on=before)
        raise
    return 1


def end_emergencies(actor: Actor) -> int:
    """Ends emergency accesses whose hours are over."""
    return end_expired(actor)


def clear_sessions(actor: Actor) -> int:
    """Removes sign-ins that have run out."""
    gate.require(actor, Deed.KEEP_UP)
    return Session.objects.filter(expire_date__lt=actor.at).delete()[0]


def clear_drafts(actor: Actor) -> int:
    """Removes half-typed forms that nobody has touched for SOLMU_DRAFT_DAYS."""
    gate.require(actor, Deed.KEEP_UP)
    return Draft.objects.filter(saved_at__lt=actor.at - timedelta(days=settings.SOLMU_DRAFT_DAYS)).delete()[0]


def clear_submissions(actor: Actor) -> int:
    """Forgets forms sent long ago; nobody sends the same form again after a week."""
    gate.require(actor, Deed.KEEP_UP)
    return Submission.objects.filter(sent_at__lt=actor.at - timedelta(days=SUBMISSION_DAYS)).delete()[0]


def look_for_unseen(actor: Actor) -> int:
    """Finds families without a next step, once an hour: every open case is looked at."""
    gate.require(actor, Deed.KEEP_UP)
    hour = f"{actor.at.astimezone(clock.HELSINKI):%Y-%m-%d %H}"
    return _once("looked-for-unseen", hour, lambda: leave_nobody_unseen(actor))


def count_rows(actor: Actor) -> int:
    """Lets SQLite count its rows anew, once a day; PostgreSQL does so by itself."""
    gate.require(actor, Deed.KEEP_UP)
    is_sqlite = connection.vendor == "sqlite"
    return _once("rows-counted", actor.today.isoformat(), planning.count_rows) if is_sqlite else 0


def _once(name: str, period: str, work: Callable[[], int]) -> int:
    """Does the work unless it has been done in this period; a file of this name in the data folder remembers."""
    done = settings.SOLMU_DATA / name
    if done.exists() and done.read_text() == period:
        return 0
    number = work()
    done.write_text(period)
    return number


def note_anchor(actor: Actor) -> int:
    """Notes the end of the access log outside the database, once a day."""
    gate.require(actor, Deed.KEEP_UP)
    return int(verification.note_anchor(actor.today))


def verify_log(actor: Actor) -> int:
    """Walks the whole access log once a day, for the stewards' page; a log that is not whole is an error."""
    gate.require(actor, Deed.KEEP_UP)
    last = verification.last_verification()
    if last and last.is_whole and actor.at - last.at < timedelta(days=1):
        return 0
    result = verification.verify(actor.at)
    if not result.is_whole:
        raise LogNotWhole
    return 1


UPKEEP: list[tuple[str, Callable[[Actor], int | None]]] = [
    ("permissions ended", end_permissions),
    ("emergency accesses ended", end_emergencies),
    ("orientations asked", remind_of_orientation),
    ("pairs left by somebody who has gone", release_who_left),
    ("contacts given back to a unit", release_claims_of_who_left),
    ("families without a next step", look_for_unseen),
    ("reminders sent", remind),
    ("old sessions removed", clear_sessions),
    ("old drafts removed", clear_drafts),
    ("old submissions forgotten", clear_submissions),
    ("models put into the library", index_missing),
    ("tables counted", count_rows),
    ("anchors noted", note_anchor),
    ("logs verified", verify_log),
]


def tick() -> Iterator[tuple[str, int | None]]:
    """Does all of UPKEEP; yields each one's name and how many it concerned, None when it failed.

    One that fails is logged and does not keep the others from their work.
    """
    for name, work in UPKEEP:
        actor = system(clock.now())
        try:
            done = work(actor) or 0
        except Exception:  # noqa: BLE001 (the others have their work to do)
            _log.exception("upkeep failed: %s", name)
            done = None
        yield name, done


@contextmanager
def alone() -> Iterator[bool]:
    """Whether no other process of this machine does the upkeep just now."""
    with (settings.SOLMU_DATA / "upkeep.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
