"""Copies of invented families, made by the database itself: a measured world grows to a million in minutes.

A copy is every row once more under other identifiers. The first three digits of each tell the number of its copy, where
a UUID of version 7 has its time: what belonged together still does, and each copy lies in one piece behind the others.
"""

from collections.abc import Callable, Iterable
from uuid import UUID

from django.db import connection, models, transaction

_FIRST_COPY = 0x100  # no clock gives such digits before the year 2500
MOST = 0xFFF - _FIRST_COPY
_DIGITS = {
    # a UUID as it is kept, with its first three digits replaced
    "sqlite": "%s || substr({0}, 4)",
    "postgresql": "(%s || substr({0}::text, 4))::uuid",
}
# What may be said once only, and in which form a copy says it.
_ONCE = {"email": ("%s || {0}", "{}."), "name": ("{0} || %s", " / {}")}
_REFERENCE = "replace({0}, '-', %s)"


def copy_rows(tables: Iterable[type[models.Model]], shared: Iterable[UUID], last: int, told: Callable[[int], None]):
    """Makes copies 1 … `last` of every row of `tables`, parents first; calls `told` with the number of each.

    What `shared` names belongs to all copies: such a row is not copied, and the others keep their reference to it.
    """
    if last > MOST:
        raise ValueError(f"An identifier has room for the numbers of {MOST} copies.")
    tables, kept = list(tables), [models.UUIDField().get_db_prep_value(each, connection) for each in shared]
    among = ", ".join(["%s"] * len(kept))
    with connection.cursor() as cursor:
        for table in tables:
            name, own = table._meta.db_table, isinstance(table._meta.pk, models.UUIDField)  # noqa: SLF001
            rows = f"SELECT * FROM {name}" + (f" WHERE id NOT IN ({among})" if own else "")  # noqa: S608
            cursor.execute(f"CREATE TEMPORARY TABLE first_{name} AS {rows}", kept if own else [])
        for number in range(1, last + 1):
            with transaction.atomic():
                for table in tables:
                    cursor.execute(*_copy(table, kept, number))
            told(number)
        for table in tables:
            cursor.execute(f"DROP TABLE first_{table._meta.db_table}")  # noqa: SLF001


def _copy(table: type[models.Model], kept: list, number: int) -> tuple[str, list]:
    """The statement that makes one copy of a table's first rows, and its values."""
    columns, told, values = [], [], []
    for field in table._meta.concrete_fields:  # noqa: SLF001
        if isinstance(field, models.AutoField):
            continue  # the database numbers the copies on
        says, said = _column(field, kept, number)
        columns.append(connection.ops.quote_name(field.column))
        told.append(says.format(columns[-1]))
        values += said
    name = table._meta.db_table  # noqa: SLF001
    return f"INSERT INTO {name} ({', '.join(columns)}) SELECT {', '.join(told)} FROM first_{name}", values  # noqa: S608


def _column(field: models.Field, kept: list, number: int) -> tuple[str, list]:
    """What a copy says in a column: an expression over the first row's, and its values."""
    target = field.target_field if field.is_relation else field
    if isinstance(target, models.UUIDField):
        among = ", ".join(["%s"] * len(kept))
        says = f"CASE WHEN {{0}} IN ({among}) THEN {{0}} ELSE {_DIGITS[connection.vendor]} END"
        return says, [*kept, f"{_FIRST_COPY + number:03x}"]
    if field.name == "reference":
        return _REFERENCE, [chr(0x100 + number)]  # as long as before, and no person's reference has such a letter
    if field.name in _ONCE and field.model._meta.app_label in {"accounts", "organisations"}:  # noqa: SLF001
        says, form = _ONCE[field.name]
        return says, [form.format(number)]
    return "{0}", []
