from django.db import migrations

from solmu.accesslog.guard import INSTALL, REMOVE, run


def install(apps, schema_editor):
    run(schema_editor.connection, INSTALL)


def remove(apps, schema_editor):
    run(schema_editor.connection, REMOVE)


class Migration(migrations.Migration):
    dependencies = [("accesslog", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
