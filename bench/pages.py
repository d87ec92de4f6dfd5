"""Page times and query counts at growing numbers of families, on both databases; and requests a second."""

import argparse
import json
import platform
import statistics
import sys
import time

from bench.world import environment, run_in

REQUESTS = 200


def main() -> None:
    """Measures and prints the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--families", type=int, nargs="+", default=[1_000, 100_000])
    asked.add_argument("--database", nargs="+", default=["sqlite", "postgresql"], choices=["sqlite", "postgresql"])
    asked.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    options = asked.parse_args()
    if options.one:
        json.dump(measure(), sys.stdout)
        return
    print(f"Python {platform.python_version()}, {platform.machine()}, {REQUESTS} requests a page after 20 to warm up\n")
    print("| database | families | page | queries | median ms | p95 ms | median CPU ms |")
    print("|---|---|---|---|---|---|---|")
    for database in options.database:
        for families in options.families:
            with environment(database) as env:
                run_in(env, "bench.world", str(families))
                for row in json.loads(run_in(env, "bench.pages", "--one")):
                    cells = (row["page"], row["queries"], *(f"{row[name]:.1f}" for name in ("median", "p95", "cpu")))
                    print(f"| {database} | {families:,} |", " | ".join(map(str, cells)), "|", flush=True)


def measure() -> list[dict]:
    """Asks each page of many families as their own worker, inside this process, through the whole stack."""
    import django

    django.setup()
    from solmu.demo.bulk import clock_of_world
    from solmu.kernel import clock

    clock.now = clock_of_world  # the measured world stands still
    return [_measure_page(name, visits) for name, visits in _visits().items()]


def _visits() -> dict[str, list[tuple]]:
    """For each page, the accounts and addresses to visit."""
    from django.urls import reverse

    from solmu.accounts.models import Account
    from solmu.casework.models import CaseWorker
    from solmu.referrals.models import Referral

    pairs = CaseWorker.objects.select_related("case__family").order_by("-id")[:4000:20]
    people = {account.id: account for account in Account.objects.filter(id__in=[row.account_id for row in pairs])}
    of_family = {name: [] for name in ("family", "map", "proposals", "permissions", "network", "case")}
    found = {"today": [], "search": [], "families": [], **of_family}
    for row in pairs:
        account = people[row.account_id]
        found["today"].append((account, reverse("desk:today")))
        found["families"].append((account, reverse("desk:families")))
        found["search"].append((account, reverse("desk:search") + f"?q={row.case.family.name.split()[-1][:3]}"))
        for name in of_family:
            found[name].append((account, reverse(f"desk:{name}", args=[row.case.family_id])))
    sent = Referral.objects.filter(case__in=[row.case_id for row in pairs])
    found["referral"] = [
        (people[row.account_id], reverse("desk:referral", args=[referral.id]))
        for referral in sent
        for row in pairs
        if row.case_id == referral.case_id
    ]
    receiver = Account.objects.filter(email="r0@example.org").first()
    found["queue"] = [(receiver, reverse("desk:queue"))]
    return found


def _measure_page(name: str, visits: list[tuple]) -> dict:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    clients: dict = {}

    def ask(account, address: str):
        if account.id not in clients:
            clients[account.id] = Client(headers={"host": "127.0.0.1"})
            clients[account.id].force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
            clients[account.id].get("/health/")
        began, worked = time.perf_counter(), time.process_time()
        answer = clients[account.id].get(address, follow=True)
        took = ((time.perf_counter() - began) * 1000, (time.process_time() - worked) * 1000)
        if answer.status_code != 200:
            raise SystemExit(f"{name}: {address} answered {answer.status_code}")
        return took

    for turn in range(20):
        ask(*visits[turn % len(visits)])
    both = [ask(*visits[turn % len(visits)]) for turn in range(REQUESTS)]
    times = sorted(took for took, _worked in both)
    with CaptureQueriesContext(connection) as counted:
        ask(*visits[0])
    return {
        "page": name,
        "queries": len(counted),
        "median": statistics.median(times),
        "p95": times[int(len(times) * 0.95)],
        "cpu": statistics.median(worked for _took, worked in both),
    }


if __name__ == "__main__":
    main()
