"""The report of a review is tied to it by what stands at the paper alone: the table that said it again goes."""

from django.db import migrations

AREA = "so-ket-phong-trao"


def tie(apps, schema_editor):
    """Give the paper of each row its area and key."""
    documents = apps.get_model("documents", "Document").objects
    for pk, review in apps.get_model("campaigns", "ReviewPaper").objects.values_list("document", "review"):
        documents.filter(pk=pk).exclude(area=AREA, area_key=str(review)).update(area=AREA, area_key=str(review))


class Migration(migrations.Migration):
    """Fills columns from a table, which goes then."""

    dependencies = [
        ("documents", "0026_one_log"),
        ("campaigns", "0007_done_shares_of_reports"),
    ]

    operations = [
        migrations.RunPython(tie, migrations.RunPython.noop, elidable=True),
        migrations.DeleteModel("ReviewPaper"),
    ]
