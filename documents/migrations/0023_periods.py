from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0022_steps_of_the_log"), ("units", "0008_periods")]

    operations = [
        migrations.RemoveConstraint("numberseries", "series_closed_after_it_began"),
        migrations.RenameField("numberseries", "begins", "since"),
        migrations.RenameField("numberseries", "closed", "until"),
        migrations.AddConstraint(
            model_name='numberseries',
            constraint=models.CheckConstraint(condition=models.Q(('since', None), ('until', None), ('until__gte', models.F('since')), _connector='OR'), name='numberseries_ends_after_it_began', violation_error_message='Ngày kết thúc sớm hơn ngày bắt đầu. Hãy sửa lại một trong hai ngày.'),
        ),
    ]
