"""An organisation's own version, made of an installed version and an overlay."""

from pathlib import Path

from solmu.config.commands.model.packages import faulty, installed_version
from solmu.config.commands.model.versions import say_changes
from solmu.config.console import FAULT, OK, USAGE, Stopped, say, tell


def adapt(options) -> int:
    """Lays the overlay on the version; what both changed since is told, and nothing is made before it is decided."""
    from solmu.operating_models.package import PackageRefused

    base = installed_version(options.base)
    if base.base_id:
        raise Stopped(f"{options.base} is an organisation's own version. Adapt the one that it stands on.")
    organisation_id = organisation_named(options.organisation)
    try:
        return _made(options, base, organisation_id)
    except PackageRefused as refused:
        return faulty(refused.problems)


def organisation_named(name: str):
    """The identifier of an organisation."""
    from solmu.organisations.models import Organisation

    found = Organisation.objects.filter(name=name).values_list("id", flat=True).first()
    if found is None:
        raise Stopped(f"There is no organisation {name}. See: solmu account list")
    return found


def _made(options, base, organisation_id) -> int:
    from solmu.access.actor import system
    from solmu.casework.facts import CATALOGUE
    from solmu.directory.actions import make_contact_points
    from solmu.kernel import clock
    from solmu.operating_models.adaptations import adapted_package, install_overlay
    from solmu.operating_models.compare.words import tell as told
    from solmu.operating_models.overlay import checked
    from solmu.operating_models.queries import package_of

    changes, waiting = _changes(options, base)
    if waiting:
        return _waiting(waiting)
    document = package_of(base).document
    own = checked(document, changes)
    if options.dry_run:
        package = adapted_package(base, own, base.model_version, options.organisation, CATALOGUE)
        say_changes(told(document, package.document, "en", CATALOGUE))
        return OK
    actor = system(clock.now())
    model = install_overlay(actor, base=base, organisation_id=organisation_id, changes=own, catalogue=CATALOGUE)
    make_contact_points(actor, model=model)
    say(f"{model.slug} {model.model_version} is installed for {options.organisation} ({model.content_hash[:12]}).")
    return OK


def _changes(options, base):
    """The changes of the file, or of an own version as they lie on this base, and those that wait for a choice."""
    from solmu.operating_models.adaptations import overlay_on
    from solmu.operating_models.overlay.reading import read_overlay

    path = Path(options.overlay)
    if path.is_file():
        return read_overlay(path.name, path.read_bytes()), []
    own = installed_version(options.overlay)
    if own.overlay is None or own.slug != base.slug:
        raise Stopped(f"{options.overlay} is not an organisation's own version of {base.slug}.")
    choices = dict(each.rpartition("=")[::2] for each in options.choose)
    if not set(choices.values()) <= {"own", "base"}:
        raise Stopped("Write --choose PLACE=own or --choose PLACE=base.", USAGE)
    found = overlay_on(own, base)
    for each in found.taken_over:
        tell(f"The new version says so by itself: {each.key}")
    return found.resolved(choices)


def _waiting(conflicts) -> int:
    why = {
        "changed": "both changed it",
        "gone": "its place is gone",
        "not_allowed": "it may no longer be adapted",
    }
    for each in conflicts:
        tell(f"{each.key}: {why[each.why]}.")
        tell(f"  then: {each.then!r}\n  now:  {each.now!r}\n  own:  {each.change.value!r}")
        tell(f"  choose: {' or '.join(f'--choose {each.key}={choice}' for choice in each.choices)}")
    tell("Nothing was made: decide on each of these first.")
    return FAULT
