"""The organisations' own forms: one in use, one imported and not yet published; and what families answer."""

import random
from datetime import datetime, timedelta
from typing import Any

from solmu.demo.journey import days_back
from solmu.demo.office import Office
from solmu.instruments.actions import add_form, publish_form
from solmu.instruments.models import Form
from solmu.instruments.questionnaire import take

WEEK, STRENGTHS = "Tavallinen viikko", "Mikä kantaa"
STARTING, FEEDBACK = "Alkukartoitus", "Miltä tapaamiset tuntuivat?"
_SYSTEM = "https://rantakivi.example/vastaukset"
_CALCULATED = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression"


def _item(link_id: str, kind: str, text: str, **more: Any) -> dict[str, Any]:
    return {"linkId": link_id, "type": kind, "text": text, **more}


def _choices(**words: str) -> list[dict]:
    return [
        {"valueCoding": {"system": _SYSTEM, "code": code.replace("_", "-"), "display": word}}
        for code, word in words.items()
    ]


def _form(name: str, title: str, *items: dict) -> dict[str, Any]:
    url = f"https://rantakivi.example/lomakkeet/{name}"
    head = {"resourceType": "Questionnaire", "status": "active", "language": "fi"}
    return {**head, "url": url, "version": "1", "title": title, "item": list(items)}


_WEEK = _form(
    "tavallinen-viikko",
    WEEK,
    _item(
        "mornings",
        "choice",
        "Millaisia aamut ovat?",
        required=True,
        answerOption=_choices(calm="enimmäkseen rauhallisia", varied="vaihtelevia", hard="usein vaikeita"),
    ),
    _item(
        "mornings-words",
        "text",
        "Mikä aamuissa on vaikeaa?",
        enableWhen=[{"question": "mornings", "operator": "=", "answerCoding": {"system": _SYSTEM, "code": "hard"}}],
    ),
    _item("dinners", "integer", "Kuinka monena iltana syötte yhdessä?"),
    _item(
        "rest",
        "open-choice",
        "Mikä auttaa teitä lepäämään?",
        repeats=True,
        answerOption=_choices(outdoors="ulkoilu", own_time="oma aika", relatives="läheiset", sleep="uni"),
    ),
    _item("good", "text", "Mikä viikossa on parasta?"),
    _item("since", "date", "Mistä lähtien arki on ollut tällaista?"),
)
_STRENGTHS = _form(
    "mika-kantaa",
    STRENGTHS,
    _item("friend", "integer", "Kuinka monelle voit soittaa, kun on vaikeaa?"),
    _item("home", "integer", "Kuinka monessa paikassa tunnet olevasi kotona?"),
    _item("words", "text", "Mikä muu kantaa?"),
    _item("picture", "attachment", "Piirrä tai valokuvaa se"),
    _item(
        "total",
        "integer",
        "Yhteensä",
        extension=[
            {
                "url": _CALCULATED,
                "valueExpression": {"language": "text/fhirpath", "expression": "%resource.item.answer.value.sum()"},
            }
        ],
    ),
)


def keep_forms(office: Office, now: datetime) -> None:
    """Both coordinators offer the same form; the foundation's has imported another lately."""
    for key, days in (("heli", 140), ("riikka", 120)):
        at = days_back(now, days)
        form = add_form(office.actor(key, at), taken=take(_WEEK), origin=Form.Origin.FHIR)
        told = {"title": WEEK, "owner": "Rantakivi-säätiö", "licence": "CC BY 4.0", "source": form.source}
        publish_form(office.actor(key, at + timedelta(hours=2)), form_id=form.id, version=form.version, **told)
    add_form(office.actor("heli", days_back(now, 2)), taken=take(_STRENGTHS), origin=Form.Origin.FHIR)


_WEEKS: tuple[dict[str, Any], ...] = (
    {
        "mornings": "hard",
        "mornings-words": "Kukaan ei ehdi syödä, ja riitelemme ovella.",
        "dinners": 2,
        "rest": ["relatives", "saunominen"],
        "good": "Lauantain pannukakut.",
    },
    {
        "mornings": "hard",
        "mornings-words": "Nukun huonosti enkä jaksa herättää lapsia.",
        "dinners": 4,
        "rest": ["sleep"],
        "good": "Kun lapset nauravat.",
    },
    {"mornings": "varied", "dinners": 3, "rest": ["outdoors"], "good": "Perjantai-ilta, kun kaikki ovat kotona."},
)
_LATER: tuple[dict[str, Any], ...] = (
    {"mornings": "varied", "dinners": 4, "rest": ["outdoors", "sleep"], "good": "Pannukakut ja uimahalli."},
    {"mornings": "calm", "dinners": 5, "rest": ["own-time", "relatives"], "good": "Ehdimme jutella."},
)


def week_of(chance: random.Random, *, later: bool = False) -> dict[str, Any]:
    """What a family answers of its week; later on it is easier."""
    return chance.choice(_LATER if later else _WEEKS)


THEIR_START = {
    "basics-checked": ["people", "languages"],
    "far-away": "Isovanhemmat, joille soitetaan sunnuntaisin.",
    "interpreter-needed": True,
    "interpreter-mode": "on_site",
    "interpreter-wish": ["same"],
    "ordinary-day": "Aamulla juodaan teetä yhdessä. Sitten odotetaan kirjeitä. Iltaisin kaikki ovat omissa oloissaan.",
    "good-moment": "Kun leivotaan yhdessä.",
    "view-who": "Äiti",
    "view-works": "Syömme aina yhdessä.",
    "view-wishes": "Että puhuisimme taas samaa kieltä.",
    "safety-asked": "alone",
    "goal": ["Oppia toisemme uudelleen", "Saada arkeen rytmi"],
    "read-aloud": True,
}
THEIR_FEEDBACK = {"who": "together", "heard": "yes", "interpreter": True, "interpreter-clear": "mostly"}
