"""What is wrong with a package, an overlay or a package file is told in the language of whoever reads it."""

import ast
import re

import pytest

from solmu.operating_models.overlay import Change, checked
from solmu.operating_models.overlay.reading import read_overlay
from solmu.operating_models.package import PackageRefused, check_package, load_package, open_archive
from solmu.operating_models.package.explaining import _SAY, KINDS, PARTS, UNKNOWN
from solmu.operating_models.package.limits import LIMITS, PATTERNS
from solmu.operating_models.package.problems import shown
from solmu.operating_models.package.reading import read_document
from solmu.operating_models.schema import NAMES, read_schema
from tests.house import SOURCE, files, place
from tests.marked import marked, plain, untranslated
from tests.operating_models.catalogue import CATALOGUE
from tests.operating_models.example import write_package
from tests.operating_models.test_broken_packages import BROKEN
from tests.operating_models.test_overlay import REFUSED
from tests.operating_models.test_walking import FAULTS, faults

TRANSLATES = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "pgettext", "pgettext_lazy"}
SENTENCE = re.compile(r"\w+ .*\w.*[.?:]$", re.DOTALL)
ARABIC = "لا أستطيع"


# Every fault, by running it


@pytest.mark.parametrize(("file", "change", "_expected"), BROKEN.values(), ids=BROKEN)
def test_a_broken_package_is_told_in_the_readers_language(tmp_path, monkeypatch, file, change, _expected):
    root = write_package(tmp_path, **{file: change})
    in_english = check_package(root, CATALOGUE)
    with marked(monkeypatch):
        found = check_package(root, CATALOGUE)
    assert not [each for each in found if untranslated(each.what) or untranslated(each.mend)]
    assert [plain(str(each)) for each in found] == [str(each) for each in in_english]
    assert not any("⟦" in f"{each.file} {each.field}" for each in found)


def test_a_course_that_cannot_be_walked_is_told_in_the_readers_language(tmp_path, monkeypatch):
    for number, (changes, _said) in enumerate(FAULTS.values()):
        with marked(monkeypatch):
            told = faults(tmp_path / str(number), **changes)
        assert told and all(each.endswith("⟧") and each.count("⟦") >= 2 for each in told)


def test_a_change_that_may_not_be_is_told_in_the_readers_language(tmp_path, monkeypatch):
    changes = {"guide/fi/walking.md": "# Kävely\n"}
    document = dict(load_package(write_package(tmp_path, **changes), CATALOGUE).document)
    with marked(monkeypatch), pytest.raises(PackageRefused) as refused:
        checked(document, [change for change, _why in REFUSED.values()])
    assert [plain(each.what).partition(": ")[2] for each in refused.value.problems] == [
        why for _change, why in REFUSED.values()
    ]
    for each in refused.value.problems:
        address, _colon, why = each.what.partition(": ")
        assert "⟦" not in address and not untranslated(why) and not untranslated(each.mend)


def test_an_overlay_file_and_a_package_file_too(monkeypatch):
    for read in (lambda: read_overlay("overlay.yaml", b"format: 2\n"), lambda: open_archive(b"MZ\x90")):
        with marked(monkeypatch), pytest.raises(PackageRefused) as refused:
            read()
        assert not [each for each in refused.value.problems if untranslated(each.what) or untranslated(each.mend)]


def test_why_yaml_cannot_be_read_is_told_in_the_readers_language(monkeypatch):
    with marked(monkeypatch):
        (known,) = read_document("a.yaml", b"a: b: c\n").problems
        (other,) = read_document("a.yaml", b"a: %TAG\n%TAG ! tag:\n%TAG ! tag:\n").problems
    assert known.what == "⟦This is not valid YAML: ⟦mapping values are not allowed in this context⟧.⟧"
    assert other.what.startswith("⟦This is not valid YAML: ")


def test_a_fault_is_told_anew_in_each_language(tmp_path, monkeypatch):
    """Nothing keeps the words of whoever asked first."""
    root = write_package(tmp_path, **{"measures.yaml": None})
    with marked(monkeypatch):
        first = check_package(root, CATALOGUE)
    (again,) = check_package(root, CATALOGUE)
    assert "⟦" in str(first[0]) and again.what == "The file is missing."


# Every fault, by reading the code and the schemas


def _untold(tree: ast.AST) -> list[ast.Constant]:
    """The sentences of a module that go through no translation; what stands alone on a line is a docstring."""
    told: set[int] = set()
    for node in ast.walk(tree):
        translates = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TRANSLATES
        if translates or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            told |= {id(inside) for inside in ast.walk(node)}
    sentences = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return [node for node in sentences if id(node) not in told and SENTENCE.search(node.value)]


@pytest.mark.parametrize("folder", ["package", "overlay"])
def test_no_sentence_is_english_alone(folder):
    left = []
    for path in files(".py", under=SOURCE / "operating_models" / folder):
        text = path.read_text()
        left += [f"{place(path, text, 0)[:-2]}:{node.lineno} {node.value}" for node in _untold(ast.parse(text))]
    assert not left, "\n".join(left)


def _parts(schema):
    yield schema
    inside = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    for each in inside:
        yield from _parts(each)


SCHEMAS = [part for name in NAMES for part in _parts(read_schema(name)) if isinstance(part, dict)]
ASSERTS = {"additionalProperties", "required"} | _SAY.keys() | LIMITS.keys()
SAYS_NOTHING = {"$schema", "$id", "$ref", "$defs", "title", "description", "properties", "items", "propertyNames"}


def test_whatever_a_schema_refuses_is_told_in_own_words():
    """Otherwise the words would be the validator's, in English."""
    names = {id(part["properties"]) for part in SCHEMAS if isinstance(part.get("properties"), dict)}
    names |= {id(part["$defs"]) for part in SCHEMAS if "$defs" in part}
    rules = [part for part in SCHEMAS if id(part) not in names]
    assert {word for part in rules for word in part} <= ASSERTS | SAYS_NOTHING
    assert {part["pattern"] for part in rules if "pattern" in part} == PATTERNS.keys()
    assert {part["format"] for part in rules if "format" in part} <= UNKNOWN.keys()
    assert {part["minProperties"] for part in rules if "minProperties" in part} == {1}  # told as: nothing stands here


def test_whatever_may_stand_in_a_place_has_a_name():
    for shapes in (part["oneOf"] for part in SCHEMAS if isinstance(part.get("oneOf"), list)):
        for shape in shapes if not all(set(each) == {"required"} for each in shapes) else ():
            assert shape.get("type") in KINDS or shape["$ref"].rpartition("/")[2] in PARTS


# Values inside sentences


@pytest.mark.parametrize(
    ("value", "said"),
    [(True, "true"), (None, "null"), (1, "1"), ("a", "'a'"), (ARABIC, f"\u2068'{ARABIC}'\u2069"), ("a" * 99, None)],
)
def test_a_value_is_told_as_a_package_writes_it(value, said):
    assert shown(value) == (said or f"'{'a' * 78}…")


def test_a_change_names_its_place_as_the_format_does():
    with pytest.raises(PackageRefused) as refused:
        checked({"process": {"may_adapt": []}, "guide": {}}, [Change("entry.about", "set", "person")])
    assert str(refused.value).startswith("overlay: changes[0]: entry.about: This part is the model's own")
