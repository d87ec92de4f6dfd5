"""Page times and query counts, asked of the database of this process's environment."""

import json
import statistics
import sys
import time

REQUESTS = 200


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

    pairs = CaseWorker.objects.select_related("case__family").order_by("-id")[:3800:19]
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
    receivers = Account.objects.filter(email__in=[f"r{number}@example.org" for number in range(20)])
    found["queue"] = [(receiver, reverse("desk:queue")) for receiver in receivers]
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
    json.dump(measure(), sys.stdout)
