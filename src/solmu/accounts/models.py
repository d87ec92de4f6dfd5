"""Accounts of named persons. An account alone opens nothing: rights come from memberships and grants."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from solmu.kernel.models import Identified


class Accounts(BaseUserManager):
    """Makes accounts; there is no superuser, because nobody has a shortcut past the gate."""

    def create_user(self, email: str, password: str | None = None, **fields):
        account = self.model(email=self.normalize_email(email), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, email: str):
        return self.get(email__iexact=email)


class Account(AbstractBaseUser, Identified):
    """Somebody who can sign in."""

    class Theme(models.TextChoices):
        DEVICE = "device", _("As on my device")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(_("language"), max_length=8, default="fi")
    theme = models.CharField(_("appearance"), max_length=8, choices=Theme, default=Theme.DEVICE)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    reminded_on = models.DateField(null=True, editable=False)  # the last day of a mail that something waits

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = Accounts()

    class Meta:
        constraints = [models.UniqueConstraint(models.functions.Lower("email"), name="account_email_once")]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    @property
    def initials(self) -> str:
        """Up to two letters for the face in the menu."""
        return "".join(part[0] for part in self.name.split()[:2]).upper()
