"""Writes experiences: handed in, published or kept back, and taken back."""

from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.deeds import Deed
from solmu.access.roles import Role
from solmu.kernel.errors import InvalidInput, NotNow
from solmu.kernel.models import insert, save_version
from solmu.operating_models.models import Experience, InstalledModel
from solmu.operating_models.queries import open_to
from solmu.organisations.models import Organisation

LONGEST = 2000
_State = Experience.State


@transaction.atomic
def write_experience(actor: Actor, *, model_id: UUID, text: str, in_role: str, names_nobody: bool) -> Experience:
    """Hands in a worker's own experience; it waits for a coordinator of the writer's organisation."""
    model = _model(actor, model_id)
    errors = {}
    if not text.strip():
        errors["text"] = _("Write a few words on how the model has worked.")
    if not in_role.strip():
        errors["in_role"] = _("Say in which role you have used it.")
    if not names_nobody:
        errors["names_nobody"] = _("Read your words once more: nobody may be recognised in them.")
    if errors:
        raise InvalidInput(errors)
    return _hand_in(actor, model, text=text.strip(), in_role=in_role.strip())


@transaction.atomic
def write_family_experience(
    actor: Actor,
    *,
    model_id: UUID,
    text: str,
    voice: str,
    language: str,
    leave_given: bool,
    read_back: bool,
    names_nobody: bool,
    translation: str = "",
    translated_to: str = "",
) -> Experience:
    """Hands in a family's words, written down with its leave; nothing leads from them to the family.

    Words in a language that Solmu does not speak need a translation, so that a coordinator can read them.
    """
    model = _model(actor, model_id)
    read_here = language in dict(settings.LANGUAGES)
    lacking = {
        "text": (text.strip(), _("Write down what the family wants to tell.")),
        "voice": (voice in Experience.Voice.values, _("Choose whose words they are.")),
        "language": (language, _("Choose the language of the words.")),
        "translation": (
            read_here or translation.strip(),
            _("Your coordinator must be able to read it: write the same in a language that Solmu speaks."),
        ),
        "translated_to": (
            not translation.strip() or translated_to in dict(settings.LANGUAGES),
            _("Choose the language of the translation."),
        ),
        "leave_given": (leave_given, _("Without the family's leave its words are not handed in.")),
        "read_back": (read_back, _("Read the words back to the family first.")),
        "names_nobody": (names_nobody, _("Read the words once more: nobody may be recognised in them.")),
    }
    if errors := {name: sentence for name, (said, sentence) in lacking.items() if not said}:
        raise InvalidInput(errors)
    return _hand_in(
        actor,
        model,
        text=text.strip(),
        voice=voice,
        language=language,
        translation=translation.strip(),
        translated_to=translated_to if translation.strip() else "",
    )


def _model(actor: Actor, model_id: UUID) -> InstalledModel:
    gate.require(actor, Deed.WRITE_EXPERIENCE)
    found = InstalledModel.objects.filter(open_to(actor.organisation_id), pk=model_id).defer("content", "overlay")
    model = found.first()
    if model is None:
        raise NotNow
    return model


def _hand_in(actor: Actor, model: InstalledModel, **words: str) -> Experience:
    return insert(
        Experience(
            model=model,
            organisation_id=actor.organisation_id,
            organisation_name=Organisation.objects.values_list("name", flat=True).get(pk=actor.organisation_id),
            written_at=actor.at,
            written_by=actor.account_id,
            writer_name=actor.name,
            **words,
        )
    )


@transaction.atomic
def decide_experience(
    actor: Actor, *, experience_id: UUID, version: int, publish: bool, reason: str = ""
) -> Experience:
    """Publishes an experience of the own organisation, or keeps it back with a reason that its writer reads."""
    gate.require(actor, Deed.DECIDE_EXPERIENCE)
    row = Experience.objects.filter(pk=experience_id, organisation_id=actor.organisation_id).first()
    if row is None or row.state == _State.TAKEN_BACK:
        raise NotNow
    if not publish and not reason.strip():
        raise InvalidInput({"reason": _("Say why it is not published: its writer reads it.")})
    row.state = _State.PUBLIC if publish else _State.KEPT_BACK
    row.reason = "" if publish else reason.strip()
    row.decided_at, row.decided_by, row.decider_name = actor.at, actor.account_id, actor.name
    save_version(row, expected=version, fields=["state", "reason", "decided_at", "decided_by", "decider_name"])
    return row


@transaction.atomic
def take_back_experience(actor: Actor, *, experience_id: UUID, version: int) -> Experience:
    """Takes words back, published or not: one's own, or a family's when it has changed its mind.

    A family's words are erased, because its leave was the only ground for keeping them.
    """
    gate.require(actor, Deed.WRITE_EXPERIENCE)
    theirs = Q(written_by=actor.account_id)
    if Role.COORDINATOR in actor.roles:
        theirs |= Q(organisation_id=actor.organisation_id) & ~Q(voice="")
    row = Experience.objects.filter(theirs, pk=experience_id).exclude(state=_State.TAKEN_BACK).first()
    if row is None:
        raise NotNow
    row.state = _State.TAKEN_BACK
    if row.voice:
        row.text = row.translation = row.translated_to = row.reason = ""
    save_version(row, expected=version, fields=["state", "text", "translation", "translated_to", "reason"])
    return row
