"""The gate cannot be walked around: it alone says yes, and what reads a family's rows begins from its yes."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house import SOURCE, files

ROOMS_OF_FAMILIES = ("families", "consents", "situations", "instruments", "casework", "referrals")
ASKING = {"require", "list_records", "require_row", "for_sender", "for_receiver"}
# Asked with an identifier alone, before the gate, so that the gate can be asked about the right record.
BEFORE_THE_GATE = {
    "casework/queries/contacts.py record_of": "gives two identifiers, to be put to the gate at once",
    "casework/queries/closing.py waiting_referrals": "identifiers from the agenda, inside an action that has asked",
    "families/queries/family.py names_of": "takes what gate.list_records has let into a list",
    "referrals/queries/receivers.py receivers": "units and contact points: nothing of a family",
}


def trees(*rooms: str) -> Iterator[tuple[Path, ast.Module]]:
    for path in files(".py"):
        where = path.relative_to(SOURCE)
        if (not rooms or where.parts[0] in rooms) and "migrations" not in where.parts:
            yield where, ast.parse(path.read_text())


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def name_of(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def test_only_the_gate_says_yes():
    said = [
        f"{where}:{call.lineno}"
        for where, tree in trees()
        for call in calls(tree)
        if name_of(call.func) == "Access" and where != Path("access/gate.py")
    ]
    assert not said, "\n".join(said)


def test_no_page_reads_rows_by_itself():
    """Pages call queries and actions; only what the web room itself remembers of its reader is read there."""
    own = {"Draft", "Submission"}
    reads = (
        (where, node) for where, tree in trees("web") for node in ast.walk(tree) if isinstance(node, ast.Attribute)
    )
    read = [
        f"{where}:{node.lineno} {ast.unparse(node)}"
        for where, node in reads
        if node.attr == "objects" and name_of(node.value) not in own
    ]
    assert not read, "\n".join(read)


def reads_rows(function: ast.FunctionDef) -> bool:
    return any(isinstance(node, ast.Attribute) and node.attr == "objects" for node in ast.walk(function))


def first_argument(function: ast.FunctionDef) -> str:
    names = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]
    return names[0] if names else ""


def queries() -> Iterator[tuple[str, ast.FunctionDef]]:
    """The functions that a page or an action may call to read rows of families, with their places."""
    for where, tree in trees(*ROOMS_OF_FAMILIES):
        if "queries" in (where.parts[1], where.stem):
            for node in tree.body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                    yield f"{where} {node.name}", node


def functions() -> dict[str, list[ast.FunctionDef]]:
    """Every function of the rooms of families by its name, which two rooms may share."""
    found: dict[str, list[ast.FunctionDef]] = {}
    for _where, tree in trees(*ROOMS_OF_FAMILIES):
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                found.setdefault(node.name, []).append(node)
    return found


def asks(function: ast.FunctionDef, known: dict, seen: tuple = ()) -> bool:
    """Whether the function puts its deed to the gate, or calls one that does."""
    called = {name_of(call.func) for call in calls(function)}
    further = (each for name in called & known.keys() for each in known[name] if each not in (*seen, function))
    return bool(ASKING & called) or any(asks(each, known, (*seen, function)) for each in further)


def test_a_query_that_is_given_an_actor_asks_the_gate():
    known = functions()
    silent = [
        place for place, function in queries() if first_argument(function) == "actor" and not asks(function, known)
    ]
    assert not silent, "\n".join(silent)


def test_a_query_that_is_given_neither_actor_nor_access_reads_nothing():
    """Unless it is told above why it may."""
    loose = {
        place
        for place, function in queries()
        if reads_rows(function) and first_argument(function) not in {"actor", "access"}
    }
    assert loose - BEFORE_THE_GATE.keys() - of_a_row(loose) == set(), "\n".join(sorted(loose))
    assert BEFORE_THE_GATE.keys() <= loose, "an excuse that nobody needs"


def of_a_row(places: set[str]) -> set[str]:
    """Those that are given a row which the gate has already let through: `case`, `referral`, `row`."""
    given = dict(queries())
    return {place for place in places if first_argument(given[place]) in {"case", "referral", "row"}}


def is_entrance(function: ast.FunctionDef) -> bool:
    """What pages call takes the actor first and everything else by name; parts of actions take rows by place."""
    return first_argument(function) == "actor" and len(function.args.args) == 1 and bool(function.args.kwonlyargs)


def test_an_action_that_a_page_calls_asks_the_gate():
    known, silent = functions(), []
    for where, tree in trees(*ROOMS_OF_FAMILIES):
        if "actions" in (where.parts[1], where.stem):
            for node in tree.body:
                public = isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
                if public and is_entrance(node) and not asks(node, known):
                    silent.append(f"{where} {node.name}")
    assert not silent, "\n".join(silent)
