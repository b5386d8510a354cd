from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("units", "0007_paper_settings")]

    operations = [
        migrations.RemoveConstraint("term", "term_ends_after_it_began"),
        migrations.RenameField("term", "begins", "since"),
        migrations.RenameField("term", "ends", "until"),
        migrations.AlterModelOptions(
            name='term',
            options={'ordering': ['official__sort_text', '-since', 'id'], 'verbose_name': 'chức vụ của người ký', 'verbose_name_plural': 'chức vụ của người ký'},
        ),
        migrations.AddConstraint(
            model_name='term',
            constraint=models.CheckConstraint(condition=models.Q(('since', None), ('until', None), ('until__gte', models.F('since')), _connector='OR'), name='term_ends_after_it_began', violation_error_message='Ngày kết thúc sớm hơn ngày bắt đầu. Hãy sửa lại một trong hai ngày.'),
        ),
    ]
