"""Keeps, outside the database, what proves the ledger: its end each day, and when the whole was last walked."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings

from solmu.accesslog import ledger


@dataclass(frozen=True)
class Verification:
    """The result of walking the whole chain."""

    at: datetime
    entries: int
    anchor: str
    faults: tuple[str, ...]  # the first of them: "12 changed"

    @property
    def is_whole(self) -> bool:
        """Whether nothing was changed, moved or cut off."""
        return not self.faults


_KEPT = 20


def verify(
    at: datetime, anchor: tuple[int, str] | None = None, *, seen: Callable[[int], None] = lambda sequence: None
) -> Verification:
    """Walks the chain, compares it with the anchors noted so far, and keeps the result."""
    end = ledger.anchor()
    found = [f"{fault.sequence} {fault.what}" for fault in ledger.faults(anchor, seen=seen)]
    found += [f"{sequence} rewritten" for sequence in ledger.unlike(noted_anchors())]
    result = Verification(at, end[0], f"{end[0]}:{end[1]}", tuple(found))
    kept = {**asdict(result), "at": at.isoformat(), "faults": found[:_KEPT]}
    _write(_result(), json.dumps(kept))
    return result


def last_verification() -> Verification | None:
    """The result of the last walk, if there has been one."""
    if not _result().exists():
        return None
    kept = json.loads(_result().read_text())
    return Verification(datetime.fromisoformat(kept["at"]), kept["entries"], kept["anchor"], tuple(kept["faults"]))


def note_anchor(day: date) -> bool:
    """Notes the end of the ledger once a day; returns whether it was noted now."""
    sequence, digest = ledger.anchor()
    if not sequence or any(line.startswith(day.isoformat()) for line in _lines()):
        return False
    with _anchors().open("a") as file:
        file.write(f"{day.isoformat()} {sequence}:{digest}\n")
    return True


def noted_anchors() -> list[tuple[int, str]]:
    """The anchors noted so far, the oldest first."""
    pairs = [line.split(" ")[1].partition(":") for line in _lines()]
    return [(int(sequence), digest) for sequence, _colon, digest in pairs]


def _write(path: Path, text: str) -> None:
    """In one step, so that a reader never meets half of it."""
    arriving = path.with_suffix(".new")
    arriving.write_text(text)
    arriving.replace(path)


def _result() -> Path:
    return settings.SOLMU_DATA / "log-verified.json"


def _anchors() -> Path:
    return settings.SOLMU_DATA / "anchors.txt"


def _lines() -> list[str]:
    return _anchors().read_text().split("\n")[:-1] if _anchors().exists() else []
