"""Fills an empty installation with invented families and workers, to learn with.

Refuses an installation that is not a practice one (SOLMU_DEMO=1)."""

import json
from pathlib import Path

from solmu.config.console import Progress, Stopped, say, start_django


def add_arguments(parser) -> None:
    parser.add_argument("--families", type=int, default=60, metavar="N", help="how many families (60)")
    parser.add_argument("--models", type=Path, metavar="FILE", help="operating models of the real installation too")
    parser.add_argument("--if-empty", action="store_true", help="do nothing when there are families already")
    parser.add_argument("--bulk", action="store_true", help="write many thousands quickly, for measuring")


def run(options) -> int:
    start_django()
    from django.conf import settings

    if not settings.SOLMU_DEMO:
        raise Stopped("This is not a practice installation. Set SOLMU_DEMO=1 for one, with a data folder of its own.")
    if _has_families():
        if options.if_empty:
            say("There are families already; nothing was added.")
            return 0
        raise Stopped("There are families already. Use an empty data folder (SOLMU_DATA) or --if-empty.")
    _make(options.families, bulk=options.bulk)
    if options.models:
        _bring(options.models)
    say("The practice installation is ready. Next: solmu serve")
    return 0


def _make(families: int, *, bulk: bool) -> None:
    from solmu.demo import bulk as in_bulk, simulation
    from solmu.kernel import clock

    progress = Progress("Inventing families", families)
    if bulk:
        world = in_bulk.make_world(families, clock.now())
        simulation.install_models(world.unit.organisation_id, clock.now())
        in_bulk.fill(world, families, clock.now(), told=progress)
    else:
        simulation.run(families=families, now=clock.now(), told=lambda done, _of: progress(done))


def _bring(file: Path) -> None:
    from solmu.demo.models import bring_models
    from solmu.kernel import clock

    came = bring_models(json.loads(file.read_text()), clock.now())
    say(f"Operating models that came from the real installation: {came}.")


def _has_families() -> bool:
    from solmu.families.models import Family

    return Family.objects.exists()
