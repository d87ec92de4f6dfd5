"""However a package is damaged, checking it ends in problems with a place, never in a crash."""

import re

import pytest

from solmu.operating_models.package import check_package, try_package
from tests.operating_models.catalogue import CATALOGUE
from tests.operating_models.example import FILES, write_package

STRANGE = ["null", "[]", "[1]", "{a: 1}", "-5", "1.5", '""', "true", "{setting: months}"]


def _damaged():
    """The example with one line left out, or one value replaced by something strange."""
    for file, text in FILES.items():
        lines = text.splitlines(keepends=True)
        for i, line in enumerate(lines):
            yield file, "".join(lines[:i] + lines[i + 1 :])
            for hit in re.finditer(r"(?<=[a-z]: )[^{\[,}\s][^,}\n]*", line):
                for value in STRANGE:
                    changed = line[: hit.start()] + value + line[hit.end() :]
                    yield file, "".join([*lines[:i], changed, *lines[i + 1 :]])


def test_damage_never_breaks_the_checker(tmp_path):
    root = write_package(tmp_path)
    tried = 0
    for file, text in _damaged():
        (root / file).write_text(text)
        for problem in try_package(root, CATALOGUE):
            assert problem.what and problem.mend and problem.file
        (root / file).write_text(FILES[file])
        tried += 1
    assert tried > 300
    assert check_package(root, CATALOGUE) == []


@pytest.mark.parametrize("file", FILES)
def test_a_file_cut_in_the_middle_is_a_problem(tmp_path, file):
    text = FILES[file]
    root = write_package(tmp_path, **{file: text[: len(text) // 2].rsplit(":", 1)[0] + " ["})
    assert check_package(root, CATALOGUE)
