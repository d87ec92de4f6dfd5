"""`word__prefix`: words that begin with a text, answered from an index on SQLite and on PostgreSQL alike.

A LIKE uses no index on SQLite unless the connection is told to mind case, and on PostgreSQL none unless its pattern is
known when the query is planned. A range does on both. PostgreSQL compares letter by letter with the operators of
`varchar_pattern_ops`, whatever the database's collation; SQLite compares so by itself.
"""

from django.db.models import Lookup

_LAST = "\U0010ffff"


class Prefix(Lookup):
    """Letter by letter between the prefix and the last text that begins with it."""

    lookup_name = "prefix"
    prepare_rhs = False

    def _between(self, compiler, connection, at_least: str, below: str):
        column, column_params = self.process_lhs(compiler, connection)
        params = [*column_params, self.rhs, *column_params, self.rhs + _LAST]
        return f"({column} {at_least} %s AND {column} {below} %s)", params

    def as_sql(self, compiler, connection):
        return self._between(compiler, connection, ">=", "<")

    def as_postgresql(self, compiler, connection):
        return self._between(compiler, connection, "~>=~", "~<~")
