"""The practice region: invented families in a data folder of their own, with the operating models of this installation.

  solmu practice make [--families 60]     makes it anew; what was tried there is gone
  solmu practice serve [--port 8001]      serves it beside the real pages, in a colour of its own

Nothing of it is in the real database, so nothing of it is ever counted. SOLMU_PRACTICE_URL tells workers where it is.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

from solmu.config.console import OK, Stopped, confirm, say, start_django

_OWN = ("SOLMU_SECRET", "SOLMU_DATABASE_URL", "SOLMU_OIDC_SERVER", "SOLMU_BEHIND_PROXY")
MODELS = "models.json"


def add_arguments(parser) -> None:
    deeds = parser.add_subparsers(dest="deed", metavar="DEED", required=True)
    make = deeds.add_parser("make", help="make the practice region anew")
    make.add_argument("--families", type=int, default=60, metavar="N", help="how many invented families (60)")
    make.add_argument("--yes", action="store_true", help="do not ask before the former one is removed")
    serve = deeds.add_parser("serve", help="serve the practice region")
    serve.add_argument("--port", type=int, default=8001, help="the port to listen on (8001)")
    serve.add_argument("--host", default="127.0.0.1", help="the address to listen on (127.0.0.1: this machine only)")


def run(options) -> int:
    start_django()
    from django.conf import settings

    if settings.SOLMU_DEMO:
        raise Stopped("This installation is itself for practice: try the models here.")
    folder = settings.SOLMU_DATA / "practice"
    env = _environment(folder, settings.SOLMU_PRACTICE_URL)
    return _make(options, folder, env) if options.deed == "make" else _serve(options, folder, env)


def _environment(folder: Path, url: str) -> dict[str, str]:
    """This process's settings without what ties it to the real data: secret, database and sign-in service."""
    env = {name: value for name, value in os.environ.items() if name not in _OWN}
    env |= {"SOLMU_DATA": str(folder), "SOLMU_DEMO": "1", "SOLMU_PRACTICE": "1", "SOLMU_PUBLIC_URL": url}
    if host := urlsplit(url).hostname:
        env["SOLMU_HOSTS"] = f"{env.get('SOLMU_HOSTS', '127.0.0.1 localhost')} {host}"
    return env


def _make(options, folder: Path, env: dict[str, str]) -> int:
    from solmu.demo.models import told_models

    if folder.exists():
        confirm("The practice region is made anew; what was tried there is gone.", yes=options.yes)
        shutil.rmtree(folder)
    folder.mkdir(mode=0o700, parents=True)
    models = folder / MODELS
    models.write_text(json.dumps(told_models(), ensure_ascii=False))
    for command in (["migrate"], ["demo", "--families", str(options.families), "--models", str(models)]):
        if code := _solmu(env, *command).wait():
            raise Stopped(f"The practice region was not made (solmu {command[0]} answered {code}).")
    say("The practice region is ready. Next: solmu practice serve")
    return OK


def _serve(options, folder: Path, env: dict[str, str]) -> int:
    if not (folder / MODELS).exists():
        raise Stopped("There is no practice region yet. Run: solmu practice make")
    server = _solmu(env, "serve", "--host", options.host, "--port", str(options.port))
    try:
        return server.wait()
    except KeyboardInterrupt:
        return server.wait()


def _solmu(env: dict[str, str], *command: str) -> subprocess.Popen:
    run = "import sys; from solmu.config.cli import main; sys.exit(main())"
    return subprocess.Popen([sys.executable, "-c", run, *command], env=env)  # noqa: S603 (our own command)
