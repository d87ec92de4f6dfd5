"""The forms inside a package of an operating model: could each of them be shown?"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from solmu.instruments.questionnaire import FormRefused, take
from solmu.instruments.wording import NotAForm
from solmu.operating_models.package import Problem


def form_faults(questionnaires: Mapping[str, Mapping[str, Any]]) -> list[Problem]:
    """What is wrong with those that could not be shown to anybody, by their names in the package."""
    problems = []
    for name, document in questionnaires.items():
        try:
            take(document)
        except FormRefused as refused:
            said = str(NotAForm(refused.code, refused.place, refused.about))
            mend = _("Try the form by itself: import it, or run solmu form check.")
            problems.append(Problem(f"forms/{name}.json", None, "", said, mend))
    return problems
