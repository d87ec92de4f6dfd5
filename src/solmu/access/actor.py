"""Who acts: a small frozen value that actions and queries take instead of a request."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from solmu.access.roles import Role
from solmu.kernel.clock import HELSINKI, local_date


@dataclass(frozen=True)
class Actor:
    """A person in a unit at a moment; `at` is the time that everything this actor does is dated with."""

    at: datetime
    account_id: UUID | None = None
    name: str = ""
    unit_id: UUID | None = None
    organisation_id: UUID | None = None
    roles: frozenset[Role] = frozenset()
    purpose: str = "support"
    asked: list[str] = field(default_factory=list, compare=False, repr=False)  # deeds put to the gate so far

    @property
    def today(self) -> date:
        """The date in Finland."""
        return local_date(self.at)

    @property
    def local_hour(self) -> int:
        """The hour of the day in Finland."""
        return self.at.astimezone(HELSINKI).hour

    @property
    def subjects(self) -> list[UUID]:
        """Whose grants this actor uses: the person's own and the unit's."""
        return [subject for subject in (self.account_id, self.unit_id) if subject]


def system(at: datetime, purpose: str = "upkeep") -> Actor:
    """The actor of clocks and retention: has no account, and the gate knows it by its purpose alone."""
    return Actor(at=at, name="Solmu", purpose=purpose)
