"""Finds what an action is about, or says that it is no longer there."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from solmu.kernel.errors import NotNow
from solmu.learning.queries.standings import InUse, one_in_use
from solmu.operating_models.package.parts import Module


def model_in_use(organisation_id: UUID | None, model_id: UUID) -> InUse:
    """The model with its orientation; refused when it is not in use."""
    found = one_in_use(organisation_id, model_id)
    if found is None:
        raise NotNow(_("This version of the model is no longer in use. Look at your orientation anew."))
    return found


def module_in_use(organisation_id: UUID | None, model_id: UUID, module_id: str, *kinds: str) -> tuple[InUse, Module]:
    """One module of a model in use, of one of these kinds."""
    own = model_in_use(organisation_id, model_id)
    module = own.module(module_id)
    if module is None or module.way not in kinds:
        raise NotNow
    return own, module
