"""What Solmu says no with. Each has one sentence that a worker understands and that says how to mend it."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """An action or query that was not carried out; `str()` is the sentence shown to the person."""

    message = _("This could not be done.")

    def __init__(self, message=None):
        super().__init__(message or self.message)
        self.message = message or self.message

    def __str__(self) -> str:
        return str(self.message)


class InvalidInput(Refused):
    """Something typed is wrong; `errors` maps the field's name ('' for the whole form) to its sentence."""

    message = _("Something in the form needs mending.")

    def __init__(self, errors: Mapping[str, object]):
        self.errors = dict(errors)
        super().__init__(next(iter(self.errors.values()), None))


class Conflict(Refused):
    """Somebody else saved the same thing first; `current` is the row as it now stands."""

    message = _("Somebody else saved this while you were writing. Both versions are shown: choose what to keep.")

    def __init__(self, current):
        self.current = current
        super().__init__()


class NotNow(Refused):
    """The thing is in a state in which this deed has no place."""

    message = _("This is no longer possible, because the matter has moved on. Look at its present state.")
