"""Reads of the directory; nothing here concerns a family."""

from solmu.directory.models import ContactPoint


def help_at_once() -> list[ContactPoint]:
    """Where help is had at any hour, by name. A number that nobody has recorded yet is empty, never guessed."""
    return list(ContactPoint.objects.filter(kind=ContactPoint.Kind.CRISIS, is_active=True).order_by("name"))
