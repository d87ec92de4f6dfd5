"""A version as a draft for Innokylä, the national platform of operating models: its headings, in Finnish, in Markdown.

The platform has no import; a person copies each part into its form. What the package leaves out is said as missing, so
that nobody takes silence for an answer. The headings are those of published descriptions; the platform's own list of
fields was not found, so a person who fills its form may meet some that are not here.

Nobody knows into what the text is pasted: a form, a page, a wiki. A package's words therefore hold nothing that HTML or
Markdown would do something about: no tag, link, picture, code or heading of their own.
"""

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import quote

from solmu.operating_models.package import Package
from solmu.operating_models.package.parts import Source

LANGUAGE = "fi"
PARTS = {
    # Innokylä's part: the headings in it
    "Perustiedot": ("basic_info", "attachments"),
    "Toimintamallin kuvaus": ("idea", "conditions", "evaluation_summary", "tips"),
    "Kehittämisen polku: oivalla ja ymmärrä": (
        "environment",
        "start_situation",
        "needs",
        "target_group",
        "wished_change",
        "measuring_change",
    ),
    "Kehittämisen polku: kuvittele ja kokeile": ("pilot",),
}
NAMES = {
    "basic_info": "Lyhyt kuvaus",
    "attachments": "Liitteet ja linkit",
    "idea": "Ratkaisun perusidea",
    "conditions": "Toimivuuden ja käyttöönoton ehdot",
    "evaluation_summary": "Arvioinnin tulokset tiivistettynä",
    "tips": "Vinkit toimintamallin soveltajille",
    "environment": "Toimintaympäristö",
    "start_situation": "Kehittämisen lähtötilanne ja liittyminen strategioihin",
    "needs": "Kehittämisen tarpeet",
    "target_group": "Kohderyhmä ja asiakasymmärrys",
    "wished_change": "Tavoiteltu muutos",
    "measuring_change": "Muutoksen mittaaminen",
    "pilot": "Kokeilu",
}
MISSING = "*(Paketissa ei ole tähän tekstiä.)*"
EVIDENCE = {
    "reported_by_developers": "kehittäjien itse kertomaa",
    "independent_evaluation": "riippumaton arviointi",
    "expert_jury": "asiantuntijaraadin arvio",
}
STRENGTHS = {
    "required": "edellytys",
    "recommended": "suositus",
    "excludes": "este",
    "advises_against": "puhuu nyt vastaan",
}
_ANGLES = str.maketrans("<>", "‹›")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_MARKDOWN = re.compile(r"[\\`*_{}\[\]~]")
_AT_THE_START = re.compile(r"\A(\d+(?=[.)](?!\d))|(?=[#=]|[-+](?!\w)))")
_UNSEEN = {"Cc", "Cf"}  # control and format characters; a text may still need to say where its letters join
_JOINERS = "\u200c\u200d"
_IN_ADDRESS = "%:/?#@!$&'()+,;=~-._"


def innokyla_draft(package: Package) -> str:
    """The whole draft as Markdown."""
    return "\n".join(_draft(package)).rstrip() + "\n"


def _draft(package: Package) -> Iterator[str]:
    own = package.model

    def say(key: str | None) -> str:
        return _said(package, key) if key else ""

    yield f"# {say(own.title)}"
    yield ""
    licence = as_words(own.licence)
    yield f"Luonnos Innokylän toimintamallin kuvaukseksi. Paketti {own.slug}, versio {own.version}, {licence}."
    yield f"Sisällön tiiviste: {package.content_hash}"
    written = dict(own.headings)
    for part, names in PARTS.items():
        yield from ("", f"## {part}")
        if part == "Perustiedot":
            yield from ("", "### Toimintamallin nimi", "", say(own.title))
            yield from ("", "### Tekijät", "", *(_people(package) or [MISSING]))
        for name in names:
            yield from ("", f"### {NAMES[name]}", "", say(written.get(name)) or MISSING)
            yield from _beside(package, name)
    if own.sources:
        yield from ("", "## Lähteet", "", *(_source(each) for each in own.sources))
    if own.rights:
        yield from ("", "## Oikeudet", "", say(own.rights))


def _said(package: Package, key: str) -> str:
    return as_words(package.text(key, LANGUAGE))


def as_words(text: str) -> str:
    """A text on one line that is read as it stands, wherever it is pasted."""
    blanks = " ".join(text.split())
    seen = "".join(each for each in blanks if unicodedata.category(each) not in _UNSEEN or each in _JOINERS)
    plain = _MARKDOWN.sub(r"\\\g<0>", _ENTITY.sub("&amp;", seen.translate(_ANGLES)))
    return _AT_THE_START.sub(r"\1\\", plain)


def _people(package: Package) -> list[str]:
    return [
        f"- {as_words(each.name)}" + (f" ({_said(package, each.role)})" if each.role else "")
        for each in package.model.authors
    ]


def _beside(package: Package, heading: str) -> Iterator[str]:
    """What other parts of the package say under a heading: criteria, measures, evidence."""
    lines: list[str] = []
    if heading == "target_group":
        lines = [
            f"- {_said(package, each.says.worker)} ({STRENGTHS[each.strength.value]})"
            for each in package.entry.criteria
        ]
    elif heading == "measuring_change":
        lines = [f"- **{_said(package, each.title)}**: {_said(package, each.definition)}" for each in package.measures]
    elif heading == "evaluation_summary":
        lines = [
            f"- {_said(package, each.says)} ({EVIDENCE.get(each.kind, each.kind)})" for each in package.model.evidence
        ]
    elif heading == "idea":
        lines = [
            f"{number}. {_said(package, each.title)}" for number, each in enumerate(package.process.phases, start=1)
        ]
    if lines:
        yield from ("", *lines)


def _source(source: Source) -> str:
    checked = f" (luettu {source.checked_on})" if source.checked_on else ""
    link = f" {quote(source.url, safe=_IN_ADDRESS)}" if source.url else ""
    return f"- {source.key}: {as_words(source.title)}.{link}{checked}"
