"""Steps and edits stand in the one log alone, which keeps what their own tables kept: days, versions, one edit a version."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0025_steps_and_edits_in_the_log'),
    ]

    operations = [
        # First, for one of the constraints bears the name of one of theirs.
        migrations.DeleteModel(
            name='ArrivalEdit',
        ),
        migrations.DeleteModel(
            name='Edit',
        ),
        migrations.DeleteModel(
            name='Move',
        ),
        migrations.AddConstraint(
            model_name='change',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('about', 'paper'), ('what__in', ['allow_earlier', 'present']), _negated=True), ('day__isnull', False), _connector='OR'), name='step_of_a_paper_has_its_day'),
        ),
        migrations.AddConstraint(
            model_name='change',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('about__in', ['paper', 'arrival']), ('what', 'edit'), _negated=True), ('version__isnull', False), _connector='OR'), name='edit_has_its_version'),
        ),
        migrations.AddConstraint(
            model_name='change',
            constraint=models.UniqueConstraint(condition=models.Q(('about__in', ['paper', 'arrival']), ('what', 'edit')), fields=('about', 'key', 'version'), name='one_edit_a_version'),
        ),
    ]
