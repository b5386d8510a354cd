"""One way to be found by words for units, their changes and officials: as ``units.text.searchable`` stores them."""

from django.db import migrations, models

from units.text import searchable

WORDS = {"Unit": ["name", "short_name", "code"], "UnitChange": ["citation", "note"], "Official": ["name"]}


def store_words(apps, schema_editor):
    """As each model's ``save`` does."""
    for name, fields in WORDS.items():
        rows = apps.get_model("units", name).objects
        for row in rows.all():
            rows.filter(pk=row.pk).update(search_text=searchable(*(getattr(row, field) for field in fields)))


class Migration(migrations.Migration):
    dependencies = [("units", "0003_unit_email")]
    operations = [
        migrations.AddField(
            "unitchange", "search_text", models.TextField(default="", editable=False), preserve_default=False
        ),
        migrations.RunPython(store_words, migrations.RunPython.noop),
    ]
