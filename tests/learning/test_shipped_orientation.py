"""Every shipped model can be gone through, and tells by its modules' names how."""

from pathlib import Path

import pytest

from solmu.learning.rules.content import parts_of
from solmu.operating_models.package import Package, load_package
from tests.house import ROOT
from tests.operating_models.catalogue import CATALOGUE

FOLDERS = sorted(path.parent for path in (ROOT / "operating-models").glob("*/*/model.yaml"))


@pytest.fixture(params=FOLDERS, ids=lambda path: f"{path.parent.name}-{path.name}")
def package(request) -> Package:
    path: Path = request.param
    return load_package(path, CATALOGUE)


def test_every_module_is_of_the_kind_that_its_name_tells(package):
    assert [each.id.split("-")[0] for each in package.orientation.modules] == [
        each.way for each in package.orientation.modules
    ]


def test_it_is_read_practised_and_checked_with_three_questions_or_more(package):
    modules = package.orientation.modules
    assert {"read", "practice", "shadow", "check"} <= {each.way for each in modules}
    assert sum(len(each.questions) for each in modules) >= 3
    assert any(each.required for each in modules)


def test_every_question_and_choice_is_in_three_languages(package):
    texts = package.document["texts"]
    for question in (each for module in package.orientation.modules for each in module.questions):
        keys = [question.text, question.explain, *(choice.text for choice in question.choices)]
        assert all(texts[language].get(key) for language in ("fi", "sv", "en") for key in keys), question.id


def test_no_two_modules_are_taken_for_one_another(package):
    prints = [part.fingerprint for part in parts_of(package)]
    assert len(set(prints)) == len(prints)
