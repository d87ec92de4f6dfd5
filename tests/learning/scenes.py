"""An invented model with a module of each kind, in use where Aino works; and its next version."""

import json
from hashlib import sha256
from pathlib import Path

from solmu.access.actor import Actor, system
from solmu.learning.actions.modules import answer_check, mark_done
from solmu.learning.actions.signing import ask_sign_off, sign
from solmu.operating_models.actions import adopt, install_package
from solmu.operating_models.models import InstalledModel
from solmu.operating_models.package import Package, load_package
from tests.cast import MONDAY, Cast
from tests.operating_models.catalogue import CATALOGUE
from tests.operating_models.example import write_package

MODULES = """\
modules:
  - {id: read-idea, title: idea, text: title, required: true, guide: idea}
  - {id: watch-film, title: film, text: title, required: false, link: "https://example.org/film"}
  - {id: practice-walk, kind: practice, title: practice, text: title, required: true}
  - {id: shadow-walk, kind: shadow, title: shadow, text: title, required: true}
  - id: check-idea
    kind: check
    title: check
    text: title
    required: true
    questions:
      - id: who
        text: who
        explain: explained
        choices: [{id: all, text: everybody, right: true}, {id: none, text: nobody}]
      - id: when
        text: when
        explain: explained
        choices: [{id: dusk, text: dusk, right: true}, {id: rain, text: rain, right: true}, {id: never, text: nobody}]
valid_for: {years: 1}
"""
TEXTS = """\
title: Iltakävelyt
idea: Mallin ajatus
film: Elokuva
practice: Harjoittele
shadow: Kollegan rinnalla
check: Tarkista
who: Kuka saa tulla mukaan?
when: Milloin kävellään?
everybody: Kaikki
nobody: Ei kukaan
dusk: Hämärässä
rain: Sateella
explained: Kaikki saavat tulla, hämärässä ja sateella.
"""
RIGHT = {"who": frozenset({"all"}), "when": frozenset({"dusk", "rain"})}


def a_package(folder: Path, *, modules: str = MODULES) -> Package:
    """The invented model's package."""
    files = {"orientation.yaml": modules, "texts/fi.yaml": TEXTS, "guide/fi/idea.md": "# Ajatus\n\nKävellään."}
    return load_package(write_package(folder, **files), CATALOGUE)


def next_version(package: Package, version: str = "2", **changes) -> Package:
    """The same package under another version: `model`, `guide`, `texts` and `orientation` as changed."""
    whole = json.loads(package.to_json())
    whole["model"] |= {"version": version, **changes.get("model", {})}
    whole["guide"]["fi"] |= changes.get("guide", {})
    whole["texts"]["fi"] |= changes.get("texts", {})
    whole["orientation"] |= changes.get("orientation", {})
    whole["content_hash"] = sha256(json.dumps(whole).encode()).hexdigest()
    return Package.from_json(whole)


def in_use_by(cast: Cast, package: Package) -> InstalledModel:
    """Installed, and taken into use by Aino's organisation."""
    model = install_package(system(MONDAY), package)
    adopt(cast.kaisa, model_id=model.id)
    return model


def go_through(actor: Actor, model: InstalledModel, *, signer: Actor, but: tuple[str, ...] = ()) -> None:
    """The actor goes through every module except `but`, and `signer` signs."""
    of = {"model_id": model.id}
    for module_id in {"read-idea", "practice-walk"} - {*but}:
        mark_done(actor, module_id=module_id, **of)
    if "check-idea" not in but:
        answer_check(actor, module_id="check-idea", answers=RIGHT, **of)
    if "shadow-walk" not in but:
        row = ask_sign_off(actor, module_id="shadow-walk", asked_of_id=signer.account_id, **of)
        sign(signer, sign_off_id=row.id, version=row.version, met_on=actor.today)
