"""Proposals: all models for one family through the gate and the database, and for a whole region of facts."""

import random
import statistics
import sys
import time
from datetime import timedelta


def measure(families: int) -> None:
    """One family with its queries; then the judging alone, over the facts of invented families."""
    import django

    django.setup()
    _measure_one()
    _measure_region(families)


def _measure_one() -> None:
    from solmu.access import gate
    from solmu.access.deeds import Deed
    from solmu.accounts.models import Account
    from solmu.casework.models import CaseWorker
    from solmu.casework.queries.proposals import proposal_view
    from solmu.demo.bulk import clock_of_world
    from solmu.organisations.queries import actor_for

    times = []
    for row in CaseWorker.objects.select_related("case")[:300]:
        actor = actor_for(Account.objects.get(pk=row.account_id), at=clock_of_world())
        access = gate.require(actor, Deed.READ_PROPOSAL, row.case.family_id)
        began = time.perf_counter()
        models = proposal_view(access)
        times.append((time.perf_counter() - began) * 1000)
    times = sorted(times[20:])
    print(f"One family, {len(models)} models, facts read from the database:", end=" ")
    print(f"median {statistics.median(times):.1f} ms, p95 {times[int(len(times) * 0.95)]:.1f} ms")


def _measure_region(families: int) -> None:
    from solmu.demo.bulk import clock_of_world
    from solmu.demo.people import invent_family
    from solmu.kernel.clock import local_date
    from solmu.operating_models.models import InstalledModel
    from solmu.operating_models.package import Package
    from solmu.operating_models.rules import Known

    today = local_date(clock_of_world())
    rules = [Package.from_json(model.content).compiled({}) for model in InstalledModel.objects.all()]
    chance = random.Random(3)
    region = []
    for _number in range(min(families, 5_000)):
        plan = invent_family(chance, today, chance.choice(("any", "refugee", "young")))
        said = {
            "situation.worry_finances": chance.choice((True, False, None)),
            "situation.worry_children": chance.choice((True, False, None)),
            "situation.acute_crisis": chance.choice((False, False, True, None)),
            "family.refugee_background": plan.language != "fi",
            "family.wants_support": chance.choice((True, None)),
            "family.latest_arrival": today - timedelta(days=chance.randint(10, 900)) if plan.language != "fi" else None,
            "person.birth_date": chance.choice(plan.people).born,
        }
        region.append({name: Known(value) for name, value in said.items() if value is not None})
    began = time.perf_counter()
    for number in range(families):
        facts = region[number % len(region)]
        for each in rules:
            each.judge(facts, today)
    took = time.perf_counter() - began
    print(f"Region of {families:,} families, {len(rules)} models, judging alone: {took:.1f} s", end=" ")
    print(f"({took / families / len(rules) * 1e6:.0f} µs a family and model)")


if __name__ == "__main__":
    measure(int(sys.argv[1]))
