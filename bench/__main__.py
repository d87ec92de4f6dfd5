"""Measures pages, requests a second and proposals on both databases, and prints the tables."""

import argparse
import json
import platform

from bench import pages, throughput
from bench.world import environment, run_in

MEASURES = ("pages", "throughput", "proposals")


def main() -> None:
    """Fills each database once for all that is measured on it."""
    asked = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    asked.add_argument("measure", nargs="*", help=f"of {', '.join(MEASURES)}; without it, all of them")
    asked.add_argument("--families", type=int, nargs="+", default=[1_000, 100_000])
    asked.add_argument("--database", nargs="+", default=["sqlite", "postgresql"], choices=["sqlite", "postgresql"])
    options = asked.parse_args()
    wanted = options.measure or list(MEASURES)
    if unknown := set(wanted) - set(MEASURES):
        asked.error(f"there is no measure {', '.join(sorted(unknown))}")
    print(f"Python {platform.python_version()}, {platform.machine()}\n", flush=True)
    for database in options.database:
        for families in options.families:
            with environment(database) as env:
                run_in(env, "bench.world", str(families))
                for measure in wanted:
                    print(f"## {measure}: {families:,} families, {database}\n", flush=True)
                    _MEASURE[measure](env, families)
                    print(flush=True)


def _pages(env: dict[str, str], _families: int) -> None:
    print(f"{pages.REQUESTS} requests a page after 20 to warm up.\n")
    print("| page | queries | median ms | p95 ms | median CPU ms |\n|---|---|---|---|---|")
    for row in json.loads(run_in(env, "bench.pages")):
        cells = (row["page"], row["queries"], *(f"{row[name]:.1f}" for name in ("median", "p95", "cpu")))
        print("|", " | ".join(map(str, cells)), "|")


def _throughput(env: dict[str, str], _families: int) -> None:
    print("| page | requests/s | share of the plain page |\n|---|---|---|")
    for name, rate, share in throughput.measure(env):
        print(f"| {name} | {rate:.0f} | {share:.2f} |", flush=True)


def _proposals(env: dict[str, str], families: int) -> None:
    print(run_in(env, "bench.proposals", str(families)), end="")


_MEASURE = {"pages": _pages, "throughput": _throughput, "proposals": _proposals}

if __name__ == "__main__":
    main()
