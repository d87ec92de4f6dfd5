"""A package may be large: checking it stays quick, and what is larger still is refused."""

import time

from bench.packages import CRITERION, write_large
from solmu.operating_models.package import check_package
from solmu.operating_models.package.checking import read_draft
from solmu.operating_models.package.trying import try_draft
from tests.operating_models.catalogue import CATALOGUE


def test_two_hundred_criteria_and_fifty_forms_are_checked_in_two_seconds(tmp_path):
    root = write_large(tmp_path, criteria=200, forms=50, families=20)
    began = time.process_time()
    draft = read_draft(root, CATALOGUE)
    found = list(try_draft(draft))
    assert time.process_time() - began <= 2
    assert not draft.problems and not [problem for each in found for problem in each.problems]
    assert len([each for each in found if each.what.startswith("families/")]) == 20


def test_more_criteria_than_a_person_can_check_are_refused(tmp_path):
    root = write_large(tmp_path, criteria=40, forms=1, families=0)
    entry, one_more = (root / "entry.yaml").read_text(), CRITERION.format(n=0, months=1, strength="required")
    (root / "entry.yaml").write_text(entry.replace("criteria:\n", f"criteria:\n{one_more}", 1))
    assert [each.field for each in check_package(root, CATALOGUE)] == ["criteria"]
