"""Searching a hundred thousand papers: words stored as ``searchable`` has them, and indexes that serve them."""

from django.db import migrations, models

from units.text import searchable


def store_words(apps, schema_editor):
    """As Document.save() does; one update a paper, once."""
    Document = apps.get_model("documents", "Document")
    for paper in Document.objects.select_related("type", "author").iterator(chunk_size=500):
        author = (paper.author.full_name or paper.author.username) if paper.author else ""
        number = paper.reference or paper.symbol
        words = searchable(paper.type.name, number, paper.issuer_name, paper.subject, paper.signer_name, author)
        Document.objects.filter(pk=paper.pk).update(search_text=words)


def index_words(apps, schema_editor):
    """PostgreSQL finds parts of words by their trigrams; an extension that the owner of a database may add. SQLite reads on."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        # Rows without their bodies, but with their words: a search that reads ten thousand rows reads few pages.
        schema_editor.execute("ALTER TABLE documents_document SET (toast_tuple_target = 256)")
        schema_editor.execute("ALTER TABLE documents_document ALTER COLUMN search_text SET STORAGE MAIN")
        schema_editor.execute(
            "CREATE INDEX IF NOT EXISTS document_search_words ON documents_document USING gin (search_text gin_trgm_ops)"
        )


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS document_search_words")


class Migration(migrations.Migration):
    dependencies = [("documents", "0007_change_notices")]
    operations = [
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["-dated", "-id", "unit", "origin", "state"], name="register_by_day"),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                fields=["origin"], condition=models.Q(("origin", "ours"), _negated=True), name="papers_of_others"
            ),
        ),
        migrations.RunPython(store_words, migrations.RunPython.noop),
        migrations.RunPython(index_words, drop_index),
    ]
