from datetime import timedelta

from django.db import migrations


def last_day(apps, schema_editor):
    """An absence told the day on which the member was back; it tells its last day now."""
    for row in apps.get_model("clusters", "Absence").objects.order_by("pk"):
        row.until -= timedelta(days=1)
        row.save(update_fields=["until"])


def day_back(apps, schema_editor):
    for row in apps.get_model("clusters", "Absence").objects.order_by("pk"):
        row.until += timedelta(days=1)
        row.save(update_fields=["until"])


class Migration(migrations.Migration):
    dependencies = [("clusters", "0010_steps_of_the_log")]

    operations = [
        migrations.RemoveConstraint("absence", "absence_ends_after_it_began"),
        migrations.RemoveConstraint("voterule", "vote_rule_ends_after_it_began"),
        migrations.RenameField("absence", "left_on", "since"),
        migrations.RenameField("absence", "back_on", "until"),
        migrations.RunPython(last_day, day_back),
    ]
