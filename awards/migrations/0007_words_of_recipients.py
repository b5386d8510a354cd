"""Recipients are found by what their units were called, and doubles by their names: words stored, and an index that serves them."""

from django.db import migrations

from awards.recipients.names import given_of, name_key
from awards.recipients.unit_words import UnitWords
from units.text import name_sort_key, searchable, sort_key

FIELDS = ["kind", "name", "head", "staff_code", "unit_id"]


def store_words(apps, schema_editor):
    """As ``Recipient.tidy`` does; records that were merged by hand before this get the words of the next save."""
    rows, words = apps.get_model("awards", "Recipient").objects, UnitWords()
    for row in rows.only(*FIELDS).iterator(chunk_size=500):
        first = given_of(row.name) if row.kind == "person" else ""
        found = searchable(first, row.name, row.head, row.staff_code, words.of(row.unit_id))
        order = name_sort_key(row.name) if row.kind == "person" else sort_key(row.name)
        rows.filter(pk=row.pk).update(search_text=found, name_key=name_key(row.name, row.kind), sort_text=order)


def index_words(apps, schema_editor):
    """PostgreSQL finds parts of words by their trigrams; the extension came with the search of papers. SQLite reads on."""
    if schema_editor.connection.vendor == "postgresql":
        # An index that keeps new words in a list of their own would be slower the more of them wait.
        schema_editor.execute(
            "CREATE INDEX IF NOT EXISTS recipient_search_words ON awards_recipient "
            "USING gin (search_text gin_trgm_ops) WITH (fastupdate = off)"
        )


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS recipient_search_words")


class Migration(migrations.Migration):
    dependencies = [("awards", "0006_doubles"), ("documents", "0026_one_log"), ("units", "0009_tones_of_one_name")]
    operations = [
        migrations.RunPython(store_words, migrations.RunPython.noop),
        migrations.RunPython(index_words, drop_index),
    ]
