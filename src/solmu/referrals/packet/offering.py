"""Which items there are to tell of this family: the catalogue, filled from the record with what the reader may read."""

from collections.abc import Iterable, Iterator

from babel import Locale
from django.utils.translation import get_language, gettext as _, ngettext

from solmu.access.classes import InformationClass as C
from solmu.access.gate import Access
from solmu.accounts.models import Account
from solmu.casework.models import Case, Contact, Engagement, Proposal
from solmu.families.models import Family, Person
from solmu.families.queries import PersonRow, people
from solmu.kernel.clock import local_date
from solmu.kernel.directions import isolated
from solmu.referrals.packet.catalogue import KINDS, NETWORK, Draft
from solmu.referrals.packet.mapping import map_offers
from solmu.referrals.packet.offer import Offer, offer_of
from solmu.situations.models import Round


def offers(access: Access, draft: Draft) -> list[Offer]:
    """The items that the family can choose from: only what the record holds and the preparer may read."""
    found: list[Offer] = []
    if access.covers(C.IDENTITY):
        family = Family.objects.get(pk=access.record_id)
        members = people(access)
        found += _of_people(members)
        found += _of_family(family, members)
    names = {person.id: person.called for person in people(access)}
    contact = _contact(access, draft)
    found += _told(access, draft, contact)
    found += map_offers(access, names)
    found += _written(draft)
    found += _judged(access, draft)
    found += _network(access)
    order = {kind: number for number, kind in enumerate(KINDS)}
    return sorted(found, key=lambda offer: order[offer.code.split(":")[0]])


def _offer(kind: str, rows: Iterable[tuple[str, ...]], form: str, *, about=(), whose: PersonRow | None = None) -> Offer:
    code = f"{kind}:{whose.id}" if whose else kind
    return offer_of(code, rows, form, names={whose.id: whose.called} if whose else {}, about=about)


def _of_people(members: list[PersonRow]) -> Iterator[Offer]:
    for person in members:
        if person.phone or person.place == Person.Place.ADULT:
            who = f"{isolated(person.name)}, {person.phone_shown}" if person.phone else person.name
            yield _offer("contact", [(_("Who"), who)], "facts", about=[person.id], whose=person)
        if person.calling:
            how = f"{isolated(person.called)}: {person.calling_words}"
            how = f"{how}, {isolated(person.calling_note)}" if person.calling_note else how
            yield _offer("calling", [(_("Calling"), how)], "facts", about=[person.id], whose=person)


def _of_family(family: Family, members: list[PersonRow]) -> Iterator[Offer]:
    home = [person for person in members if person.place != Person.Place.CLOSE and person.lives_at_home]
    if family.language:
        rows = [(_("Language"), language_name(family.language)), (_("Interpreter"), family.get_interpreter_display())]
        if family.interpreter_wish:
            rows.append((_("Wishes for the interpreter"), family.interpreter_wish))
        yield _offer("language", rows, "facts")
    if family.area:
        yield _offer("area", [(_("Area"), family.area)], "facts")
    growing = [person for person in home if person.place != Person.Place.ADULT]
    if growing:
        yield _offer("ages", [(_("At home"), _ages(home, growing))], "facts", about=[person.id for person in growing])
    if home:
        rows = [(_("Names"), ", ".join(isolated(person.name) for person in home))]
        yield _offer("names", rows, "facts", about=[person.id for person in home])


def _ages(home: list[PersonRow], growing: list[PersonRow]) -> str:
    adults = len(home) - len(growing)
    ages = [str(person.age) if person.age is not None else _("age not known") for person in growing]
    words = [ngettext("%(n)s adult", "%(n)s adults", adults) % {"n": adults}] if adults else []
    words.append(_("children and young people: %(ages)s") % {"ages": ", ".join(ages)})
    return "; ".join(words)


def language_name(code: str) -> str:
    """A language's name in the reader's language; the code itself when it has none."""
    locale = Locale.parse(get_language() or "en", sep="-")
    return locale.languages.get(code, code)


def _contact(access: Access, draft: Draft) -> Contact | None:
    if not access.covers(C.CASEWORK):
        return None
    cases = Case.objects.filter(family_id=access.record_id, pk=draft.case_id).select_related("contact")
    case = cases.first()
    return case.contact if case else None


def _told(access: Access, draft: Draft, contact: Contact | None) -> Iterator[Offer]:
    if contact and contact.words:
        yield _offer("words", [(contact.words,)], "said")
    if contact and contact.would_help:
        yield _offer("would_help", [(contact.would_help,)], "said")
    elif access.covers(C.SITUATION):
        last = Round.objects.filter(family_id=access.record_id).order_by("-number").first()
        if last and last.start_from:
            yield _offer("would_help", [(last.start_from,)], "said")


def _written(draft: Draft) -> Iterator[Offer]:
    if draft.wish:
        yield _offer("wish", [(draft.wish,)], "said")
    if draft.already_done:
        yield _offer("already_done", [(draft.already_done,)], "text")


def _judged(access: Access, draft: Draft) -> Iterator[Offer]:
    """That somebody has judged the criterion met; never on what ground, and not which model."""
    if not access.covers(C.PROTECTED | C.CASEWORK):
        return
    engagement = Engagement.objects.filter(pk=draft.engagement_id, case__family_id=access.record_id)
    for found in engagement.select_related("proposal"):
        proposal: Proposal = found.proposal
        judge = Account.objects.filter(pk=proposal.proposed_by).values_list("name", flat=True).first() or "–"
        facts = {"who": judge, "day": local_date(proposal.proposed_at).strftime("%-d.%-m.%Y")}
        words = _("Meets the entry criterion, judged by %(who)s on %(day)s.") % facts
        yield _offer("entry", [(words,)], "text", about=[proposal.person_id] if proposal.person_id else ())


def _network(access: Access) -> Iterator[Offer]:
    home = Person.objects.filter(family_id=access.record_id, removed_at=None, lives_at_home=True)
    about = home.exclude(place=Person.Place.CLOSE).values_list("id", flat=True)
    words = _("The receiver may gather the network with the family, and sees the network, the plan and the promises.")
    yield _offer(NETWORK, [(words,)], "text", about=about)
