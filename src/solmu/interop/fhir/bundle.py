"""A version of an operating model as one bundle of type `collection`."""

from typing import Any

from solmu.interop.fhir.activities import activity_definitions, measures
from solmu.interop.fhir.plan import plan_definition
from solmu.interop.fhir.speaking import Origin, Voice, identifier
from solmu.operating_models.package import Package


def model_bundle(package: Package, origin: Origin) -> dict[str, Any]:
    """The plan, its activities, its forms and its measures. The same version of the same installation is the same."""
    voice = Voice(package, origin)
    resources = [
        plan_definition(voice),
        *activity_definitions(voice),
        *(questionnaire(voice, name, form) for name, form in sorted(package.questionnaires.items())),
        *measures(voice),
    ]
    return {
        "resourceType": "Bundle",
        "id": identifier(package.slug, package.version),
        "identifier": {"system": "urn:ietf:rfc:3986", "value": f"urn:sha256:{package.content_hash}"},
        "type": "collection",
        "timestamp": origin.installed_at.isoformat(timespec="seconds"),
        "entry": [{"fullUrl": each["url"], "resource": each} for each in resources],
    }


def questionnaire(voice: Voice, name: str, form: dict[str, Any]) -> dict[str, Any]:
    """A form as its package has it, with the address, version and date of this installation's copy."""
    header = voice.header("Questionnaire", name)
    own = {field: value for field, value in form.items() if field not in ("id", "url", "version", "date")}
    kept = {"derivedFrom": [form["url"]]} if form.get("url") and "derivedFrom" not in own else {}
    return {**header, **own, **kept}
