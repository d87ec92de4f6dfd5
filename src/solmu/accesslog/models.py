"""The ledger: who used whose record, which part of it, on what ground and when. It only ever grows."""

from django.db import models


class Entry(models.Model):
    """One use of one record, or one refused attempt; chained to the entry before it by a keyed hash."""

    class Outcome(models.TextChoices):
        ALLOWED = "allowed"
        OUT_OF_SCOPE = "out_of_scope"  # answered as if the record did not exist
        NOT_PERMITTED = "not_permitted"  # the record may be known, this deed not done

    sequence = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    account_id = models.UUIDField(null=True)
    account_name = models.CharField(max_length=120, blank=True)
    unit_id = models.UUIDField(null=True)
    record_id = models.UUIDField(null=True)
    deed = models.CharField(max_length=40)
    writes = models.BooleanField(default=False)
    classes = models.CharField(max_length=200, blank=True)  # codes of information classes, joined by commas
    outcome = models.CharField(max_length=16, choices=Outcome)
    basis = models.CharField(max_length=20, blank=True)
    basis_id = models.UUIDField(null=True)
    purpose = models.CharField(max_length=80, blank=True)
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["record_id", "-sequence"], name="entry_of_record"),
            models.Index(fields=["account_id", "-sequence"], name="entry_of_account"),
            models.Index(fields=["basis", "-sequence"], name="entry_on_basis"),
            models.Index(fields=["at"], name="entry_at"),
        ]


class Head(models.Model):
    """The end of the chain, in a single row, so that a cut-off tail is seen and writers take turns."""

    sequence = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)
