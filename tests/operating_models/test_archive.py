"""A package as one file: the same bytes every time, and nothing from outside that could hurt."""

import hashlib
import io
import json
import stat
import zipfile
from time import perf_counter

import pytest
from hypothesis import given, strategies as st

from solmu.operating_models.package import PackageRefused, load_archive, load_package, open_archive, pack
from solmu.operating_models.package.archive import MANIFEST, MAX_ARCHIVE_BYTES, MAX_ENTRIES
from solmu.operating_models.package.files import MAX_FILE_BYTES, MAX_FILES, MAX_TOTAL_BYTES
from solmu.operating_models.package.reading import read_document
from solmu.operating_models.package.writing import files_of
from tests.operating_models.catalogue import CATALOGUE
from tests.operating_models.example import FILES, write_package

WHOLE = {name: text.encode() for name, text in FILES.items()}


def archive(entries, *, manifest=None, packing=zipfile.ZIP_STORED):
    """A package file made by hand: `entries` are names and bytes, or ZipInfos and bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as file:
        file.writestr(MANIFEST, json.dumps(manifest) if isinstance(manifest, dict) else manifest or said())
        for entry, raw in entries:
            file.writestr(entry, raw)
    return out.getvalue()


def said(**other):
    whole = json.loads(zipfile.ZipFile(io.BytesIO(pack("evening-walks", "1", WHOLE))).read(MANIFEST))
    return json.dumps(whole | other)


def own(name):
    return f"evening-walks/1/{name}"


def info(name, **attributes):
    entry = zipfile.ZipInfo(own(name))
    for attribute, value in attributes.items():
        setattr(entry, attribute, value)
    return entry


def whole_but(*more, without=()):
    return [*((own(name), raw) for name, raw in WHOLE.items() if name not in without), *more]


def refused(raw):
    started = perf_counter()
    with pytest.raises(PackageRefused) as problems:
        load_archive(raw, CATALOGUE)
    assert perf_counter() - started < 2
    return [str(each) for each in problems.value.problems]


def test_a_packed_package_is_the_same_package(tmp_path):
    package = load_package(write_package(tmp_path), CATALOGUE)
    raw = pack(package.slug, package.version, package.files)
    again = load_archive(raw, CATALOGUE)
    assert again.content_hash == package.content_hash
    assert again.to_json() == package.to_json()


def test_the_same_package_gives_the_same_bytes():
    backwards = dict(reversed(WHOLE.items()))
    assert pack("evening-walks", "1", WHOLE) == pack("evening-walks", "1", backwards)


def test_the_bytes_are_those_of_yesterday():
    """The known hash of a known package: a change of these bytes is a change of the format."""
    raw = pack("a", "1", {"model.yaml": b"a: 1\n", "texts/fi.yaml": b"b: \xc3\xa4\n"})
    assert hashlib.sha256(raw).hexdigest() == "c71b1e51ab2c304b0ea979274ffd657cd69066ff635acab76f641626999f2d83"


def test_a_file_packed_anew_by_hand_is_read():
    folders = [(zipfile.ZipInfo("evening-walks/"), b""), (zipfile.ZipInfo("evening-walks/1/"), b"")]
    raw = archive([*folders, *whole_but()], packing=zipfile.ZIP_DEFLATED)
    assert load_archive(raw, CATALOGUE).slug == "evening-walks"


def test_what_a_document_says_can_be_written_as_files_again(tmp_path):
    package = load_package(write_package(tmp_path), CATALOGUE)
    opened = open_archive(pack("evening-walks", "1", files_of(package.document)))
    again = load_archive(pack("evening-walks", "1", opened.files), CATALOGUE)
    assert {**again.document, "content_hash": ""} == {**package.document, "content_hash": ""}


words = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=60)


@given(words.filter(str.strip))
def test_any_words_survive_being_written(text):
    document = {"texts": {"fi": {"a.b": text}}}
    empty = {"model": {}, "entry": {}, "process": {}, "measures": {}, "orientation": {"modules": []}}
    rest = {"guide": {}, "form_links": {}, "questionnaires": {}, "families": []}
    raw = files_of(document | empty | rest)["texts/fi.yaml"]
    assert read_document("texts/fi.yaml", raw).content == {"a": {"b": text}}


LINK = (stat.S_IFLNK | 0o777) << 16
HOSTILE = {
    "not a package file at all": (
        b"#!/bin/sh\n",
        "package file: This is not a package file. Make the file with: solmu model pack",
    ),
    "something before the file": (b"MZ" + pack("a", "1", WHOLE), "package file: This is not a package file."),
    "half a file": (pack("evening-walks", "1", WHOLE)[:900], "package file: The file is damaged."),
    "a huge file": (b"PK\x03\x04" + b"0" * MAX_ARCHIVE_BYTES, "package file: The file is too large."),
    "no word of what it is": (
        archive(whole_but(), manifest="{}"),
        "solmu-package.json: It is of another format than this Solmu reads.",
    ),
    "a manifest that is no text": (
        archive(whole_but(), manifest="[" * 9000),
        "solmu-package.json: The file cannot be read.",
    ),
    "a manifest without a hash": (
        archive(whole_but(), manifest=said(content_hash=None)),
        "solmu-package.json: It does not say which version it is, or the hash of its content.",
    ),
    "a manifest with half a character": (
        archive(whole_but(), manifest=said(version="\ud800")),
        "solmu-package.json: It does not say which version it is, or the hash of its content.",
    ),
    "an entry without a name": (
        archive([("zz", b"x")]).replace(b"zz", b"\x00z"),
        "package file: The file is damaged.",
    ),
    "another content than was packed": (
        archive(whole_but((own("texts/sv.yaml"), b"title: Kv\xc3\xa4llspromenader\n"))),
        "solmu-package.json: The content is not the one that was packed: its hash is another.",
    ),
    "another version than the folder's": (
        archive(whole_but(), manifest=said(version="2")),
        "evening-walks/1/entry.yaml: This file has no place in a package. Only the files of evening-walks/2/",
    ),
    "a name that climbs out": (
        archive(whole_but(("evening-walks/1/../../../etc/cron.d/x", b""))),
        "evening-walks/1/../../../etc/cron.d/x: This file has no place in a package.",
    ),
    "a name from the root": (
        archive(whole_but(("/etc/passwd", b"x"))),
        "/etc/passwd: This file has no place in a package.",
    ),
    "a name with backslashes": (
        archive(whole_but(("evening-walks\\1\\..\\x.yaml", b"x"))),
        "evening-walks\\\\1\\\\..\\\\x.yaml: This file has no place in a package.",
    ),
    "a name cut by a zero": (
        archive(whole_but()).replace(b"families/newcomers.yaml", b"families/new.yaml\0.sh\0x"),
        "evening-walks/1/families/new.yaml\\x00.sh\\x00x: This file has no place in a package.",
    ),
    "a name that looks like another": (
        archive(whole_but((own("m\u043edel.yaml"), b"x"))),
        "evening-walks/1/m\\u043edel.yaml: This file has no place in a package.",
    ),
    "a program": (
        archive(whole_but((own("run.py"), b"x"))),
        "evening-walks/1/run.py: This file has no place in a package.",
    ),
    "a picture": (
        archive(whole_but((own("guide/fi/map.svg"), b"<svg/>"))),
        "evening-walks/1/guide/fi/map.svg: This file has no place in a package.",
    ),
    "a package in a package": (
        archive(whole_but((own("forms/more.zip"), b"PK"))),
        "evening-walks/1/forms/more.zip: This file has no place in a package.",
    ),
    "a deep folder": (
        archive(whole_but((own("guide/" + "a/" * 50 + "x.md"), b"x"))),
        "evening-walks/1/guide/a/a/",
    ),
    "a link": (
        archive(whole_but((info("guide/fi/a.md", external_attr=LINK), b"/etc/passwd"))),
        "evening-walks/1/guide/fi/a.md: This is a link or not a plain file. Put a plain file in its place.",
    ),
    "a device": (
        archive(whole_but((info("guide/fi/a.md", external_attr=(stat.S_IFCHR | 0o666) << 16), b""))),
        "evening-walks/1/guide/fi/a.md: This is a link or not a plain file.",
    ),
    "a locked file": (
        archive(whole_but()).replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00"),
        "solmu-package.json: The file is locked with a password. Pack it without one.",
    ),
    "another kind of compression": (
        archive(whole_but(), packing=zipfile.ZIP_LZMA),
        "solmu-package.json: It is compressed in a way that is not read here.",
    ),
    "a bomb": (
        archive([(own("guide/fi/a.md"), b"\0" * 200_000)], packing=zipfile.ZIP_DEFLATED),
        "evening-walks/1/guide/fi/a.md: It would grow more than a text does when it is unpacked.",
    ),
    "a file that is too large": (
        archive(whole_but((own("guide/fi/a.md"), b"x" * (MAX_FILE_BYTES + 1)))),
        "evening-walks/1/guide/fi/a.md: The file is too large. Stay within 256 kB.",
    ),
    "too much in all": (
        archive(
            [(own(f"guide/fi/a{n}.md"), bytes(range(32, 127)) * 2600) for n in range(MAX_TOTAL_BYTES // 240_000)],
            packing=zipfile.ZIP_DEFLATED,
        ),
        "evening-walks/1/guide/fi/a0.md: It would grow",
    ),
    "too many files": (
        archive([(own(f"guide/fi/a{n}.md"), b"x") for n in range(MAX_FILES + 1)]),
        "package file: The package holds too many files. Stay within 300 files.",
    ),
    "a swarm of entries": (
        archive([(f"{n}/", b"") for n in range(MAX_ENTRIES + 1)]),
        "package file: The file holds too many entries.",
    ),
    "a missing part": (
        archive(whole_but(without=["measures.yaml"])),
        "measures.yaml: The file is missing. Every package needs it: add it.",
    ),
}


@pytest.mark.parametrize(("raw", "what"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_refused_before_it_is_unpacked(raw, what):
    first, *_more = refused(raw)
    assert first.startswith(what), first


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_stands_twice_is_refused():
    """Two programs might read two different packages from such a file."""
    raw = archive(whole_but((own("model.yaml"), b"slug: another")))
    assert refused(raw) == ["evening-walks/1/model.yaml: The name stands in the file twice. Keep one of the two."]


def test_a_file_that_says_less_of_its_size_than_it_holds_is_refused():
    raw = bytearray(archive([(own("guide/fi/a.md"), b"x" * 5000)], packing=zipfile.ZIP_DEFLATED))
    place = raw.rindex(b"PK\x01\x02") + 24
    raw[place : place + 4] = (100).to_bytes(4, "little")
    assert refused(bytes(raw)) == ["package file: The file is damaged. Ask for it again, or pack it again."]


@given(st.data())
def test_a_file_damaged_anywhere_is_refused_or_the_same(data):
    raw = bytearray(pack("evening-walks", "1", WHOLE))
    place = data.draw(st.integers(0, len(raw) - 1))
    raw[place] ^= data.draw(st.integers(1, 255))
    known = load_archive(pack("evening-walks", "1", WHOLE), CATALOGUE).content_hash
    found, problems = known, []
    try:
        found = load_archive(bytes(raw), CATALOGUE).content_hash
    except PackageRefused as error:
        problems = error.problems
    assert found == known and all(each.what and each.mend for each in problems)


def test_a_package_whose_families_get_another_verdict_is_refused():
    files = WHOLE | {"families/newcomers.yaml": FILES["families/newcomers.yaml"].replace("not_met", "met").encode()}
    assert refused(pack("evening-walks", "1", files)) == [
        "families/newcomers.yaml: expect.criteria.settled: Expected 'met', got 'not_met'. Mend the criterion, or the "
        "expectation."
    ]
