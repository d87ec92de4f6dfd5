"""The database from one setting: an address of PostgreSQL, or nothing for SQLite in the data folder."""

from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

_SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
    " PRAGMA mmap_size=2147418112; PRAGMA cache_size=-20000;"
)


def sqlite(path: Path | str) -> dict:
    """SQLite so that writers queue instead of failing, and a confirmed write survives a power cut."""
    options = {"timeout": 20, "transaction_mode": "IMMEDIATE", "init_command": _SQLITE_PRAGMAS}
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path), "OPTIONS": options}


def postgresql(url: str) -> dict:
    """PostgreSQL from `postgres://user:password@host:port/name?option=value`, pooled per process."""
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 5}, "connect_timeout": 5, **options},
    }


def database(url: str, data: Path) -> dict:
    """Django's description of the database that `url` names; raises ValueError for a scheme it does not know."""
    if not url:
        return sqlite(data / "solmu.sqlite3")
    if url.startswith("sqlite:///"):
        return sqlite(url.removeprefix("sqlite:///"))
    if url.startswith(("postgres://", "postgresql://")):
        return postgresql(url)
    raise ValueError("SOLMU_DATABASE_URL must begin with postgres:// or sqlite:///")
