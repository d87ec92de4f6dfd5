"""What has been proposed to a family, as it was judged that day, and what the family decided."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import get_language

from solmu.access.classes import InformationClass as C
from solmu.access.gate import Access
from solmu.casework.models import Case, Proposal
from solmu.casework.queries.criteria import KINDS, CriterionView, kept_criteria
from solmu.casework.rules.proposals import Voice
from solmu.families.models import Person
from solmu.families.queries import PersonRow, people
from solmu.operating_models.package import Package
from solmu.operating_models.queries import package_of


@dataclass(frozen=True)
class Made:
    """A proposal made to the family, as it was judged that day, and what the family decided."""

    id: UUID
    version: int
    model_id: UUID
    slug: str
    name: str
    path: str
    """Empty when the model has only one way in."""
    path_title: str
    family_words: str
    person_id: UUID | None
    person_name: str
    kind_label: str
    until: date | None
    deviation_reason: str
    criteria: list[CriterionView]
    proposed_at: datetime
    decision: str
    decision_label: str
    decided_at: datetime | None
    ask_again_on: date | None
    do_not_ask_again: bool
    note: str
    runs: bool
    asks: str
    """What each one is asked, in the family's words."""
    says_yes: tuple[str, ...]

    @property
    def stands(self) -> bool:
        """Whether the same need not be proposed anew: it is under way, or the family is thinking."""
        return self.runs or self.decision == Proposal.Decision.PENDING


def proposals_made(access: Access, case: Case | None) -> list[Made]:
    """What has been proposed in a case, the latest first."""
    if case is None:
        return []
    rows = Proposal.objects.filter(case=case).select_related("model", "person", "engagement").defer("model__content")
    return [_made(access, row) for row in rows.order_by("-proposed_at", "-id")]


def _made(access: Access, row: Proposal) -> Made:
    package, language, detail = package_of(row.model), get_language() or "fi", row.verdict_detail
    process = package.process
    engagement = getattr(row, "engagement", None)
    return Made(
        row.id,
        row.version,
        row.model_id,
        package.slug,
        package.neutral_name(language),
        detail.get("path") or "",
        path_title(package, language, detail.get("path")),
        package.text(package.model.family_summary, language),
        row.person_id,
        row.person.called if row.person and access.covers(C.IDENTITY) else "",
        str(KINDS.get(row.verdict, row.verdict)),
        date.fromisoformat(detail["until"]) if detail.get("until") else None,
        row.deviation_reason,
        kept_criteria(access, package, language, detail),
        row.proposed_at,
        row.decision,
        row.get_decision_display(),
        row.decided_at,
        row.ask_again_on,
        row.do_not_ask_again,
        row.note,
        engagement is not None and engagement.state == "running",
        package.text(process.permissions.taking_part.says, language),
        process.permissions.taking_part.says_yes,
    )


def path_title(package: Package, language: str, path_id: str | None) -> str:
    """The name of a way into a model; empty when the model has only one."""
    found = next((each for each in package.entry.paths if each.id == path_id), None)
    return package.text(found.title, language) if found else ""


def voices(access: Access, person_id: UUID | None = None) -> list[tuple[Voice, PersonRow]]:
    """Everybody whose wish is asked: adults, young people who understand, and the one whom it is about."""
    found = []
    for member in people(access):
        young = member.place == Person.Place.YOUNG and member.decides_self is not False
        adult = member.place == Person.Place.ADULT
        if adult or young or member.id == person_id:
            found.append((Voice(member.id, adult, young), member))
    return found
