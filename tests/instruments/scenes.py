"""Forms that are kept and offered, for tests of pages and actions."""

from uuid import uuid4

from solmu.access import gate
from solmu.access.deeds import Deed
from solmu.instruments.actions import add_form, begin_response, publish_form
from solmu.instruments.actions.answers import Whose
from solmu.instruments.models import Form, Response
from solmu.instruments.queries import offer
from solmu.instruments.questionnaire import take
from tests.cast import Cast
from tests.instruments.forms import choices, document, group, item

EVERYDAY = document(
    item("kids", "boolean", text="Are there children at home?", required=True),
    group(
        "child",
        item("name", text="What is the child called?", required=True),
        item(
            "age",
            "integer",
            text="How old?",
            extension=[
                {"url": "http://hl7.org/fhir/StructureDefinition/minValue", "valueInteger": 0},
                {"url": "http://hl7.org/fhir/StructureDefinition/maxValue", "valueInteger": 25},
            ],
        ),
        text="A child",
        repeats=True,
        when=("kids", "=", "answerBoolean", True),
    ),
    item("helps", "open-choice", text="What helps?", repeats=True, answerOption=choices("walking", "sleep", "friends")),
    item("how", "choice", text="How are the evenings?", answerOption=choices("calm", "busy")),
    item("since", "date", text="Since when?"),
    item(
        "sleep",
        "quantity",
        text="How much sleep?",
        extension=[
            {
                "url": "http://hl7.org/fhir/StructureDefinition/questionnaire-unitOption",
                "valueCoding": {"system": "http://unitsofmeasure.org", "code": "h", "display": "hours"},
            }
        ],
    ),
    item("words", "text", text="In own words", maxLength=40),
    title="Everyday life",
    url="https://example.org/Questionnaire/everyday",
    version="1",
)


def keep(cast: Cast, raw: dict = EVERYDAY, *, published: bool = True) -> Form:
    """A form of Aino's organisation, offered unless it is said otherwise."""
    form = add_form(cast.kaisa, taken=take(raw), origin=Form.Origin.FHIR)
    if published:
        told = {"title": form.title, "owner": "Rantasäätiö", "licence": "CC BY 4.0", "source": "own"}
        form = publish_form(cast.kaisa, form_id=form.id, version=form.version, **told)
    return form


def begin(cast: Cast, family_id, form: Form, **more) -> Response:
    """Aino begins to answer a form with the family."""
    access = gate.require(cast.aino, Deed.READ_ANSWERS, family_id)
    return begin_response(cast.aino, family_id=family_id, offer=offer(access, [], form.id), **more)


def sent(response: Response, do: str, **fields) -> dict:
    """What a page of the form sends; every field counts as having been shown unless `shown` is given."""
    shown = " ".join(f"f{number}{path}" for number in range(40) for path in ("", "-0", "-1"))
    return {"once": str(uuid4()), "version": response.version, "do": do, "shown": shown} | fields


__all__ = ["EVERYDAY", "Whose", "begin", "keep", "sent"]
