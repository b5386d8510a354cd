"""Papers of others are issued; types that the register only records."""

from django.db import migrations

from documents.source.types import RECORDED
from units.text import sort_key


def add_recorded_types(apps, schema_editor):
    DocumentType = apps.get_model("documents", "DocumentType")
    for code, name, source in RECORDED:
        facts = {"name": name, "form": "recorded", "source": source, "sort_text": sort_key(name)}
        DocumentType.objects.get_or_create(code=code, defaults=facts)


def issue_papers_of_others(apps, schema_editor):
    apps.get_model("documents", "Document").objects.exclude(origin="ours").update(state="issued")


class Migration(migrations.Migration):
    dependencies = [("documents", "0004_register")]
    operations = [
        migrations.RunPython(add_recorded_types, migrations.RunPython.noop),
        migrations.RunPython(issue_papers_of_others, migrations.RunPython.noop),
    ]
