"""A version as a PlanDefinition: phases are actions, steps actions inside them, criteria conditions in words."""

from typing import Any

from solmu.interop.fhir.related import cited, form_paper, guide_page, related
from solmu.interop.fhir.speaking import Voice, amount_words, one_line, rests_on
from solmu.operating_models.indexing import AGES, ages_of
from solmu.operating_models.package.parts import Clock, FollowUp, Phase, SeparateMeeting, Series, Step, Theme
from solmu.operating_models.rules import Criterion

_TYPE = "http://terminology.hl7.org/CodeSystem/plan-definition-type"
_USAGE = "http://terminology.hl7.org/CodeSystem/usage-context-type"
_RESOURCES = "http://hl7.org/fhir/resource-types"
_ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
_YEARS = {"system": "http://unitsofmeasure.org", "code": "a", "unit": "a"}
_PARTICIPANTS = {"client": "patient", "family": "related-person", "young_person": "related-person"}
_PARTICIPANTS |= {"close_person": "related-person"}


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
        "action": [
            _entry(voice),
            *(_phase(voice, phase, bool(wished)) for phase in package.process.phases),
            *(_follow_up(voice, each) for each in package.process.follow_ups),
        ],
    }


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
    inside += [_theme(voice, phase, each) for each in _themes(voice, phase)]
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
    papers = [*guide_page(step.guide), *form_paper(voice, step.form), *cited((*step.law, *step.source))]
    people = [_participant(voice, name) for name in step.who]
    said = [f"on the way in {step.path}"] if step.path else []
    said += [one_line(_clock(step.clock))] if step.clock else []
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


def _themes(voice: Voice, phase: Phase) -> list[Theme]:
    """The themes that a phase's meetings go through, in its own order."""
    by_id = {each.id: each for each in voice.package.process.themes}
    return [by_id[name] for name in (phase.series.themes if phase.series else ())]


def _theme(voice: Voice, phase: Phase, theme: Theme) -> dict[str, Any]:
    papers = [*guide_page(theme.guide), *cited(theme.source)]
    said = [f"with {theme.with_}", *(["the order is certain"] if theme.order_certain else [])]
    said += [f"mark {theme.mark}"] if theme.mark else []
    return {
        "id": f"{phase.id}-theme-{theme.id}",
        **voice.say("title", theme.title),
        **voice.say("description", theme.says),
        "textEquivalent": "; ".join(said),
        **({"documentation": papers} if papers else {}),
        "requiredBehavior": "could",
    }


def _separate(voice: Voice, phase: Phase, meeting: SeparateMeeting) -> dict[str, Any]:
    said = [meeting.strength.replace("_", " "), *([f"when {meeting.when}"] if meeting.when else [])]
    return {
        "id": f"{phase.id}-with-{meeting.with_}",
        **(voice.say("description", meeting.says) or {"description": f"Meetings with {meeting.with_} alone"}),
        "textEquivalent": "; ".join([*said, *rests_on(meeting)]),
        "requiredBehavior": "could",
    }


def _follow_up(voice: Voice, each: FollowUp) -> dict[str, Any]:
    """What is asked after the work has ended, and when."""
    when = "as agreed" if each.after is None else f"{amount_words(each.after)} from {each.from_.replace('_', ' ')}"
    return {
        "id": f"follow-up-{each.id}",
        **voice.say("description", each.text),
        "textEquivalent": "; ".join([when, *rests_on(each)]),
        "code": [{"text": "follow_up"}],
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
    told = [f"{name} {amount_words(value)}" for name, value in parts.items() if value is not None]
    said = [voice.text(series.says)] if series.says else []
    return one_line(" ".join([*said, f"({'; '.join(told)})" if told else ""]))


def _clock(clock: Clock) -> str:
    days = "as agreed" if clock.working_days is None else f"{amount_words(clock.working_days)} working days"
    return f"{days} from {clock.from_.replace('_', ' ')}"
