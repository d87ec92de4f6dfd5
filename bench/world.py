"""A database full of invented families, made in a folder that is thrown away, on SQLite or PostgreSQL."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]


@contextmanager
def environment(database: str) -> Iterator[dict[str, str]]:
    """The environment of a measured installation; `database` is sqlite or postgresql (durable, as in production)."""
    from tests.postgres import throwaway_server

    server = throwaway_server(durable=True) if database == "postgresql" else nullcontext("")
    with tempfile.TemporaryDirectory(prefix="solmu-bench-", dir=CHECKOUT / "var") as data, server as url:
        yield {
            **os.environ,
            "SOLMU_DATA": data,
            "SOLMU_DATABASE_URL": url,
            "SOLMU_SECRET": "a benchmark keeps no secrets, but keys must be made of something",
            "SOLMU_REQUIRE_SECOND_FACTOR": "0",
            "DJANGO_SETTINGS_MODULE": "solmu.config.settings",
        }


def run_in(env: dict[str, str], *arguments: str) -> str:
    """Runs a module of this bench with that environment; its progress goes to the terminal, its answer comes back."""
    done = subprocess.run(
        [sys.executable, "-m", *arguments], env=env, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout


def make(families: int) -> None:
    """Migrates and fills the database of this process's environment."""
    import django

    django.setup()
    from django.core.management import call_command

    from solmu.demo import bulk

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    at = bulk.clock_of_world()
    world = bulk.make_world(families, at)
    _install_models(world, at)
    began = time.monotonic()

    def told(done: int) -> None:
        if done % 10_000 == 0 or done == families:
            print(f"  {done:>9,} families, {time.monotonic() - began:5.0f} s", file=sys.stderr)

    bulk.fill(world, families, at, told=told)


def _install_models(world, at) -> None:
    from solmu.demo.simulation import install_models

    install_models(world.unit.organisation_id, at)


if __name__ == "__main__":
    make(int(sys.argv[1]))
