"""What every row has: an identifier, and for rows that people edit, a version."""

from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from solmu.kernel.errors import Conflict, InvalidInput, NotNow, Refused
from solmu.kernel.ids import new_id

Row = TypeVar("Row", bound=models.Model)
LONGEST_TEXT = 20_000  # characters of one field, some ten printed pages


class Identified(models.Model):
    """A row with a time-ordered UUID."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True


class Versioned(Identified):
    """A row that two people may edit: `version` grows by one with every save."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


def insert(row: Row) -> Row:
    """Saves a new row and returns it; raises InvalidInput for what is longer than its field."""
    check_lengths(row, [field.attname for field in row._meta.concrete_fields])  # noqa: SLF001
    row.save(force_insert=True)
    return row


def insert_or(row: Row, refused: Callable[[], Refused]) -> Row:
    """Saves a new row; raises what `refused` gives when somebody wrote one like it first, maybe at this very moment."""
    try:
        with transaction.atomic():
            return insert(row)
    except IntegrityError:
        raise refused() from None


def save_version(row: Versioned, *, expected: int, fields: list[str]) -> None:
    """Saves `fields` of `row` if nobody has saved it since version `expected`; else raises Conflict, or NotNow.

    One UPDATE with the version in its condition: right on SQLite and PostgreSQL without a lock held before it.
    """
    check_lengths(row, fields)
    values = {name: getattr(row, name) for name in fields}
    model = type(row)
    changed = model.objects.filter(pk=row.pk, version=expected).update(version=expected + 1, **values)
    if not changed:
        current = model.objects.filter(pk=row.pk).first()
        raise Conflict(current) if current else NotNow
    row.version = expected + 1


def check_lengths(row: models.Model, fields: list[str]) -> None:
    """Raises InvalidInput for what is longer than its field: SQLite would keep it, PostgreSQL would fail."""
    errors = {}
    for name in fields:
        value, longest = getattr(row, name), row._meta.get_field(name).max_length or LONGEST_TEXT  # noqa: SLF001
        if isinstance(value, str) and len(value) > longest:
            errors[name] = too_long(longest)
    if errors:
        raise InvalidInput(errors)


def too_long(longest: int):
    """What is said of a text that is too long."""
    return _("This is too long. Shorten it to at most %(n)d characters.") % {"n": longest}
