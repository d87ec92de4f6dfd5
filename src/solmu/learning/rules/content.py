"""Has a module stayed the same from one version of a model to the next?"""

import hashlib
import json

from solmu.learning.rules.orientation import Part
from solmu.operating_models.package import Package
from solmu.operating_models.package.parts import Module

SOURCE_LANGUAGE = "fi"


def fingerprint(package: Package, module: Module) -> str:
    """SHA-256 over what a worker meets: kind, words, the guide's page, the link, the questions.

    Taken in the source language, so that a better translation asks nobody to begin again. Whether it is required and
    how many minutes it takes are not its content.
    """

    def say(key: str) -> str:
        return package.text(key, SOURCE_LANGUAGE)

    met = {
        "kind": module.way,
        "title": say(module.title),
        "text": say(module.text),
        "guide": module.guide and package.guide(module.guide, SOURCE_LANGUAGE),
        "link": module.link,
        "questions": [
            [say(each.text), say(each.explain), [[say(choice.text), choice.right] for choice in each.choices]]
            for each in module.questions
        ],
    }
    return hashlib.sha256(json.dumps(met, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def parts_of(package: Package) -> tuple[Part, ...]:
    """The modules of a version as the rules take them."""
    own = package.orientation
    return tuple(
        Part(each.id, each.required, fingerprint(package, each), each.id in own.update_adds) for each in own.modules
    )
