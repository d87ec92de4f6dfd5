"""What is still open in a case, in which words it can be closed, and what was said when it was."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import get_language, gettext_lazy as _

from solmu.access.gate import Access
from solmu.agenda.models import Item
from solmu.casework.models import Case, Engagement, HelpCame, NetworkMeeting, Promise
from solmu.casework.rules import closing as rules
from solmu.operating_models.package import Package
from solmu.operating_models.queries import package_of, settings_of

COMMON_REASONS = {
    "goals_reached": _("what was sought has been reached"),
    "family_ends": _("the family wishes to end"),
    "help_elsewhere": _("the help continues elsewhere"),
    "moved_away": _("the family has moved away"),
    "not_reached": _("the family has not been reached"),
    "other_reason": _("another reason"),
}
COMMON_OUTCOMES = {
    "everyday_easier": _("everyday life is easier"),
    "partly_easier": _("some things are easier"),
    "no_change_seen": _("no change so far"),
    "harder_than_before": _("things are harder than before"),
    "not_known_now": _("not known"),
}


@dataclass(frozen=True)
class OpenPromise:
    """A promise that nobody has yet told of."""

    id: UUID
    who: str
    deed: str
    due_on: date


@dataclass(frozen=True)
class ToClose:
    """All that a closing has to decide on."""

    reasons: dict[str, str]
    outcomes: dict[str, str]
    promises: list[OpenPromise]
    meetings: list[NetworkMeeting]
    referrals: dict[UUID, bool]
    """Open prepared contacts, and whether each goes on with its receiver when it is left."""
    follow_up_on: date | None


def packages_of(case: Case, **only) -> list[Package]:
    """The versions that run, or ran, for the family in this case."""
    engagements = Engagement.objects.filter(case=case, **only).select_related("model").defer("model__content")
    return [package_of(each.model) for each in engagements.order_by("id")]


def reasons(packages: list[Package]) -> dict[str, str]:
    """Codes and words of every closing reason: the models' own first, then the common ones."""
    return _own_reasons(packages) | _told(COMMON_REASONS)


def outcomes(packages: list[Package]) -> dict[str, str]:
    """Codes and words of every outcome."""
    return _own_outcomes(packages) | _told(COMMON_OUTCOMES)


def _own_reasons(packages: list[Package]) -> dict[str, str]:
    language = get_language() or "fi"
    return {each.id: p.text(each.text, language) for p in packages for each in p.process.closing_reasons}


def _own_outcomes(packages: list[Package]) -> dict[str, str]:
    language = get_language() or "fi"
    return {each.id: p.text(each.text, language) for p in packages for each in p.process.outcomes}


def _told(common: dict) -> dict[str, str]:
    return {code: str(words) for code, words in common.items()}


def _offered(own: dict[str, str], common: dict, else_: str) -> dict[str, str]:
    """What is chosen from: where a model has words of its own, the common ones would say the same again."""
    return own | {else_: str(common[else_])} if own else _told(common)


def open_promises(case: Case) -> list[OpenPromise]:
    """Promises made and not told of, the one due first at the top."""
    rows = Promise.objects.filter(case=case, state=Promise.State.MADE).select_related("member")
    return [OpenPromise(row.id, row.member.name, row.deed, row.due_on) for row in rows.order_by("due_on", "id")]


def waiting_referrals(record_id: UUID) -> dict[UUID, set[str]]:
    """Prepared contacts about which somebody still waits, and for what: each open one has its items on an agenda."""
    rows = Item.objects.filter(record_id=record_id, kind__in=rules.REFERRAL_KINDS, settled_at=None)
    waiting: dict[UUID, set[str]] = {}
    for about_id, kind in rows.order_by("about_id").values_list("about_id", "kind"):
        waiting.setdefault(about_id, set()).add(kind)
    return waiting


def to_close(access: Access, case: Case) -> ToClose:
    """What closing the case has to decide on today."""
    running = packages_of(case, state=Engagement.State.RUNNING)
    meetings = case.network_meetings.filter(state=NetworkMeeting.State.AGREED).order_by("starts_at")
    return ToClose(
        _offered(_own_reasons(running), COMMON_REASONS, "other_reason"),
        _offered(_own_outcomes(running), COMMON_OUTCOMES, "not_known_now"),
        open_promises(case),
        list(meetings),
        {key: rules.goes_on(kinds) for key, kinds in waiting_referrals(access.record_id).items()},
        _follow_up(access, case),
    )


def _follow_up(access: Access, case: Case) -> date | None:
    engagements = Engagement.objects.filter(case=case, state=Engagement.State.RUNNING).select_related("model")
    spans = []
    for each in engagements.defer("model__content"):
        package = package_of(each.model)
        settings = settings_of(each.model, access.actor.organisation_id)
        spans += [package.amount(ask.after, settings) for ask in package.process.follow_ups if ask.from_ == "closing"]
    return rules.propose_follow_up(spans, access.actor.today)


@dataclass(frozen=True)
class Closed:
    """What was said when the work ended, and at the follow-up."""

    reason: str
    outcome: str
    what_changed: str
    family_told_on: date | None
    family_told_how: str
    help_came: str
    family_words: str
    follow_up_on: date | None
    follow_up_note: str
    followed_up_on: date | None
    follow_up_help: str
    follow_up_words: str


def closed(case: Case) -> Closed | None:
    """The closing of a case in words; None while the work has not been closed."""
    if not case.closing_reason:
        return None
    packages, help_came = packages_of(case), dict(HelpCame.choices)
    return Closed(
        rules.labelled(case.closing_reason, reasons(packages)),
        rules.labelled(case.outcome, outcomes(packages)),
        case.what_changed,
        case.family_told_on,
        case.family_told_how,
        str(help_came.get(case.help_came, "")),
        case.family_words,
        case.follow_up_on,
        case.follow_up_note,
        case.followed_up_on,
        str(help_came.get(case.follow_up_help, "")),
        case.follow_up_words,
    )
