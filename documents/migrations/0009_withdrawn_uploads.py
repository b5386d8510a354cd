"""Files that were attached by mistake: withdrawn, their content erased."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0008_search'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='upload',
            name='erased_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='xóa nội dung lúc'),
        ),
        migrations.AddField(
            model_name='upload',
            name='erased_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người xóa nội dung'),
        ),
        migrations.AddField(
            model_name='upload',
            name='erased_reason',
            field=models.CharField(blank=True, max_length=300, verbose_name='xóa nội dung vì'),
        ),
        migrations.AddField(
            model_name='upload',
            name='withdrawn_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='ghi nhầm lúc'),
        ),
        migrations.AddField(
            model_name='upload',
            name='withdrawn_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người ghi nhầm'),
        ),
        migrations.AddField(
            model_name='upload',
            name='withdrawn_reason',
            field=models.CharField(blank=True, max_length=300, verbose_name='gắn nhầm vì'),
        ),
        migrations.AddConstraint(
            model_name='upload',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True), ('withdrawn_reason', '')), models.Q(models.Q(('withdrawn_reason', ''), _negated=True), ('document__isnull', False), ('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='upload_withdrawn_at_by_and_why'),
        ),
        migrations.AddConstraint(
            model_name='upload',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('file', ''), _negated=True), ('erased_at__isnull', True), ('erased_by__isnull', True), ('erased_reason', '')), models.Q(models.Q(('erased_reason', ''), _negated=True), ('erased_at__isnull', False), ('erased_by__isnull', False), ('file', ''), ('withdrawn_at__isnull', False)), _connector='OR'), name='upload_erased_at_by_and_why'),
        ),
    ]
