"""PostgreSQL: every table by COPY from one snapshot, put back in one transaction. Needs no client programs.

pg_dump would have to match the server's version and be installed beside Solmu; COPY and the migrations do the same
here, and because PostgreSQL takes back changes of shape too, a restore happens wholly or not at all.
"""

from collections.abc import Callable, Iterator

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from solmu.accesslog import ledger
from solmu.config.backup.archive import Manifest, Reader, Writer
from solmu.config.console import Stopped

_KEPT_BY_MIGRATIONS = "django_migrations"


def dump(writer: Writer) -> None:
    """Adds every table as it is at one moment, while others read and write."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        writer.manifest.anchor = ledger.anchor()
        for table in sorted(connection.introspection.table_names(cursor)):
            columns = [column.name for column in connection.introspection.get_table_description(cursor, table)]
            writer.manifest.columns[table] = columns
            writer.add(f"tables/{table}", _copied_out(cursor, table, columns))


def _copied_out(cursor, table: str, columns: list[str]) -> Iterator[bytes]:
    with cursor.copy(f"COPY {_named(table, columns)} TO STDOUT") as copy:
        for data in copy:
            yield bytes(data)


def _named(table: str, columns: list[str]) -> str:
    return f"{_quote(table)} ({', '.join(map(_quote, columns))})"


def _quote(name: str) -> str:
    return '"{}"'.format(name.replace('"', '""'))


def load(reader: Reader, manifest: Manifest, *, stamp: str, accept: Callable[[], bool]) -> str:
    """Fills a new schema in the present one's place; the present one stays beside it under another name."""
    aside = f"before_{stamp}"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        schema = cursor.fetchone()[0]
        had_any = bool(connection.introspection.table_names(cursor))
        if had_any:
            cursor.execute(f"ALTER SCHEMA {_quote(schema)} RENAME TO {_quote(aside)}")
            cursor.execute(f"CREATE SCHEMA {_quote(schema)}")
        _make_tables(manifest)
        _fill(cursor, reader, manifest)
        if not accept():
            raise Stopped("The archive's access log is not whole, or the secret is another. Nothing was changed.")
    return f"the schema {aside}" if had_any else ""


def _make_tables(manifest: Manifest) -> None:
    """The tables as they were when the backup was taken; `solmu migrate` brings them up to date afterwards."""
    executor = MigrationExecutor(connection)
    wanted = {tuple(each.split(".", 1)) for each in manifest.migrations}
    graph = executor.loader.graph
    last = [node for node in wanted if node in graph.nodes and not any(c.key in wanted for c in _after(graph, node))]
    executor.migrate(sorted(last))


def _after(graph, node) -> list:
    return [child for child in graph.node_map[node].children if child.key[0] == node[0]]


def _fill(cursor, reader: Reader, manifest: Manifest) -> None:
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    there = set(connection.introspection.table_names(cursor)) - {_KEPT_BY_MIGRATIONS}
    cursor.execute(f"TRUNCATE {', '.join(map(_quote, sorted(there)))}")
    for table in sorted(there & manifest.columns.keys()):
        columns = manifest.columns[table]
        with cursor.copy(f"COPY {_named(table, columns)} FROM STDIN") as copy:
            for chunk in reader.chunks(f"tables/{table}"):
                copy.write(chunk)
        _count_on(cursor, table)
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _count_on(cursor, table: str) -> None:
    """Lets numbered rows go on from the highest number."""
    for sequence in connection.introspection.get_sequences(cursor, table):
        column = sequence["column"]
        cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [_quote(table), column])
        if (name := cursor.fetchone()[0]) is None:
            continue
        cursor.execute(f"SELECT MAX({_quote(column)}) FROM {_quote(table)}")  # noqa: S608 (names from the catalogue)
        highest = cursor.fetchone()[0]
        cursor.execute("SELECT setval(%s, %s, %s)", [name, highest or 1, highest is not None])
