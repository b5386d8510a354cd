"""On whose proposal a person's decisions are made."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0037_states_stand_once'),
    ]

    operations = [
        migrations.AddField(
            model_name='usual',
            name='proposer',
            field=models.CharField(blank=True, help_text='Ghi sau «Theo đề nghị của» ở căn cứ của quyết định, ví dụ: Trưởng phòng Tổ chức cán bộ.', max_length=150, verbose_name='người đề nghị ban hành quyết định'),
        ),
    ]
