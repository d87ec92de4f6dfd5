"""Appends to the ledger and proves that nothing in it has been changed, moved or cut off."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import Subquery
from django.db.models.functions import Coalesce

from solmu.accesslog.models import Entry, Head
from solmu.kernel.keys import keyed_hash


@dataclass(frozen=True)
class Line:
    """What is said of one use of one record."""

    at: datetime
    deed: str
    outcome: str
    account_id: UUID | None = None
    account_name: str = ""
    unit_id: UUID | None = None
    record_id: UUID | None = None
    writes: bool = False
    classes: str = ""
    basis: str = ""
    basis_id: UUID | None = None
    purpose: str = ""


FIELDS = tuple(Line.__dataclass_fields__)


def _link(sequence: int, previous: str, said) -> str:
    facts = {name: getattr(said, name) for name in FIELDS}
    facts["at"] = facts["at"].astimezone(UTC).isoformat(timespec="microseconds")
    text = json.dumps([sequence, previous, facts], default=str, sort_keys=True, ensure_ascii=False)
    return keyed_hash("access log", text)


def _locked_head() -> Head:
    locked = Head.objects.select_for_update().filter(pk=1)
    if (head := locked.first()) is None:
        Head.objects.get_or_create(pk=1)  # two first writers at once: one makes it, the other waits and finds it
        head = locked.get()
    return head


@contextmanager
def in_turn() -> Iterator[Callable[[Iterable[Line]], None]]:
    """Gives the function that writes at the end of the chain, once the writers before have committed or given up.

    It writes in the transaction that is open, or in one of its own. The head's row is locked until that transaction
    ends: entries never share a place, none is skipped, and what is decided inside sees all that was logged before it.
    """
    with transaction.atomic():
        yield partial(_write, _locked_head())


def append(lines: Iterable[Line]) -> None:
    """Writes lines on which nothing is left to decide."""
    with in_turn() as write:
        write(lines)


def _write(head: Head, lines: Iterable[Line]) -> None:
    entries = []
    for line in lines:
        digest = _link(head.sequence + 1, head.hash, line)
        said = {name: getattr(line, name) for name in FIELDS}
        entries.append(Entry(sequence=head.sequence + 1, previous=head.hash, hash=digest, **said))
        head.sequence, head.hash = head.sequence + 1, digest
    Entry.objects.bulk_create(entries)
    Head.objects.filter(pk=1).update(sequence=head.sequence, hash=head.hash)


@dataclass(frozen=True)
class Fault:
    """A place where the chain does not hold."""

    sequence: int
    what: str  # missing | changed | broken | cut


def faults(
    anchor: tuple[int, str] | None = None, *, seen: Callable[[int], None] = lambda sequence: None
) -> Iterator[Fault]:
    """Walks the whole chain and yields where it does not hold; nothing yielded means it is whole.

    `anchor` is a (sequence, hash) noted earlier outside the database: it also reveals a chain that somebody
    with the key has written anew. The chain may grow meanwhile: it is walked as far as it reached at the start.
    `seen` is told the number of each entry that was looked at.
    """
    head = Head.objects.filter(pk=1).first() or Head()
    expected, previous = 1, ""
    for entry in Entry.objects.filter(sequence__lte=head.sequence).order_by("sequence").iterator(chunk_size=2000):
        if entry.sequence != expected:
            yield Fault(expected, "missing")
        elif entry.previous != previous:
            yield Fault(entry.sequence, "broken")
        if entry.hash != _link(entry.sequence, entry.previous, entry):
            yield Fault(entry.sequence, "changed")
        if anchor and entry.sequence == anchor[0] and entry.hash != anchor[1]:
            yield Fault(entry.sequence, "changed")
        seen(entry.sequence)
        expected, previous = entry.sequence + 1, entry.hash
    if (head.sequence, head.hash) != (expected - 1, previous):
        yield Fault(expected, "cut")
    if anchor and anchor[0] > head.sequence:
        yield Fault(anchor[0], "cut")
    yield from _beyond_the_head()


def _beyond_the_head() -> Iterator[Fault]:
    """Entries past the end that the head knows; asked in one statement, so that a growing chain is not blamed."""
    known = Coalesce(Subquery(Head.objects.filter(pk=1).values("sequence")), 0)
    for entry in Entry.objects.filter(sequence__gt=known).order_by("sequence")[:1]:
        yield Fault(entry.sequence, "broken")


def unlike(anchors: Iterable[tuple[int, str]]) -> list[int]:
    """Those of the anchors noted earlier, by their numbers, whose entry is gone or another one."""
    noted = [(sequence, digest) for sequence, digest in anchors if sequence]
    kept = dict(Entry.objects.filter(sequence__in=[number for number, _ in noted]).values_list("sequence", "hash"))
    return [sequence for sequence, digest in noted if kept.get(sequence) != digest]


def anchor() -> tuple[int, str]:
    """The end of the chain now, to be noted outside the database."""
    head = Head.objects.filter(pk=1).first()
    return (head.sequence, head.hash) if head else (0, "")
