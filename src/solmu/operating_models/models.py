"""Installed versions of operating models, and which organisation has taken which into use."""

from django.db import models

from solmu.kernel.models import Identified, Versioned


class InstalledModel(Identified):
    """One version of a package, whole and unchangeable: `content` is the package as one document."""

    slug = models.CharField(max_length=80)
    model_version = models.CharField(max_length=40)
    content_hash = models.CharField(max_length=64)
    content = models.JSONField()
    installed_at = models.DateTimeField()
    installed_by = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["slug", "model_version"], name="model_version_installed_once")]


class Adoption(Versioned):
    """An organisation has a version in use, with its own values for the package's settings."""

    organisation_id = models.UUIDField()
    model = models.ForeignKey(InstalledModel, models.PROTECT, related_name="adoptions")
    settings = models.JSONField(default=dict)
    adopted_at = models.DateTimeField()
    adopted_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "model"],
                condition=models.Q(ended_at=None),
                name="version_in_use_once",
            )
        ]
