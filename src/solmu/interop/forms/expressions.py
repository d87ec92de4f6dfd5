"""The small part of XLSForm's formulas that conditions and bounds of a FHIR form can say. The rest is left as words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

_TOKEN = re.compile(
    r"\s*(?:(?P<field>\$\{\s*[^}\s]+\s*\})|(?P<text>'[^']*'|\"[^\"]*\")|(?P<number>\d+(?:\.\d+)?)"
    r"|(?P<sign>!=|<=|>=|=|<|>)|(?P<name>[A-Za-z][A-Za-z0-9_:-]*)|(?P<mark>[().,\-])|(?P<other>\S))"
)
_MOST_TOKENS = 200
_DEEPEST = 20  # parentheses inside each other
_FLIPPED = {"=": "=", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}


class Unsayable(Exception):
    """The formula says more than a condition can."""


@dataclass(frozen=True)
class Comparison:
    """`${field} = 'x'`; the field is `.` for the answer itself, and `of` is the function around it, if any."""

    field: str
    sign: str
    value: str | float
    of: str = ""


@dataclass(frozen=True)
class Many:
    """Several that hold together: `and`, `or`."""

    word: str
    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Not:
    """What must not hold."""

    part: "Node"


@dataclass(frozen=True)
class Unknown:
    """A part that cannot be said."""

    words: str


Node = Comparison | Many | Not | Unknown


def parse(formula: str) -> Node:
    """The formula as a tree; a part that is not understood stands in it as `Unknown`."""
    try:
        tokens = list(_tokens(formula))
        if _deepest(tokens) > _DEEPEST:
            raise Unsayable
        parser = _Parser(tokens)
        node = parser.any_of()
        parser.end()
    except Unsayable:
        return Unknown(formula)
    return node


def _tokens(formula: str) -> Iterator[tuple[str, str]]:
    place = 0
    for _number in range(_MOST_TOKENS):
        if not formula[place:].strip():
            return
        found = _TOKEN.match(formula, place)
        if not found:
            raise Unsayable
        yield str(found.lastgroup), found[str(found.lastgroup)]
        place = found.end()
    raise Unsayable  # longer than a person would write


def _deepest(tokens: list[tuple[str, str]]) -> int:
    return max(accumulate((text == "(") - (text == ")") for _kind, text in tokens), default=0)


class _Parser:
    def __init__(self, tokens: list[tuple[str, str]]):
        self.tokens, self.place = tokens, 0

    def end(self) -> None:
        if self.place != len(self.tokens):
            raise Unsayable

    def _next(self) -> tuple[str, str]:
        return self.tokens[self.place] if self.place < len(self.tokens) else ("", "")

    def _take(self, kind: str) -> str:
        """The next token, if it is of this kind."""
        found, text = self._next()
        if found != kind:
            raise Unsayable
        self.place += 1
        return text

    def _mark(self, mark: str) -> None:
        if self._take("mark") != mark:
            raise Unsayable

    def any_of(self) -> Node:
        return self._several("or", self.all_of)

    def all_of(self) -> Node:
        return self._several("and", self.one)

    def _several(self, word: str, part) -> Node:
        parts = [part()]
        while self._next() == ("name", word):
            self.place += 1
            parts.append(part())
        return parts[0] if len(parts) == 1 else Many(word, tuple(parts))

    def one(self) -> Node:
        """One part; what is not understood is passed over as far as the next `and` or `or`."""
        began = self.place
        try:
            node = self._one()
            if self._ends():
                return node
        except Unsayable:
            pass
        self.place = began
        return self._passed_over()

    def _ends(self) -> bool:
        return self._next() in {("", ""), ("mark", ")"), ("name", "and"), ("name", "or")}

    def _passed_over(self) -> Node:
        words, depth = [], 0
        while self._next()[0] and (depth or not self._ends()):
            text = self._next()[1]
            depth += (text == "(") - (text == ")")
            words.append(text)
            self.place += 1
        if not words:
            raise Unsayable
        return Unknown(" ".join(words))

    def _one(self) -> Node:
        kind, text = self._next()
        if text == "(":
            self._mark("(")
            inner = self.any_of()
            self._mark(")")
            return inner
        if kind == "name" and text == "not":
            self._take("name")
            self._mark("(")
            inner = self.any_of()
            self._mark(")")
            return Not(inner)
        if kind == "name" and text == "selected":
            return self._selected()
        return self._comparison()

    def _selected(self) -> Node:
        self._take("name")
        self._mark("(")
        field = self._field()
        self._mark(",")
        value = self._literal()
        self._mark(")")
        return Comparison(field, "=", value, "selected")

    def _comparison(self) -> Node:
        if self._next()[0] in {"text", "number"} or self._next()[1] == "-":
            value, sign = self._literal(), self._take("sign")
            field, of = self._operand()
            return Comparison(field, _FLIPPED[sign], value, of)
        field, of = self._operand()
        return Comparison(field, self._take("sign"), self._literal(), of)

    def _operand(self) -> tuple[str, str]:
        if self._next() == ("name", "string-length"):
            self._take("name")
            self._mark("(")
            field = self._field()
            self._mark(")")
            return field, "string-length"
        return self._field(), ""

    def _field(self) -> str:
        kind, text = self._next()
        if kind == "field":
            self.place += 1
            return text[2:-1].strip()
        self._mark(".")
        return "."

    def _literal(self) -> str | float:
        kind, text = self._next()
        if kind == "name" and text == "date":
            self._take("name")
            self._mark("(")
            value = self._take("text")[1:-1]
            self._mark(")")
            return value
        if kind == "text":
            return self._take("text")[1:-1]
        sign = 1
        if text == "-":
            self._mark("-")
            sign = -1
        number = float(self._take("number")) * sign
        return int(number) if number.is_integer() else number


def conjuncts(node: Node, *, negated: bool = False) -> list[tuple[Node, bool]]:
    """What must all hold: the parts of nested `and`, each with whether it is negated."""
    if isinstance(node, Not):
        return conjuncts(node.part, negated=not negated)
    if isinstance(node, Many) and (node.word == "and") is not negated:
        return [each for part in node.parts for each in conjuncts(part, negated=negated)]
    return [(node, negated)]


def disjuncts(node: Node, *, negated: bool = False) -> list[tuple[Node, bool]]:
    """What is enough one by one: the parts of nested `or`, each with whether it is negated."""
    if isinstance(node, Not):
        return disjuncts(node.part, negated=not negated)
    if isinstance(node, Many) and (node.word == "or") is not negated:
        return [each for part in node.parts for each in disjuncts(part, negated=negated)]
    return [(node, negated)]
