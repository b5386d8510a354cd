"""Fill the table of document types with those of the decree and those that the office adds."""

from django.db import migrations

from documents.source.types import BUILT_IN, SOURCES
from units.text import sort_key


def add_types(apps, schema_editor):
    DocumentType = apps.get_model("documents", "DocumentType")
    for facts in BUILT_IN.values():
        DocumentType.objects.get_or_create(
            code=facts.code,
            defaults={
                "name": facts.name,
                "form": facts.form,
                "source": SOURCES[facts.code],
                "sort_text": sort_key(facts.name),
            },
        )


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_initial")]
    operations = [migrations.RunPython(add_types, migrations.RunPython.noop)]
