"""Sort the fields of work as Vietnamese does, on every database alike."""

from django.db import migrations, models

from units.text import sort_key


def fill(apps, schema_editor):
    """Compute the key for the sectors that are there."""
    for sector in apps.get_model("units", "Sector").objects.all():
        sector.sort_text = sort_key(sector.name)
        sector.save(update_fields=["sort_text"])


class Migration(migrations.Migration):
    dependencies = [("units", "0001_initial")]
    operations = [
        migrations.AddField("sector", "sort_text", models.TextField(default="", editable=False)),
        migrations.AlterModelOptions(
            "sector",
            options={"ordering": ["sort_text"], "verbose_name": "lĩnh vực", "verbose_name_plural": "lĩnh vực"},
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
