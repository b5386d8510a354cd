"""What a type is for, and what one person's papers for a body begin with."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from documents.source.types import PURPOSE_OF


def tell_purposes(apps, schema_editor):
    """Types of the decree and those that the program brought; what an office added is under "Loại khác" until it says more."""
    types = apps.get_model("documents", "DocumentType").objects
    for code, purpose in PURPOSE_OF.items():
        types.filter(code=code).update(purpose=purpose)


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0032_choices_of_rules'),
        ('units', '0013_address_of_a_unit'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='documenttype',
            name='purpose',
            field=models.CharField(choices=[('exchange', 'Trao đổi, đề nghị'), ('report', 'Trình, báo cáo'), ('meet', 'Họp, hội nghị'), ('direct', 'Triển khai, hướng dẫn, thông báo'), ('decide', 'Quyết định, ban hành'), ('plan', 'Đề án, dự án, phương án'), ('agree', 'Giao ước, thỏa thuận'), ('person', 'Giấy cho một người'), ('other', 'Loại khác')], default='other', help_text='Loại này hiện dưới tiêu đề nào ở trang Soạn văn bản.', max_length=10, verbose_name='dùng để'),
        ),
        migrations.RunPython(tell_purposes, migrations.RunPython.noop, elidable=False),
        migrations.CreateModel(
            name='Usual',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('section', models.CharField(blank=True, help_text='Đứng sau dấu gạch nối trong ký hiệu công văn và sau «Lưu: VT», ví dụ TĐKT, NVY.', max_length=20, verbose_name='phòng, bộ phận (chữ viết tắt)')),
                ('archive', models.CharField(blank=True, help_text='Để trống: VT và phòng, bộ phận ở trên. Ví dụ: VT, TĐKT (NTB).', max_length=120, verbose_name='lưu')),
                ('contact', models.CharField(blank=True, help_text='Để trống nếu không in.', max_length=300, verbose_name='địa chỉ, điện thoại ở chân trang')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người soạn')),
                ('issuer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='văn bản của')),
                ('signer', models.ForeignKey(blank=True, help_text='Trừ quyết định, nghị quyết và biên bản.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='units.term', verbose_name='người ký thường ngày')),
            ],
            options={
                'verbose_name': 'điều ghi sẵn của người soạn',
                'verbose_name_plural': 'điều ghi sẵn của người soạn',
                'ordering': ['by__sort_text', 'issuer__sort_text'],
                'constraints': [models.UniqueConstraint(fields=('by', 'issuer'), name='one_usual_of_a_person_for_a_body')],
            },
        ),
    ]
