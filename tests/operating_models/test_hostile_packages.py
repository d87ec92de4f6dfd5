"""A package is untrusted: nothing it holds can run, reach outside its folder or exhaust the machine."""

import json
import os
from time import perf_counter

import pytest

from solmu.operating_models.package import PackageRefused, check_package, content_hash, load_archive, pack
from solmu.operating_models.package.files import MAX_FILE_BYTES, MAX_FILES, MAX_PAGE_BYTES
from solmu.operating_models.package.reading import MAX_DEPTH, MAX_NODES, read_document
from tests.operating_models.catalogue import CATALOGUE
from tests.operating_models.example import FILES, write_package

BOMB = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefghij", "bcdefghijk", strict=True))
HOSTILE = {
    "a tag that would run": ('a: !!python/object/apply:os.system ["true"]', "The tag"),
    "a plain tag": ("a: !!str 1", "The tag"),
    "a bomb of aliases": (BOMB, "Anchors and aliases are not allowed."),
    "a merge of maps": ("a: &a {b: 1}\nc: {<<: *a}", "Anchors and aliases are not allowed."),
    "deep nesting": ("a: " + "[" * 5000, "The file is nested too deeply."),
    "deep blocks": ("".join("  " * i + "a:\n" for i in range(MAX_DEPTH + 5)), "The file is nested too deeply."),
    "too many values": ("a: [" + "1," * (MAX_NODES + 1) + "]", "The file holds too many values."),
    "a second document": ("a: 1\n---\nb: 2", "The file holds a second document."),
    "a list for a key": ("? [a, b]\n: 1", "A key must be a plain word."),
    "nothing": ("", "The file is empty."),
    "a control character": ("a: \x07", "This is not valid YAML"),
    "half an escape": ('a: "\\x', "This is not valid YAML"),
    "a NUL in words": ('a: "\\0"', "It holds a NUL"),
    "a NUL in a key": ('"\\0": 1', "It holds a NUL"),
    "words shown backwards": ('a: "\\u202Eexe.txt"', "It holds a character that shows the words after it backwards."),
}


@pytest.mark.parametrize(("text", "what"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_refused_at_once(text, what):
    start = perf_counter()
    document = read_document("entry.yaml", text.encode())
    assert document.content is None
    assert document.problems[0].what.startswith(what)
    assert perf_counter() - start < 5


def test_words_of_a_guide_are_not_shown_backwards(tmp_path):
    root = write_package(tmp_path, **{"guide/fi/walk.md": "# Walk\n\nCall \u202e112\n"})
    assert [each.what[:20] for each in check_package(root, CATALOGUE)] == ["It holds a character"]


def test_bytes_that_are_no_text_are_refused():
    assert read_document("entry.yaml", b"a: \xff\xfe").problems[0].what == "The file is not UTF-8 text."


def test_words_stay_words():
    document = read_document(
        "entry.yaml", b"{a: no, b: yes, c: 2026-03-02, d: true, e: null, f: 1_000, g: 0x1F, h: 1e9}"
    )
    assert document.content == {
        "a": "no",
        "b": "yes",
        "c": "2026-03-02",
        "d": True,
        "e": None,
        "f": "1_000",
        "g": "0x1F",
        "h": "1e9",
    }


def test_a_huge_file_is_refused_unread(tmp_path):
    root = write_package(tmp_path, **{"entry.yaml": b"a: " + b"x" * MAX_FILE_BYTES})
    assert [each.what for each in check_package(root, CATALOGUE)] == ["The file is too large."]


def test_too_many_files_are_refused(tmp_path):
    root = write_package(tmp_path, **{f"families/f{i}.yaml": "a: 1" for i in range(MAX_FILES)})
    assert [each.what for each in check_package(root, CATALOGUE)] == ["The package holds too many files."]


def test_a_link_out_of_the_folder_is_refused(tmp_path):
    root = write_package(tmp_path, **{"measures.yaml": None})
    (tmp_path / "outside.yaml").write_text("measures: []\n")
    (root / "measures.yaml").symlink_to(tmp_path / "outside.yaml")
    assert [(each.file, each.what) for each in check_package(root, CATALOGUE)] == [
        ("measures.yaml", "This is a link or not a plain file.")
    ]
    with pytest.raises(PackageRefused):
        content_hash(root)


def test_a_linked_folder_is_refused(tmp_path):
    root = write_package(tmp_path)
    (root / "guide").symlink_to("/etc", target_is_directory=True)
    assert [each.file for each in check_package(root, CATALOGUE)] == ["guide"]


def test_a_linked_package_is_refused(tmp_path):
    link = tmp_path / "link"
    link.symlink_to(write_package(tmp_path), target_is_directory=True)
    assert [each.what for each in check_package(link, CATALOGUE)] == ["This is not a folder."]


def test_a_pipe_does_not_hang_the_reader(tmp_path):
    root = write_package(tmp_path, **{"measures.yaml": None})
    os.mkfifo(root / "measures.yaml")
    assert [each.what for each in check_package(root, CATALOGUE)] == ["This is a link or not a plain file."]


@pytest.mark.parametrize("name", ["run.py", "forms/Form.yaml", "families/a/b.yaml", ".hidden", "texts/fi.yml"])
def test_a_file_without_a_place_is_refused(tmp_path, name):
    root = write_package(tmp_path, **{name: "a: 1"})
    assert [(each.file, each.what) for each in check_package(root, CATALOGUE)] == [
        (name, "This file has no place in a package.")
    ]


def test_a_nul_in_the_guide_is_refused(tmp_path):
    found = check_package(write_package(tmp_path, **{"guide/fi/walk.md": "# Walk\n\x00\n"}), CATALOGUE)
    assert [(each.file, each.what) for each in found if "NUL" in each.what] == [
        ("guide/fi/walk.md", "It holds a NUL, which no database keeps as text.")
    ]


def test_the_fingerprint_covers_every_byte(tmp_path):
    first = write_package(tmp_path / "a")
    same = write_package(tmp_path / "b")
    other = write_package(tmp_path / "c", **{"texts/fi.yaml": "title: Iltakävely\n"})
    assert content_hash(first) == content_hash(same) != content_hash(other)


def test_a_strange_document_never_breaks_the_checker(tmp_path):
    for i, text in enumerate(["[]", "a", "1", "null", "{}", "{settings: 3, sources: []}", "{settings: [1, {id: 2}]}"]):
        for file in ("model.yaml", "entry.yaml", "process.yaml", "texts/fi.yaml", "families/newcomers.yaml"):
            assert check_package(write_package(tmp_path / f"{i}{file[:3]}", **{file: text}), CATALOGUE)


def test_a_page_of_a_guide_that_takes_long_to_show_is_refused(tmp_path):
    root = write_package(tmp_path, **{"guide/fi/walk.md": "![a](" * (MAX_PAGE_BYTES // 5 + 1)})
    assert [each.what for each in check_package(root, CATALOGUE)] == ["The page is too long."]


@pytest.mark.parametrize(
    ("slug", "version", "file", "old", "new"),
    [
        ("evening-walks", "1\n", "model.yaml", '"1"', '"1\\n"'),
        ("evening-walks\n", "1", "model.yaml", "slug: evening-walks", 'slug: "evening-walks\\n"'),
        ("evening-walks", "1", "model.yaml", "https://example.org/book", "https://example.org/book\\n"),
        ("evening-walks", "1", "process.yaml", "id: done", 'id: "done\\n"'),
    ],
    ids=["version", "slug", "address", "id"],
)
def test_no_name_ends_with_a_line_of_its_own(slug, version, file, old, new):
    assert old in FILES[file]
    files = {name: text.encode() for name, text in (FILES | {file: FILES[file].replace(old, new)}).items()}
    with pytest.raises(PackageRefused, match="This does not pass"):
        load_archive(pack(slug, version, files), CATALOGUE)


@pytest.mark.parametrize(
    "odd",
    [
        {"item": [{"linkId": "a", "type": "string", "item": 5}]},
        {"item": [{"linkId": "a", "type": "group", "item": [{"linkId": "b"}]}]},
        {"item": [{"linkId": "a", "type": "string", "text": ["x"]}]},
        {"publisher": {"a": 1}},
        {"url": ["https://example.org"]},
        {"language": 5},
    ],
    ids=["items", "inside", "words", "owner", "address", "language"],
)
def test_a_form_of_another_shape_is_refused(tmp_path, odd):
    whole = {"resourceType": "Questionnaire", "id": "mood", "status": "active", "copyright": "CC0"}
    whole |= {"item": [{"linkId": "a", "type": "string"}]}
    process = FILES["process.yaml"].replace("kind: meeting", "kind: meeting, form: mood")
    root = write_package(tmp_path, **{"forms/mood.json": json.dumps(whole), "process.yaml": process})
    assert check_package(root, CATALOGUE) == []
    (root / "forms" / "mood.json").write_text(json.dumps(whole | odd))
    assert check_package(root, CATALOGUE)
