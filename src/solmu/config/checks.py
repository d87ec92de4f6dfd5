"""What must be right before an installation runs, and before it runs for real people; each finding with its mend."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import OperationalError, connection

from solmu.config.console import unmigrated
from solmu.kernel import clock


@dataclass(frozen=True)
class Finding:
    """Something that is not as it should be; a warning lets the installation run."""

    what: str
    mend: str
    warning: bool = False

    def __str__(self) -> str:
        return f"{'warning: ' if self.warning else ''}{self.what} {self.mend}"


def installation() -> list[Finding]:
    """Whether the configuration is sound, the database answers, the packages are valid, the log has its head."""
    found = [*_folder(), *_database()]
    if not any(not each.warning for each in found):
        found += _log()
    return [*found, *_packages()]


def deployment() -> list[Finding]:
    """Whether the settings are safe for real people."""
    return [each for check in DEPLOYMENT for each in check()]


def _folder() -> Iterator[Finding]:
    if not os.access(settings.SOLMU_DATA, os.W_OK):
        yield Finding(f"The data folder {settings.SOLMU_DATA} cannot be written to.", "Give it to the user of Solmu.")


def _database() -> Iterator[Finding]:
    try:
        waiting = unmigrated()
    except OperationalError:
        mend = "Is it running, and is SOLMU_DATABASE_URL right?"
        yield Finding("The database cannot be reached.", mend)
        return
    if waiting:
        yield Finding(f"The database lacks {len(waiting)} changes of this version.", "Run: solmu migrate")


def _log() -> Iterator[Finding]:
    """Only the chain's last link; `solmu verify-log` walks it all."""
    from solmu.accesslog import ledger
    from solmu.accesslog.models import Entry

    sequence, digest = ledger.anchor()
    last = Entry.objects.order_by("-sequence").values_list("sequence", "hash").first()
    if (last or (0, "")) != (sequence, digest):
        yield Finding("The access log does not end where it should.", "Run: solmu verify-log")


def _packages() -> Iterator[Finding]:
    from solmu.casework.facts import CATALOGUE
    from solmu.operating_models.package import check_package

    if not settings.SOLMU_MODELS.is_dir():
        yield Finding(f"There is no folder {settings.SOLMU_MODELS}.", "Set SOLMU_MODELS.", warning=True)
        return
    for folder in package_folders(settings.SOLMU_MODELS):
        for problem in check_package(folder, CATALOGUE):
            yield Finding(f"The package {folder.parent.name} {folder.name} has a fault.", str(problem))


def package_folders(root: Path) -> list[Path]:
    """The package versions under a folder: `<slug>/<version>/`."""
    return sorted(path.parent for path in root.glob("*/*/model.yaml"))


# For real people ---------------------------------------------------------------------------------


def _secret() -> Iterator[Finding]:
    secret = settings.SOLMU_SECRET
    if len(secret) < 32 or len(set(secret)) < 12:
        mend = "Take one of 48 random characters; an installation in use cannot change it."
        yield Finding("SOLMU_SECRET is short or easy to guess.", mend)
    path = settings.SOLMU_DATA / "secret"
    if not os.environ.get("SOLMU_SECRET") and path.exists() and _open_to_others(path):
        yield Finding(f"Others than its owner may read {path}.", f"Run: chmod 600 {path}")


def _hosts() -> Iterator[Finding]:
    hosts = set(settings.ALLOWED_HOSTS)
    if "*" in hosts:
        yield Finding("SOLMU_HOSTS lets any name in.", "List the names of this installation.")
    elif not hosts - {"127.0.0.1", "localhost", "[::1]"}:
        yield Finding("Solmu answers only to this machine's own name.", "Set SOLMU_HOSTS to its public name.")


def _https() -> Iterator[Finding]:
    if not settings.SOLMU_PUBLIC_URL.startswith("https://"):
        yield Finding("The public address is not https.", "Set SOLMU_PUBLIC_URL=https://… and put a proxy before it.")
    elif not settings.SECURE_PROXY_SSL_HEADER:
        mend = "Set SOLMU_BEHIND_PROXY=1 if the proxy sets X-Forwarded-Proto itself."
        yield Finding("Solmu does not know that it stands behind a proxy.", mend)


def _second_factor() -> Iterator[Finding]:
    if not settings.SOLMU_REQUIRE_SECOND_FACTOR:
        yield Finding("A password alone opens the records.", "Remove SOLMU_REQUIRE_SECOND_FACTOR=0.")


def _own_sign_in() -> Iterator[Finding]:
    """What the organisation's sign-in says of a person is believed because https says who it is."""
    for service in settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", []):
        if not service["settings"]["server_url"].startswith("https://"):
            yield Finding("The organisation's own sign-in is not https.", "Set SOLMU_OIDC_SERVER=https://…")
        if not (service["client_id"] and service["secret"]):
            mend = "Set SOLMU_OIDC_CLIENT_ID and SOLMU_OIDC_SECRET."
            yield Finding("Solmu cannot tell the organisation's own sign-in who it is.", mend)


def _practice() -> Iterator[Finding]:
    if settings.SOLMU_DEMO:
        yield Finding("This is a practice installation with known passwords.", "Remove SOLMU_DEMO, start empty.")
    if settings.DEBUG:
        yield Finding("DEBUG shows what pages hold when they fail.", "Set DEBUG to False.")


def _mail() -> Iterator[Finding]:
    if settings.EMAIL_BACKEND.rsplit(".", 2)[-2] in {"console", "dummy", "locmem", "filebased"}:
        mend = "Set SOLMU_EMAIL_BACKEND=django.core.mail.backends.smtp.EmailBackend and its server."
        yield Finding("Mail is not sent.", mend)
    elif settings.DEFAULT_FROM_EMAIL.endswith("@localhost"):
        yield Finding("Mail has no sender.", "Set SOLMU_EMAIL_FROM.")


def _permissions() -> Iterator[Finding]:
    if _open_to_others(settings.SOLMU_DATA):
        yield Finding(f"Others than its owner may look into {settings.SOLMU_DATA}.", f"chmod 700 {settings.SOLMU_DATA}")


def _backups() -> Iterator[Finding]:
    from solmu.config.backup import latest_backup

    newest = latest_backup()
    if newest is None:
        yield Finding("No backup was ever taken.", "Run: solmu backup", warning=True)
    elif (days := (clock.now().timestamp() - newest.stat().st_mtime) / 86_400) > 1.5:
        yield Finding(f"The newest backup is {days:.0f} days old.", "Run: solmu backup (nightly)", warning=True)


def _size() -> Iterator[Finding]:
    if connection.vendor == "sqlite" and (os.cpu_count() or 1) > 4:
        mend = "Consider PostgreSQL: SOLMU_DATABASE_URL=postgres://…"
        yield Finding("SQLite lets one writer in at a time.", mend, warning=True)


def _stewards() -> Iterator[Finding]:
    from solmu.organisations.queries import organisations_without_steward

    try:
        names = organisations_without_steward(clock.now())
    except Exception as error:  # noqa: BLE001 (an unmigrated or unreachable database is another finding)
        yield Finding(f"The organisations could not be read ({type(error).__name__}).", "Mend the database first.")
        return
    for name in names:
        mend = "Add one: solmu account add … --role steward"
        yield Finding(f"{name} has no data protection officer to review emergency access.", mend, warning=True)


def _open_to_others(path: Path) -> bool:
    return bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))


DEPLOYMENT = [
    _secret,
    _hosts,
    _https,
    _second_factor,
    _own_sign_in,
    _practice,
    _mail,
    _permissions,
    _backups,
    _size,
    _stewards,
]
