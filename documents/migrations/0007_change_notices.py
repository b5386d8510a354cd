"""Notices of changes among units."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0006_register_rules'),
        ('units', '0003_unit_email'),
    ]

    operations = [
        migrations.CreateModel(
            name='ChangeNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('announced_on', models.DateField(blank=True, null=True, verbose_name='ngày thông báo')),
                ('change', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='notice', to='units.unitchange', verbose_name='thay đổi tổ chức')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document', verbose_name='thông báo')),
            ],
            options={
                'verbose_name': 'thông báo thay đổi tổ chức',
                'verbose_name_plural': 'thông báo thay đổi tổ chức',
                'ordering': ['-id'],
            },
        ),
    ]
