"""Modules of an orientation: their kinds, and the faults that an author is told of."""

import pytest

from solmu.operating_models.package import check_package, load_package
from tests.operating_models.catalogue import CATALOGUE
from tests.operating_models.example import write_package

FILE = "orientation.yaml"
CHECK = """\
modules:
  - {id: read-idea, title: title, text: title, required: true}
  - {id: watch-film, title: title, text: title, required: false, link: "https://example.org/film"}
  - id: check-idea
    kind: check
    title: title
    text: title
    required: true
    questions:
      - id: who
        text: title
        explain: title
        choices:
          - {id: all, text: title, right: true}
          - {id: none, text: title}
"""


def problems(tmp_path, orientation: str) -> list[tuple[int, str, str]]:
    found = check_package(write_package(tmp_path, **{FILE: orientation}), CATALOGUE)
    return [(each.line, each.field, each.what) for each in found]


def test_a_module_is_read_watched_or_what_its_kind_says(tmp_path):
    package = load_package(write_package(tmp_path, **{FILE: CHECK}), CATALOGUE)
    assert [module.way for module in package.orientation.modules] == ["read", "watch", "check"]
    (question,) = package.orientation.modules[2].questions
    assert question.right == {"all"}


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('"https://example.org/film"', '"http://example.org/film"', "What is watched needs a safe link."),
        ("right: true", "right: false", "The question has no right or no wrong choice."),
        ("{id: none, text: title}", "{id: none, text: title, right: true}", "no right or no wrong choice"),
        ("    kind: check\n", "", "Only a check has questions."),
        ("required: true}", "required: true, kind: check}", "A check has no questions."),
        ("required: true}", "required: true, kind: watch}", "What is watched needs a safe link."),
        ("required: true}", "required: true, kind: exam}", "'exam'"),
        ("{id: none,", "{id: all,", "The id 'all' is used twice."),
    ],
)
def test_a_module_that_cannot_be_gone_through_is_told(tmp_path, old, new, what):
    assert old in CHECK
    found = problems(tmp_path, CHECK.replace(old, new, 1))
    assert len(found) == 1, found
    assert what in found[0][2]
