"""Answers as a FHIR R4 QuestionnaireResponse: structured as the form is, pinned to its very version."""

from typing import Any

from solmu.instruments.documents import parsed
from solmu.instruments.models import Response
from solmu.instruments.queries import ResponseView
from solmu.instruments.rules.response import from_items, to_items

_STATES = {
    Response.State.IN_PROGRESS: "in-progress",
    Response.State.COMPLETED: "completed",
    Response.State.AMENDED: "amended",
}
CONTENT_HASH = "urn:solmu:form-content-hash"


def questionnaire_response(view: ResponseView) -> dict[str, Any]:
    """The resource. People are named by their identifiers alone: who reads it knows them, or has no need to."""
    form = view.form
    resource: dict[str, Any] = {
        "resourceType": "QuestionnaireResponse",
        "id": str(view.row.id),
        "extension": [{"url": CONTENT_HASH, "valueString": view.content_hash}],
        "identifier": {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{view.row.id}"},
        "questionnaire": _canonical(view),
        "status": _STATES[Response.State(view.row.state)],
        "subject": _reference("Patient", view.person_id) if view.person_id else _reference("Group", view.family_id),
        "authored": view.row.saved_at.replace(microsecond=0).isoformat(),
        "author": {"type": "Practitioner", "display": view.row.saver_name},
    }
    if view.language:
        resource["language"] = view.language
    if view.view_of_id:
        resource["source"] = _reference("Patient", view.view_of_id)
    elif view.view_of_worker:
        resource["source"] = resource["author"]
    items = to_items(form, from_items(form, view.answers), with_text=True)
    return resource | ({"item": items} if items else {})


def _reference(kind: str, id_) -> dict[str, str]:
    return {"type": kind, "reference": f"urn:uuid:{id_}"}


def _canonical(view: ResponseView) -> str:
    """The form's own address and version; a form that has none is named by its content."""
    document = parsed(view.document)
    if document.get("url"):
        return "|".join(filter(None, (document["url"], document.get("version"))))
    return f"urn:solmu:form:{view.content_hash}"
