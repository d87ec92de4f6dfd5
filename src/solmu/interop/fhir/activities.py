"""Each kind of step in a version as an ActivityDefinition, and each figure that it follows as a Measure."""

from typing import Any

from solmu.interop.fhir.speaking import Voice, rests_on
from solmu.operating_models.package import parts

REQUESTS = {
    # kind of step: the request that it comes nearest to; what is none of these is a task
    "contact": "CommunicationRequest",
    "advice": "CommunicationRequest",
    "check_back": "CommunicationRequest",
    "follow_up": "CommunicationRequest",
    "meeting": "Appointment",
    "network_meeting": "Appointment",
    "referral": "ServiceRequest",
    "plan": "CarePlan",
}
_SUBJECT = "http://hl7.org/fhir/resource-types"
_SCORING = "http://terminology.hl7.org/CodeSystem/measure-scoring"
_IMPROVEMENT = "http://terminology.hl7.org/CodeSystem/measure-improvement-notation"
_SCORES = {"share": "proportion", "days": "continuous-variable", "count": "cohort"}
_BETTER = {"more": "increase", "less": "decrease"}


def activity_definitions(voice: Voice) -> list[dict[str, Any]]:
    """One for each kind of step, with the steps that are of it."""
    steps: dict[str, list[parts.Step]] = {}
    for phase in voice.package.process.phases:
        for step in phase.steps:
            steps.setdefault(step.kind, []).append(step)
    return [_activity(voice, kind, of_kind) for kind, of_kind in steps.items()]


def _activity(voice: Voice, kind: str, steps: list[parts.Step]) -> dict[str, Any]:
    subject = "Patient" if voice.package.entry.about == "person" else "Group"
    return {
        **voice.header("ActivityDefinition", kind),
        "title": f"{voice.text(voice.package.model.title)}: {kind.replace('_', ' ')}",
        "subjectCodeableConcept": {"coding": [{"system": _SUBJECT, "code": subject}]},
        "description": " ".join(voice.text(step.text) for step in steps),
        **voice.copyright,
        "kind": REQUESTS.get(kind, "Task"),
        "code": {"text": kind},
        "intent": "proposal",
    }


def measures(voice: Voice) -> list[dict[str, Any]]:
    """The figures, with what each counts and what it cannot show."""
    return [_measure(voice, each) for each in voice.package.measures]


def _measure(voice: Voice, measure: parts.Measure) -> dict[str, Any]:
    better = _BETTER.get(measure.direction)
    scoring = _SCORES.get(measure.unit)
    counted = f"counted: {measure.counted}; unit: {measure.unit}; gathered: {measure.gathered}"
    return {
        **voice.header("Measure", measure.id),
        **voice.say("title", measure.title),
        **voice.say("description", measure.definition),
        **voice.say("guidance", measure.cannot_show),
        **voice.copyright,
        **({"scoring": {"coding": [{"system": _SCORING, "code": scoring}]}} if scoring else {}),
        **({"improvementNotation": {"coding": [{"system": _IMPROVEMENT, "code": better}]}} if better else {}),
        "rateAggregation": "; ".join([counted, *rests_on(measure)]),
    }
