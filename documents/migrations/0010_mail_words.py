"""Mails are found by words as papers are: as ``units.text.searchable`` stores them."""

from django.db import migrations

from units.text import searchable


def store_words(apps, schema_editor):
    """As ``Mail.save`` does."""
    rows = apps.get_model("documents", "Mail").objects
    for mail in rows.only("to", "subject"):
        rows.filter(pk=mail.pk).update(search_text=searchable(mail.to, mail.subject))


class Migration(migrations.Migration):
    dependencies = [("documents", "0009_withdrawn_uploads")]
    operations = [migrations.RunPython(store_words, migrations.RunPython.noop)]
