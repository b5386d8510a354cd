"""What receivers told stands in ``AxisTold`` alone; apart from the move, which PostgreSQL asks for."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0036_axis_outcomes_and_postings"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="axisreceiver",
            name="state",
        ),
        migrations.RemoveField(
            model_name="axisreceiver",
            name="told_at",
        ),
        migrations.RemoveField(
            model_name="axisreceiver",
            name="words",
        ),
    ]
