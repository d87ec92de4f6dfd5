"""The parts of a package as frozen values. Every `str` that is named a text key is looked up with `Package.text`."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from solmu.operating_models.rules import SettingRef, SpanOf, Wording

MAX_SETTING = 10_000
Amount = int | SettingRef | None
"""A whole number, the setting that gives it, or None where nobody has said it."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Something a package says, with where it was read (`source`) and how sure it is (`mark`: F, I, N or G)."""

    source: tuple[str, ...] = ()
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Author(Statement):
    name: str
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    key: str
    title: str
    url: str | None
    checked_on: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence(Statement):
    kind: str
    says: str


def setting_accepts(kind: str, choices: Collection[str], value: Any) -> bool:
    """Is this a value of that kind of setting? Numbers are whole, from 0 to 10,000."""
    if value is None:
        return True
    if kind == "yes_no":
        return isinstance(value, bool)
    if kind == "number":
        return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MAX_SETTING
    if not isinstance(value, str):
        return kind == "date" and type(value) is date
    if kind == "date":
        return is_day(value)
    return kind == "text" or value in choices


def is_day(text: str) -> bool:
    """Is this a day of the calendar, as 2026-03-31?"""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting(Statement):
    """What an adopting organisation decides; `default` None: no source says it."""

    id: str
    type: str
    default: Any
    says: str
    unit: str | None = None
    choices: tuple[str, ...] = ()

    def accepts(self, value: Any) -> bool:
        """May an organisation give this value? None takes the default back."""
        return setting_accepts(self.type, self.choices, value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    slug: str
    version: str
    title: str
    summary: str
    neutral_name: str
    family_summary: str
    licence: str
    rights: str | None = None
    authors: tuple[Author, ...] = ()
    sources: tuple[Source, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    headings: tuple[tuple[str, str], ...] = ()
    """Innokylä's headings and their text keys, in the package's order."""
    settings: tuple[Setting, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactPoint(Statement):
    id: str
    name: str
    kind: str
    phone: str | None = None
    address: str | None = None
    hours: str | None = None
    says: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Role(Statement):
    id: str
    name: str
    kind: str
    min: int
    max: int | None
    local_name: bool = False
    when: str | None = None
    prefer: str | None = None
    never: tuple[str, ...] = ()
    profession: str = ""
    says: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock(Statement):
    """By when; `working_days` None: no source says it and no setting gives it."""

    working_days: Amount
    from_: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Statement):
    id: str
    text: str
    who: tuple[str, ...]
    kind: str
    family_text: str = ""
    clock: Clock | None = None
    law: tuple[str, ...] = ()
    optional: bool = False
    path: str | None = None
    contact_point: str | None = None
    form: str | None = None
    guide: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Series(Statement):
    min: Amount
    max: Amount
    place: str | None = None
    length: SpanOf | None = None
    typical_gap: SpanOf | None = None
    meeting_minutes: Amount = None
    themes: tuple[str, ...] = ()
    says: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeparateMeeting(Statement):
    with_: str
    strength: str
    when: str | None = None
    says: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase(Statement):
    id: str
    title: str
    family_title: str = ""
    steps: tuple[Step, ...] = ()
    series: Series | None = None
    also: tuple[SeparateMeeting, ...] = ()
    path: str | None = None
    may_adapt: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Law(Statement):
    """What an act lays down; `from_` None: the first day is not known, `until` None: it holds until it is changed."""

    id: str
    says: Wording
    force: str
    of: tuple[str, ...]
    act: str | None
    section: str | None
    from_: str | None
    until: str | None
    limit: SpanOf | None = None
    limit_from: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme(Statement):
    id: str
    title: str
    family_title: str = ""
    with_: str = "family"
    methods: tuple[str, ...] = ()
    order_certain: bool = False
    guide: str | None = None
    says: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Method(Statement):
    id: str
    title: str
    licence: str | None
    owner: str | None = None
    picture: str | None = None
    says: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakingPart(Statement):
    says_yes: tuple[str, ...]
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketItem(Statement):
    id: str
    text: str
    need: str
    information_class: str
    path: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure(Statement):
    says_yes: tuple[str, ...]
    says: str
    packet: tuple[PacketItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Permissions:
    taking_part: TakingPart
    disclosure: Disclosure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Network(Statement):
    family_present: str
    invited_by: str
    chair: str | None
    meeting_within: Clock | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionPeriod(Statement):
    length: SpanOf | None
    promises: str
    says: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingReason(Statement):
    id: str
    text: str
    ends: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome(Statement):
    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp(Statement):
    id: str
    text: str
    after: SpanOf | None
    from_: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    roles: tuple[Role, ...]
    phases: tuple[Phase, ...]
    permissions: Permissions
    closing_reasons: tuple[ClosingReason, ...]
    outcomes: tuple[Outcome, ...]
    follow_ups: tuple[FollowUp, ...]
    may_adapt: tuple[str, ...]
    contact_points: tuple[ContactPoint, ...] = ()
    law: tuple[Law, ...] = ()
    themes: tuple[Theme, ...] = ()
    methods: tuple[Method, ...] = ()
    network: Network | None = None
    action_period: ActionPeriod | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Statement):
    id: str
    title: str
    definition: str
    unit: str
    direction: str
    counted: str
    gathered: str
    suppress_below: int | None
    cannot_show: str = ""
    shared: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    id: str
    text: str
    right: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Statement):
    id: str
    text: str
    choices: tuple[Choice, ...]
    explain: str

    @property
    def right(self) -> frozenset[str]:
        """The choices that make up the right answer."""
        return frozenset(choice.id for choice in self.choices if choice.right)


@dataclass(frozen=True, slots=True, kw_only=True)
class Module(Statement):
    id: str
    title: str
    text: str
    required: bool
    kind: str = ""
    guide: str | None = None
    link: str | None = None
    minutes: Amount = None
    questions: tuple[Question, ...] = ()

    @property
    def way(self) -> str:
        """How it is gone through: its kind, or what its page or link tells."""
        return self.kind or ("watch" if self.link and not self.guide else "read")


@dataclass(frozen=True, slots=True, kw_only=True)
class Orientation:
    modules: tuple[Module, ...] = ()
    update_adds: tuple[str, ...] = ()
    valid_for: SpanOf | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormLink(Statement):
    """A form that may not be copied: its owner's address."""

    id: str
    title: str
    owner: str
    licence: str | None
    url: str
    says: str = ""
