import json

from django.db import migrations, models


def part_rows(apps, _editor):
    """Answers to a model's form that stand on everybody's form of the same content move to a row of the model's own."""
    Form, Response = (apps.get_model("instruments", name) for name in ("Form", "Response"))
    shared = Form.objects.exclude(origin="model").filter(organisation_id=None)
    for form in shared.filter(responses__engagement_id__isnull=False).distinct():
        of_models = Response.objects.filter(form=form, engagement_id__isnull=False)
        document, first = json.loads(form.document), of_models.order_by("started_at").first()
        own = Form.objects.create(
            origin="model",
            state="published",
            content_hash=form.content_hash,
            document=form.document,
            title=(document.get("title") or document.get("name") or document.get("id") or form.title)[:240],
            owner=document.get("publisher", "")[:240],
            licence=document.get("copyright", ""),
            source=document.get("url", "")[:500],
            languages=form.languages,
            added_at=first.started_at,
            published_at=first.started_at,
        )
        of_models.update(form=own)


class Migration(migrations.Migration):

    dependencies = [
        ('instruments', '0001_initial'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='form',
            name='form_version_kept_once',
        ),
        migrations.AddConstraint(
            model_name='form',
            constraint=models.UniqueConstraint(condition=models.Q(('organisation_id__isnull', False)), fields=('organisation_id', 'content_hash'), name='form_of_organisation_kept_once'),
        ),
        migrations.AddConstraint(
            model_name='form',
            constraint=models.UniqueConstraint(condition=models.Q(('organisation_id', None), models.Q(('origin', 'model'), _negated=True)), fields=('content_hash',), name='form_of_everybody_kept_once'),
        ),
        migrations.AddConstraint(
            model_name='form',
            constraint=models.UniqueConstraint(condition=models.Q(('origin', 'model')), fields=('content_hash',), name='form_of_model_kept_once'),
        ),
        migrations.RunPython(part_rows),
    ]
