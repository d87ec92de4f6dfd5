"""Work under way moves to another version, on purpose and after telling what changes."""

from solmu.config.commands.model.adapting import organisation_named
from solmu.config.commands.model.packages import installed_version
from solmu.config.console import FAULT, OK, USAGE, Progress, Stopped, say, tell


def upgrade(options) -> int:
    """The dry run, or the move."""
    if options.apply and not options.reason.strip():
        raise Stopped("Say why with --reason: those who work with the families read it.", USAGE)
    target = installed_version(f"{options.slug}/{options.to}")
    return (_apply if options.apply else _dry_run)(options, target)


def _organisations(options):
    from solmu.organisations.models import Organisation

    if options.organisation:
        return [(organisation_named(options.organisation), options.organisation)]
    return list(Organisation.objects.order_by("name").values_list("id", "name"))


def _found(options, target):
    """The groups that would move, by organisation."""
    from solmu.access.actor import system
    from solmu.casework.queries.moving import movable
    from solmu.kernel import clock

    for organisation_id, name in _organisations(options):
        found = movable(system(clock.now()), target.id, organisation_id)
        if found and found.groups:
            yield organisation_id, name, found.groups


def _dry_run(options, target) -> int:
    count = 0
    for _id, name, groups in _found(options, target):
        say(name)
        for group in groups:
            _say_group(group, target.model_version)
            count += len(group.engagements)
    say(f"{count} to move. Nothing was changed." if count else "Nothing is under way on another version.")
    return OK


def _say_group(group, to: str) -> None:
    way = f", {group.path_title}" if group.path_title else ""
    say(f"  from {group.from_version} to {to}{way}")
    for label, rows in differences(group.told):
        say(f"    {label}: {'; '.join(rows)}")
    for each in group.engagements:
        to_phase = each.phase_after or "CHOOSE: --phase " + each.phase + "=…"
        say(f"    {each.reference}  {each.unit}  phase: {each.phase_title} → {to_phase}")
    if group.phases_to_choose:
        say(f"    phases of {to}: {', '.join(f'{phase} ({title})' for phase, title in group.told.phases)}")


def differences(told) -> list[tuple[str, list[str]]]:
    """What changes for every engagement of a group, by kind."""
    rows = [
        ("new phases", told.phases_new),
        ("phases left out", told.phases_gone),
        ("new steps", told.steps_added),
        ("steps left out", told.steps_removed),
        ("themes that move", told.themes_moved),
        ("new forms", told.forms_new),
        ("forms that change (answers stay with the form they were given to)", told.forms_changed),
        ("forms left out (answers stay)", told.forms_gone),
        ("new closing reasons", told.reasons_new),
        ("closing reasons left out", told.reasons_gone),
        ("times that change", told.deadlines),
        ("the way in", ["it is not in the other version"] if told.plan.path_gone else []),
    ]
    return [(label, found) for label, found in rows if found]


def _apply(options, target) -> int:
    from solmu.access.actor import system
    from solmu.casework.actions.engagements import move_engagements
    from solmu.kernel import clock

    phases = dict(each.partition("=")[::2] for each in options.phase)
    moved, left = 0, 0
    for organisation_id, _name, groups in list(_found(options, target)):
        versions = {each.id: each.version for group in groups for each in group.engagements}
        progress = Progress("Moving", len(versions))
        for each in move_engagements(
            system(clock.now()),
            to_model_id=target.id,
            versions=versions,
            phases=phases,
            reason=options.reason,
            organisation_id=organisation_id,
        ):
            moved, left = moved + each.moved, left + (not each.moved)
            progress(moved + left)
            if not each.moved:
                tell(f"{each.reference}: {each.why}")
    say(f"{moved} moved to {target.model_version}, {left} left where they were.")
    return FAULT if left else OK
