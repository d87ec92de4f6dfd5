"""A version as a PlanDefinition: phases are actions, steps actions inside them, criteria conditions in words."""

from typing import Any

from solmu.interop.fhir.speaking import Voice, one_line
from solmu.operating_models.indexing import AGES, ages_of
from solmu.operating_models.package.parts import Clock, Phase, SeparateMeeting, Series, Step
from solmu.operating_models.rules import Criterion, SettingRef, SpanOf

_TYPE = "http://terminology.hl7.org/CodeSystem/plan-definition-type"
_USAGE = "http://terminology.hl7.org/CodeSystem/usage-context-type"
_RESOURCES = "http://hl7.org/fhir/resource-types"
_ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
_YEARS = {"system": "http://unitsofmeasure.org", "code": "a", "unit": "a"}
_PARTICIPANTS = {"client": "patient", "family": "related-person", "young_person": "related-person"}
_PARTICIPANTS |= {"close_person": "related-person"}
_EVIDENCE = {
    "reported_by_developers": "reported by the developers",
    "independent_evaluation": "independent evaluation",
    "expert_jury": "expert jury",
}


def plan_definition(voice: Voice) -> dict[str, Any]:
    """The whole version as one plan; what a machine cannot judge is said in words and marked so."""
    package, own = voice.package, voice.package.model
    wished = dict(own.headings).get("wished_change")
    subject = "Patient" if package.entry.about == "person" else "Group"
    return {
        **voice.header("PlanDefinition"),
        **voice.say("title", own.title),
        "type": {"coding": [{"system": _TYPE, "code": "workflow-definition"}]},
        "subjectCodeableConcept": {"coding": [{"system": _RESOURCES, "code": subject}]},
        **voice.say("description", own.summary),
        **voice.say("purpose", dict(own.headings).get("needs")),
        **voice.say("usage", dict(own.headings).get("conditions")),
        **voice.copyright,
        **voice.authors,
        "jurisdiction": [{"coding": [{"system": "urn:iso:std:iso:3166", "code": "FI"}]}],
        "useContext": _use_context(voice),
        "relatedArtifact": related(voice),
        **({"goal": [{"id": "wished-change", "description": voice.concept(wished)}]} if wished else {}),
        "action": [_entry(voice), *(_phase(voice, phase, bool(wished)) for phase in package.process.phases)],
    }


def related(voice: Voice) -> list[dict[str, Any]]:
    """Sources, evidence, and forms that are had from their owner."""
    own = voice.package.model
    found: list[dict[str, Any]] = [
        {
            "type": "citation",
            "label": source.key,
            "display": one_line(source.title),
            **({"url": source.url} if source.url else {}),
            **({"citation": f"Checked {source.checked_on}"} if source.checked_on else {}),
        }
        for source in own.sources
    ]
    found += [
        {"type": "justification", "label": _EVIDENCE.get(each.kind, each.kind), **voice.say("display", each.says)}
        for each in own.evidence
    ]
    found += [
        {"type": "documentation", "label": one_line(each.owner), **voice.say("display", each.title), "url": each.url}
        for each in voice.package.form_links
    ]
    forms = voice.package.questionnaires
    found += [{"type": "composed-of", "resource": voice.versioned("Questionnaire", name)} for name in sorted(forms)]
    return found


def _use_context(voice: Voice) -> list[dict[str, Any]]:
    target = dict(voice.package.model.headings).get("target_group") or voice.package.model.summary
    context = [{"code": {"system": _USAGE, "code": "focus"}, "valueCodeableConcept": voice.concept(target)}]
    ages = [AGES[code] for code in ages_of(voice.package)]
    if ages:
        least, most = min(low for low, _high in ages), max(high for _low, high in ages)
        span = {"low": {**_YEARS, "value": least}, "high": {**_YEARS, "value": most}}
        context.append({"code": {"system": _USAGE, "code": "age"}, "valueRange": span})
    return context


def _entry(voice: Voice) -> dict[str, Any]:
    """Who the model is for; the action has no other content than its conditions."""
    offer = voice.package.entry.offered_when
    return {
        "id": "entry",
        "prefix": "0",
        "title": "Entry",
        **(voice.say("description", offer.says.worker) if offer else {}),
        "condition": [_condition(voice, each) for each in voice.package.entry.criteria],
    }


def _condition(voice: Voice, criterion: Criterion) -> dict[str, Any]:
    """The worker's sentence, for a person: R4 knows no language for plain words, so the language is absent, as text."""
    said = [f"Not computable; {criterion.strength.value.replace('_', ' ')}"]
    if criterion.path:
        said.append(f"on the way in {criterion.path}")
    said += [f"mark {criterion.mark}"] if criterion.mark else []
    said += [f"source {', '.join(criterion.source)}"] if criterion.source else []
    return {
        "id": criterion.id,
        "kind": "applicability",
        "expression": {
            "description": "; ".join(said),
            "_language": {"extension": [{"url": _ABSENT, "valueCode": "as-text"}]},
            "expression": voice.text(criterion.says.worker),
        },
    }


def _phase(voice: Voice, phase: Phase, has_goal: bool) -> dict[str, Any]:
    inside = [_step(voice, step) for step in phase.steps]
    inside += [_separate(voice, phase, each) for each in phase.also]
    return {
        "id": phase.id,
        **voice.say("title", phase.title),
        **({"textEquivalent": _series(voice, phase.series)} if phase.series else {}),
        **({"goalId": ["wished-change"]} if has_goal else {}),
        "groupingBehavior": "logical-group",
        "selectionBehavior": "any" if phase.path else "all",
        **({"cardinalityBehavior": "multiple"} if phase.series else {}),
        **({"action": inside} if inside else {}),
    }


def _step(voice: Voice, step: Step) -> dict[str, Any]:
    papers = [{"type": "documentation", "label": step.guide, "display": f"guide/{step.guide}"}] if step.guide else []
    if step.form in voice.package.questionnaires:
        papers.append({"type": "depends-on", "resource": voice.versioned("Questionnaire", step.form)})
    papers += [{"type": "citation", "label": key} for key in step.source]
    people = [_participant(voice, name) for name in step.who]
    said = [one_line(_clock(step.clock))] if step.clock else []
    said += [f"mark {step.mark}"] if step.mark else []
    return {
        "id": step.id,
        **voice.say("description", step.text),
        **({"textEquivalent": "; ".join(said)} if said else {}),
        "code": [{"text": step.kind}],
        **({"documentation": papers} if papers else {}),
        **({"participant": people} if people else {}),
        "requiredBehavior": "could" if step.optional else "must-unless-documented",
        "definitionCanonical": voice.versioned("ActivityDefinition", step.kind),
    }


def _separate(voice: Voice, phase: Phase, meeting: SeparateMeeting) -> dict[str, Any]:
    return {
        "id": f"{phase.id}-with-{meeting.with_}",
        **(voice.say("description", meeting.says) or {"description": f"Meetings with {meeting.with_} alone"}),
        "requiredBehavior": "could",
    }


def _participant(voice: Voice, name: str) -> dict[str, Any]:
    role = next(each for each in voice.package.process.roles if each.id == name)
    return {"type": _PARTICIPANTS.get(role.kind, "practitioner"), "role": voice.concept(role.name)}


def _series(voice: Voice, series: Series) -> str:
    """How many meetings, how often and where, in words: FHIR has no place for a span of meetings."""
    parts = {
        "at least": series.min,
        "at most": series.max,
        "place": series.place,
        "length": series.length,
        "typical gap": series.typical_gap,
        "minutes": series.meeting_minutes,
    }
    told = [f"{name} {_amount(value)}" for name, value in parts.items() if value is not None]
    said = [voice.text(series.says)] if series.says else []
    return one_line(" ".join([*said, f"({'; '.join(told)})" if told else ""]))


def _clock(clock: Clock) -> str:
    days = "as agreed" if clock.working_days is None else f"{_amount(clock.working_days)} working days"
    return f"{days} from {clock.from_.replace('_', ' ')}"


def _amount(value: Any) -> str:
    if isinstance(value, SettingRef):
        return f"as the setting {value.id} says"
    if isinstance(value, SpanOf):
        return f"{_amount(value.amount)} {value.unit}"
    return str(value)
