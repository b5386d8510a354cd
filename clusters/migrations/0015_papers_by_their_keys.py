"""A paper of a cluster is tied to its subject by what stands at the paper alone: tables that said it again go."""

from django.db import migrations

# (table, area of its papers, which paper of its subject a row is, the subject)
TIES = [
    ("ActivityPaper", "hoat-dong-cum", "kind", "activity"),
    ("ClusterReport", "bao-cao-cum", "period", "cluster"),
    ("BallotPaper", "bo-phieu", "kind", "ballot"),
]


def tie(apps, schema_editor):
    """Give the paper of each row its area and key; the key of a ballot's, and of what replaces it, now names the paper."""
    documents = apps.get_model("documents", "Document").objects
    for table, area, name, subject in TIES:
        for pk, *parts in apps.get_model("clusters", table).objects.values_list("document", name, subject):
            key = "{}-{}".format(*parts)
            documents.filter(pk=pk).exclude(area=area, area_key=key).update(area=area, area_key=key)
    replacing = apps.get_model("documents", "Effect").objects.filter(kind="replaces", paper__area="bo-phieu")
    for row in replacing.select_related("target"):
        documents.filter(pk=row.paper_id).update(area_key=row.target.area_key)


class Migration(migrations.Migration):
    """Fills columns from tables, which go then."""

    dependencies = [
        ("documents", "0026_one_log"),
        ("clusters", "0014_steps_of_ballots"),
    ]

    operations = [
        migrations.RunPython(tie, migrations.RunPython.noop, elidable=True),
        *(migrations.DeleteModel(table) for table, *_ in TIES),
    ]
