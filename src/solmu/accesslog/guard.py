"""The database's own refusal to change or delete an entry of the ledger."""

_TABLE = "accesslog_entry"

INSTALL = {
    "sqlite": [
        f"CREATE TRIGGER {_TABLE}_no_{verb.lower()} BEFORE {verb} ON {_TABLE} "
        "BEGIN SELECT RAISE(ABORT, 'the access log is append-only'); END"
        for verb in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        f"CREATE FUNCTION {_TABLE}_keep() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the access log is append-only'; END $$",
        f"CREATE TRIGGER {_TABLE}_keep BEFORE UPDATE OR DELETE ON {_TABLE} "
        f"FOR EACH ROW EXECUTE FUNCTION {_TABLE}_keep()",
    ],
}
REMOVE = {
    "sqlite": [f"DROP TRIGGER IF EXISTS {_TABLE}_no_{verb}" for verb in ("update", "delete")],
    "postgresql": [f"DROP TRIGGER IF EXISTS {_TABLE}_keep ON {_TABLE}", f"DROP FUNCTION IF EXISTS {_TABLE}_keep()"],
}


def run(connection, statements: dict[str, list[str]]) -> None:
    """Executes the statements for this connection's kind of database."""
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)
