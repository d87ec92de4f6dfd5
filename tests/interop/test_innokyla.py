"""A version as a draft for Innokylä: its headings, in Finnish, and what is missing said as missing."""

from solmu.casework.facts import CATALOGUE
from solmu.interop.innokyla import EVIDENCE, MISSING, NAMES, PARTS, STRENGTHS, innokyla_draft
from solmu.operating_models.package import load_package
from solmu.operating_models.package.building import HEADINGS
from tests.interop.test_fhir_models import each_package
from tests.models import NETWORK, package


def test_every_heading_has_its_part_and_its_name():
    assert sorted(name for names in PARTS.values() for name in names) == sorted(HEADINGS)
    assert set(NAMES) == set(HEADINGS)


@each_package
def test_the_draft_holds_what_the_package_says_and_what_it_leaves_out(folder):
    own = load_package(folder, CATALOGUE)
    draft = innokyla_draft(own)
    written = dict(own.model.headings)
    for name in HEADINGS:
        part = draft.split(f"### {NAMES[name]}\n")[1].split("###")[0]
        said = " ".join(own.text(written[name], "fi").split()) if name in written else MISSING
        assert said in part
    assert draft.count("\n# ") == 0
    assert all(source.key in draft for source in own.model.sources)


def test_evidence_criteria_and_the_nature_of_the_text_are_named():
    own, draft = package(NETWORK), innokyla_draft(package(NETWORK))
    assert "Luonnos Innokylän" in draft
    assert all(f"({EVIDENCE[each.kind]})" in draft for each in own.model.evidence)
    assert all(f"({STRENGTHS[each.strength.value]})" in draft for each in own.entry.criteria)
