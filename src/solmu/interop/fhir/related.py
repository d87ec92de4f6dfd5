"""What a version leans on: sources, evidence, acts and forms; and beside them, what of it is not in the bundle."""

from collections.abc import Iterable
from typing import Any

from solmu.interop.fhir.not_carried import NOT_CARRIED
from solmu.interop.fhir.speaking import Voice, amount_words, one_line, rests_on
from solmu.operating_models.package.parts import Evidence, FormLink, Law, Source

_EVIDENCE = {
    "reported_by_developers": "reported by the developers",
    "independent_evaluation": "independent evaluation",
    "expert_jury": "expert jury",
}


def related(voice: Voice) -> list[dict[str, Any]]:
    """Sources, evidence, points of law, forms that are had from their owner and forms of the package."""
    package = voice.package
    forms = [voice.versioned("Questionnaire", name) for name in sorted(package.questionnaires)]
    return [
        *(_source(each) for each in package.model.sources),
        *(_evidence(voice, each) for each in package.model.evidence),
        *(_law(voice, each) for each in package.process.law),
        *(_owners_form(voice, each) for each in package.form_links),
        *({"type": "composed-of", "resource": each} for each in forms),
        {
            "type": "documentation",
            "label": "not-in-this-bundle",
            "display": f"Not in this bundle, but in the package itself: {', '.join(NOT_CARRIED)}.",
        },
    ]


def _source(source: Source) -> dict[str, Any]:
    return {
        "type": "citation",
        "label": source.key,
        "display": one_line(source.title),
        **({"url": source.url} if source.url else {}),
        **({"citation": f"Checked {source.checked_on}"} if source.checked_on else {}),
    }


def _evidence(voice: Voice, each: Evidence) -> dict[str, Any]:
    rests = rests_on(each)
    return {
        "type": "justification",
        "label": _EVIDENCE.get(each.kind, each.kind),
        **voice.say("display", each.says),
        **({"citation": "; ".join(rests)} if rests else {}),
    }


def _law(voice: Voice, law: Law) -> dict[str, Any]:
    """A point of law as a citation. R4 gives an artifact no days of its own, so they stand in its words."""
    names = {role.id: voice.text(role.name) for role in voice.package.process.roles}
    act = ", ".join(part for part in (law.act, law.section) if part)
    said = [act or "the act is not known", f"{law.force}: {', '.join(names[each] for each in law.of)}"]
    said.append(f"in force from {law.from_}" if law.from_ else "the first day in force is not known")
    said += [f"until {law.until}"] if law.until else []
    if law.limit:
        said.append(f"within {amount_words(law.limit)}" + (f" from {law.limit_from}" if law.limit_from else ""))
    return {
        "type": "citation",
        "label": law.id,
        **voice.say("display", law.says.worker),
        "citation": one_line("; ".join([*said, *rests_on(law)])),
    }


def _owners_form(voice: Voice, link: FormLink) -> dict[str, Any]:
    said = [voice.text(link.says)] if link.says else []
    said += [f"Licence: {link.licence}."] if link.licence else []
    return {
        "type": "documentation",
        "label": one_line(link.owner),
        **voice.say("display", link.title),
        **({"citation": one_line(" ".join(said))} if said else {}),
        "url": link.url,
    }


def form_paper(voice: Voice, form_id: str | None) -> list[dict[str, Any]]:
    """The form that a step uses: the package's own, or its owner's."""
    if form_id in voice.package.questionnaires:
        return [{"type": "depends-on", "resource": voice.versioned("Questionnaire", form_id)}]
    return [_owners_form(voice, each) for each in voice.package.form_links if each.id == form_id]


def guide_page(page: str | None) -> list[dict[str, Any]]:
    """The page of the guide that belongs here, by its name in the package."""
    return [{"type": "documentation", "label": page, "display": f"guide/{page}"}] if page else []


def cited(labels: Iterable[str]) -> list[dict[str, Any]]:
    """What is referred to here, by the labels under which it stands with the plan."""
    return [{"type": "citation", "label": each} for each in labels]
