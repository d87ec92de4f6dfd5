"""The library page with five hundred packages on the shelf: how long it takes, and how many queries.

script/bench fills databases with families; this one needs none, so it makes its own: python -m bench.library
"""

import argparse
import json
import random
import statistics
import sys
import time

from bench.world import environment, run_in

PACKAGES, REQUESTS = 500, 100
_WORDS = (  # what the invented titles and summaries are made of
    "perhe tuki verkosto nuori lapsi koti arki koulu kieli työ raha terveys uni ystävä naapuri harrastus tulkki "
    "vanhemmuus kotoutuminen kuunteleminen palvelu ohjaus ryhmä kerho leikki ruoka asunto velka suru ilo toivo turva"
)


def main() -> None:
    """Measures on each database and prints the tables."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--packages", type=int, default=PACKAGES)
    asked.add_argument("--database", nargs="+", default=["sqlite", "postgresql"], choices=["sqlite", "postgresql"])
    asked.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    options = asked.parse_args()
    if options.one:
        json.dump(measure(options.packages), sys.stdout)
        return
    for database in options.database:
        print(f"## library: {options.packages} packages, {database}\n")
        print("| page | queries | median ms | p95 ms | median CPU ms |\n|---|---|---|---|---|")
        with environment(database) as env:
            for row in json.loads(run_in(env, "bench.library", "--one", "--packages", str(options.packages))):
                cells = (row["page"], row["queries"], *(f"{row[name]:.1f}" for name in ("median", "p95", "cpu")))
                print("|", " | ".join(map(str, cells)), "|", flush=True)
        print()


def measure(packages: int) -> list[dict]:
    """Fills the shelf of this process's database and asks each page, through the whole stack."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.urls import reverse

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    _fill(packages)
    library = reverse("public:library")
    version = reverse("public:library_version", args=["malli-7", "1"])
    pages = {
        "everything": library,
        "page 9": f"{library}?page=9",
        "a word": f"{library}?q=perheille",
        "word, need, target and evidence": (
            f"{library}?q=tuki&need=finances&target=family&evidence=reported_by_developers"
        ),
        "one version": version,
    }
    return [_measure_page(name, address) for name, address in pages.items()]


def _fill(packages: int) -> None:
    """The shipped models again and again, under invented names."""
    from django.conf import settings
    from django.db import transaction

    from solmu.access.actor import system
    from solmu.casework.facts import CATALOGUE
    from solmu.demo.bulk import clock_of_world
    from solmu.operating_models.actions import install_package
    from solmu.operating_models.package import Package, load_package

    chance, actor, words = random.Random(7), system(clock_of_world()), _WORDS.split()
    folders = sorted(settings.SOLMU_MODELS.glob("*/*/model.yaml"))
    shipped = [load_package(folder.parent, CATALOGUE).to_json() for folder in folders]
    with transaction.atomic():
        for number in range(packages):
            document = json.loads(shipped[number % len(shipped)])
            own = document["model"]
            own["slug"], own["version"] = f"malli-{number}", "1"
            document["content_hash"] = f"{number:064x}"
            for texts in document["texts"].values():
                texts[own["title"]] = " ".join(chance.sample(words, 3)).capitalize()
                texts[own["summary"]] = " ".join(chance.choices(words, k=30)).capitalize()
            install_package(actor, Package.from_json(document))


def _measure_page(name: str, address: str) -> dict:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "127.0.0.1", "accept-language": "fi"})

    def ask() -> tuple[float, float]:
        began, worked = time.perf_counter(), time.process_time()
        answer = client.get(address)
        if answer.status_code != 200:
            raise SystemExit(f"{name}: {address} answered {answer.status_code}")
        return (time.perf_counter() - began) * 1000, (time.process_time() - worked) * 1000

    for _time in range(10):
        ask()
    both = [ask() for _time in range(REQUESTS)]
    times = sorted(took for took, _worked in both)
    with CaptureQueriesContext(connection) as counted:
        ask()
    return {
        "page": name,
        "queries": len(counted),
        "median": statistics.median(times),
        "p95": times[int(len(times) * 0.95)],
        "cpu": statistics.median(worked for _took, worked in both),
    }


if __name__ == "__main__":
    main()
