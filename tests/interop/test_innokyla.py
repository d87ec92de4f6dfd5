"""A version as a draft for Innokylä: its headings, in Finnish, and what is missing said as missing."""

import json
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from solmu.casework.facts import CATALOGUE
from solmu.interop.innokyla import EVIDENCE, MISSING, NAMES, PARTS, STRENGTHS, as_words, innokyla_draft
from solmu.operating_models.package import Package, load_package
from solmu.operating_models.package.building import HEADINGS
from tests.interop.test_fhir_models import each_package
from tests.models import NETWORK, package
from tests.web.test_markdown import ATTACKS


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


class Pasted(HTMLParser):
    """What a careless page makes of it: its tags and its words."""

    def __init__(self, text: str):
        super().__init__(convert_charrefs=True)
        self.tags, self.words = set(), ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags |= {tag, *(name for name, _value in attrs)}

    def handle_data(self, data):
        self.words += data

    def handle_comment(self, data):
        self.tags.add("a comment")

    handle_decl = handle_pi = unknown_decl = handle_comment


def attacked(words: str) -> Package:
    """A package whose every text, name and title is the same words."""
    document = json.loads(package(NETWORK).to_json())
    document["texts"]["fi"] = dict.fromkeys(document["texts"]["fi"], words)
    model = document["model"]
    model["licence"] = words
    for author in model["authors"]:
        author["name"] = words
    for source in model["sources"].values():
        source["title"], source["url"] = words, f"https://example.org/{''.join(words.split())}"
    return Package.from_json(document)


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_draft_does_nothing_wherever_it_is_pasted(attack):
    draft, plain = innokyla_draft(attacked(attack)), innokyla_draft(package(NETWORK))
    assert not Pasted(draft).tags
    careless = MarkdownIt("gfm-like", {"html": True, "linkify": False})
    page, before = Pasted(careless.render(draft)), Pasted(careless.render(plain))
    assert page.tags == before.tags <= {"h1", "h2", "h3", "p", "em", "strong", "ul", "ol", "li"}
    seen = "".join(each for each in " ".join(attack.split()) if each.isprintable())
    assert seen.translate(str.maketrans("<>", "‹›")) in page.words


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Alle 18-vuotiaat (PY4), 12.5 % & muut", "Alle 18-vuotiaat (PY4), 12.5 % & muut"),
        ("# Otsikko", "\\# Otsikko"),
        ("1. kohta", "1\\. kohta"),
        ("- kohta", "\\- kohta"),
        ("+358 40", "+358 40"),
        ("=HYPERLINK(1)", "\\=HYPERLINK(1)"),
        ("ikä < 18", "ikä ‹ 18"),
        ("R&amp;D", "R&amp;amp;D"),
    ],
)
def test_a_packages_words_stay_readable(text, said):
    assert as_words(text) == said
