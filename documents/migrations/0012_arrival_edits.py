"""Each correction of an arrival is kept, with who, when, before and after."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0011_files_of_areas'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='arrival',
            name='version',
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.CreateModel(
            name='ArrivalEdit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='lúc')),
                ('version', models.PositiveIntegerField(verbose_name='lần sửa')),
                ('changes', models.JSONField()),
                ('arrival', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='edits', to='documents.arrival', verbose_name='văn bản đến')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người sửa')),
            ],
            options={
                'verbose_name': 'lần sửa sổ đến',
                'verbose_name_plural': 'lần sửa sổ đến',
                'ordering': ['-id'],
                'constraints': [models.UniqueConstraint(fields=('arrival', 'version'), name='one_edit_of_an_arrival_a_version')],
            },
        ),
    ]
