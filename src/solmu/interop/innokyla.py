"""A version as a draft for Innokylä, the national platform of operating models: its headings, in Finnish, in Markdown.

The platform has no import; a person copies each part into its form. What the package leaves out is said as missing, so
that nobody takes silence for an answer. The headings are those of published descriptions; the platform's own list of
fields was not found, so a person who fills its form may meet some that are not here.
"""

from collections.abc import Iterator

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


def innokyla_draft(package: Package) -> str:
    """The whole draft as Markdown."""
    return "\n".join(_draft(package)).rstrip() + "\n"


def _draft(package: Package) -> Iterator[str]:
    own = package.model

    def say(key: str | None) -> str:
        return " ".join(package.text(key, LANGUAGE).split()) if key else ""

    yield f"# {say(own.title)}"
    yield ""
    yield f"Luonnos Innokylän toimintamallin kuvaukseksi. Paketti {own.slug}, versio {own.version}, {own.licence}."
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


def _people(package: Package) -> list[str]:
    return [
        f"- {each.name}" + (f" ({' '.join(package.text(each.role, LANGUAGE).split())})" if each.role else "")
        for each in package.model.authors
    ]


def _beside(package: Package, heading: str) -> Iterator[str]:
    """What other parts of the package say under a heading: criteria, measures, evidence."""
    lines: list[str] = []
    if heading == "target_group":
        lines = [
            f"- {package.text(each.says.worker, LANGUAGE)} ({STRENGTHS[each.strength.value]})"
            for each in package.entry.criteria
        ]
    elif heading == "measuring_change":
        lines = [
            f"- **{package.text(each.title, LANGUAGE)}**: {package.text(each.definition, LANGUAGE)}"
            for each in package.measures
        ]
    elif heading == "evaluation_summary":
        lines = [
            f"- {package.text(each.says, LANGUAGE)} ({EVIDENCE.get(each.kind, each.kind)})"
            for each in package.model.evidence
        ]
    elif heading == "idea":
        lines = [
            f"{number}. {package.text(each.title, LANGUAGE)}"
            for number, each in enumerate(package.process.phases, start=1)
        ]
    if lines:
        yield from ("", *(" ".join(line.split()) for line in lines))


def _source(source: Source) -> str:
    checked = f" (luettu {source.checked_on})" if source.checked_on else ""
    link = f" {source.url}" if source.url else ""
    return f"- {source.key}: {' '.join(source.title.split())}.{link}{checked}"
