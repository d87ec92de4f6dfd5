"""The only place that asks what time it is. Everything else is told, through `Actor.at`."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

HELSINKI = ZoneInfo("Europe/Helsinki")


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def local_date(moment: datetime) -> date:
    """The calendar date of `moment` in Finland."""
    return moment.astimezone(HELSINKI).date()
