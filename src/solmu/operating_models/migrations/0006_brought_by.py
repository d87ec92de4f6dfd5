from django.db import migrations, models


def tell_bringers(apps, _editor):
    """Packages that a person installed were brought in by the organisation in which that person then worked."""
    InstalledModel = apps.get_model("operating_models", "InstalledModel")
    Membership = apps.get_model("organisations", "Membership")
    for model in InstalledModel.objects.filter(base=None, installed_by__isnull=False).only("installed_by", "installed_at"):
        day = model.installed_at.date()
        then = Membership.objects.filter(
            models.Q(ended_on=None) | models.Q(ended_on__gte=day), account_id=model.installed_by, started_on__lte=day
        )
        may = then.filter(role__in=["coordinator", "administrator"]).order_by("started_on", "id")
        model.brought_by = may.values_list("unit__organisation_id", flat=True).first()
        model.save(update_fields=["brought_by"])


class Migration(migrations.Migration):

    dependencies = [
        ('operating_models', '0005_families_words'),
        ('organisations', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='installedmodel',
            name='brought_by',
            field=models.UUIDField(null=True),
        ),
        migrations.RunPython(tell_bringers, migrations.RunPython.noop),
    ]
