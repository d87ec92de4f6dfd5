"""What every row has: an identifier, and for rows that people edit, a version."""

from django.db import models

from solmu.kernel.errors import Conflict
from solmu.kernel.ids import new_id


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


def save_version(row: Versioned, *, expected: int, fields: list[str]) -> None:
    """Saves `fields` of `row` if nobody has saved it since version `expected`; else raises Conflict.

    One UPDATE with the version in its condition: right on SQLite and PostgreSQL without a lock held before it.
    """
    values = {name: getattr(row, name) for name in fields}
    model = type(row)
    changed = model.objects.filter(pk=row.pk, version=expected).update(version=expected + 1, **values)
    if not changed:
        raise Conflict(model.objects.get(pk=row.pk))
    row.version = expected + 1
