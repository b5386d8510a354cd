"""The same paper is found however its number and symbol are written."""

from django.db import migrations, models

from documents.source.references import reference_key


def store_keys(apps, schema_editor):
    """As Document.save() does; one update a paper that has a number, once."""
    Document = apps.get_model("documents", "Document")
    for pk, reference in Document.objects.exclude(reference="").values_list("pk", "reference").iterator(chunk_size=500):
        Document.objects.filter(pk=pk).update(reference_key=reference_key(reference)[:60])


class Migration(migrations.Migration):
    dependencies = [("documents", "0014_sending")]
    operations = [
        migrations.AddField(
            model_name="document",
            name="reference_key",
            field=models.CharField(blank=True, db_index=True, default="", editable=False, max_length=60),
            preserve_default=False,
        ),
        migrations.RunPython(store_keys, migrations.RunPython.noop),
    ]
