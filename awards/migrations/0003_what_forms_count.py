from django.db import migrations, models
from django.db.models import OuterRef, Q, Subquery

SUBMITTERS = [
    ("ministry", "Bộ, ban, ngành, đoàn thể Trung ương"),
    ("province", "Tỉnh, thành phố trực thuộc Trung ương"),
]
KINDS = [("person", "Cá nhân"), ("collective", "Tập thể"), ("household", "Hộ gia đình")]


def say_to_whom(apps, schema_editor):
    recipients = apps.get_model("awards", "Recipient").objects.filter(pk=OuterRef("recipient"))
    apps.get_model("awards", "Award").objects.update(whom=Subquery(recipients.values("kind")))


class Migration(migrations.Migration):
    dependencies = [("awards", "0002_decisions_entered")]

    operations = [
        migrations.AddField(
            "decision",
            "submitter",
            models.CharField("cơ quan trình Thủ tướng", max_length=10, choices=SUBMITTERS, blank=True, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            "award",
            "whom",
            models.CharField("là", max_length=12, choices=KINDS, editable=False, default=""),
            preserve_default=False,
        ),
        migrations.RunPython(say_to_whom, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            "award",
            models.CheckConstraint(
                condition=Q(whom__in=["person", "collective", "household"]), name="award_says_to_whom"
            ),
        ),
        migrations.RemoveIndex("award", "awards_by_type"),
        migrations.AddIndex(
            "award",
            models.Index(
                fields=[
                    "type", "decided_on", "stands", "cancelled_on", "whom", "position_class", "body_class", "route",
                ],
                name="awards_counted",
            ),
        ),
    ]  # fmt: skip
