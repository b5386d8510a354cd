"""An award says where its recipient is today, if elsewhere; awards are indexed as lists show them."""

import django.db.models.deletion
from django.db import migrations, models


FILL = """
    UPDATE awards_award SET home_id = (SELECT r.unit_id FROM awards_recipient r WHERE r.id = recipient_id)
    WHERE EXISTS (SELECT 1 FROM awards_recipient r WHERE r.id = recipient_id AND r.unit_id <> coalesce(awards_award.unit_id, 0))
"""


class Migration(migrations.Migration):

    dependencies = [
        ('awards', '0012_what_came_back'),
        ('units', '0009_tones_of_one_name'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='award',
            name='awards_by_unit',
        ),
        migrations.RemoveIndex(
            model_name='award',
            name='awards_counted',
        ),
        migrations.AddField(
            model_name='award',
            name='home',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit'),
        ),
        migrations.AddIndex(
            model_name='award',
            index=models.Index(fields=['type', '-decided_on', '-decision', 'position'], name='awards_by_type'),
        ),
        migrations.AddIndex(
            model_name='award',
            index=models.Index(fields=['unit', '-decided_on', '-decision', 'position'], name='awards_by_unit'),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
