"""Papers drafted for other bodies, books kept for them, numbers that go on from elsewhere; a step may have a day."""

from datetime import datetime

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from units.models.unit import reachable


def fill_days(apps, schema_editor):
    """The day that a leave to run backwards was given for stood at the head of its reason: ``26/02/2020: …``."""
    moves = apps.get_model("documents", "Move").objects
    for move in moves.filter(act="allow_earlier"):
        written, _, reason = move.reason.partition(":")
        try:
            move.day, move.reason = datetime.strptime(written.strip(), "%d/%m/%Y").date(), reason.strip()
        except ValueError:
            move.day = move.at.date()
        move.save()


def hand_back(apps, schema_editor):
    """A paper that was approved for another body, and not yet issued, waits to be presented to that body."""
    pairs = apps.get_model("units", "Succession").objects.filter(in_part=False)
    pairs = [(new, old) for old, new in pairs.values_list("predecessor", "successor") if old and new]
    papers = apps.get_model("documents", "Document").objects.filter(state="approved", origin="ours")
    for paper in papers.exclude(issuer_unit=None):
        if paper.issuer_unit_id not in {paper.unit_id, *reachable(paper.unit_id, pairs)}:
            apps.get_model("documents", "Document").objects.filter(pk=paper.pk).update(state="agreed")


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0017_what_waits'),
        ('units', '0006_roles_of_bodies'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='issuedcopy',
            name='is_scan',
            field=models.BooleanField(default=False, verbose_name='bản chụp đã ký, đóng dấu'),
        ),
        migrations.AddField(
            model_name='move',
            name='day',
            field=models.DateField(blank=True, null=True, verbose_name='ngày'),
        ),
        migrations.AddField(
            model_name='move',
            name='to_whom',
            field=models.CharField(blank=True, max_length=200, verbose_name='trình'),
        ),
        migrations.AddField(
            model_name='numberseries',
            name='kept_by',
            field=models.ForeignKey(blank=True, help_text='Để trống: chỉ người của chính cơ quan ấy duyệt và cấp số. Ví dụ: cơ quan thường trực của Hội đồng.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='kept_series', to='units.unit', verbose_name='đơn vị được giao duyệt, cấp số'),
        ),
        migrations.AddField(
            model_name='numberseries',
            name='kept_paper',
            field=models.CharField(blank=True, help_text='Số, ký hiệu, ngày, cơ quan ban hành.', max_length=300, verbose_name='văn bản giao'),
        ),
        migrations.AddField(
            model_name='numberseries',
            name='kept_since',
            field=models.DateField(blank=True, null=True, verbose_name='giao từ ngày'),
        ),
        migrations.AddField(
            model_name='seriesyear',
            name='began_after',
            field=models.PositiveIntegerField(default=0, verbose_name='đã cấp ngoài chương trình đến số'),
        ),
        migrations.AddField(
            model_name='seriesyear',
            name='began_paper',
            field=models.CharField(blank=True, max_length=300, verbose_name='theo văn bản, lý do'),
        ),
        migrations.AlterField(
            model_name='document',
            name='state',
            field=models.CharField(choices=[('draft', 'Dự thảo'), ('submitted', 'Chờ duyệt'), ('agreed', 'Đã đồng ý, chờ trình ký'), ('presented', 'Đã trình, chờ ký'), ('approved', 'Đã duyệt, chờ số'), ('issued', 'Đã ban hành'), ('replaced', 'Đã bị thay thế'), ('recalled', 'Đã thu hồi'), ('discarded', 'Đã bỏ')], default='draft', editable=False, max_length=10, verbose_name='trạng thái'),
        ),
        migrations.AlterField(
            model_name='move',
            name='act',
            field=models.CharField(choices=[('submit', 'Trình duyệt'), ('withdraw', 'Rút lại để sửa'), ('return', 'Trả lại'), ('agree', 'Đồng ý trình ký'), ('present', 'Trình ký'), ('approve', 'Duyệt'), ('issue', 'Phát hành'), ('record', 'Ghi số đã cấp, phát hành'), ('replace', 'Thay thế'), ('recall', 'Thu hồi'), ('discard', 'Bỏ dự thảo'), ('restore', 'Lấy lại dự thảo'), ('allow_earlier', 'Cho phép ghi ngày lùi')], max_length=20, verbose_name='việc'),
        ),
        migrations.AlterField(
            model_name='move',
            name='from_state',
            field=models.CharField(choices=[('draft', 'Dự thảo'), ('submitted', 'Chờ duyệt'), ('agreed', 'Đã đồng ý, chờ trình ký'), ('presented', 'Đã trình, chờ ký'), ('approved', 'Đã duyệt, chờ số'), ('issued', 'Đã ban hành'), ('replaced', 'Đã bị thay thế'), ('recalled', 'Đã thu hồi'), ('discarded', 'Đã bỏ')], max_length=10, verbose_name='từ trạng thái'),
        ),
        migrations.AlterField(
            model_name='move',
            name='to_state',
            field=models.CharField(choices=[('draft', 'Dự thảo'), ('submitted', 'Chờ duyệt'), ('agreed', 'Đã đồng ý, chờ trình ký'), ('presented', 'Đã trình, chờ ký'), ('approved', 'Đã duyệt, chờ số'), ('issued', 'Đã ban hành'), ('replaced', 'Đã bị thay thế'), ('recalled', 'Đã thu hồi'), ('discarded', 'Đã bỏ')], max_length=10, verbose_name='sang trạng thái'),
        ),
        migrations.RunPython(fill_days, migrations.RunPython.noop),
        migrations.RunPython(hand_back, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='move',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('act__in', ['allow_earlier', 'present']), _negated=True), ('day__isnull', False), _connector='OR'), name='move_has_its_day'),
        ),
        migrations.AddConstraint(
            model_name='numberseries',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kept_by', None), ('kept_paper', ''), ('kept_since', None)), models.Q(models.Q(('kept_paper', ''), _negated=True), ('kept_by__isnull', False), ('kept_since__isnull', False)), _connector='OR'), name='series_kept_by_whom_since_when_and_why', violation_error_message='Giao sổ cho đơn vị khác thì ghi đủ: đơn vị được giao, văn bản giao, giao từ ngày. Không giao thì để trống cả ba.'),
        ),
        migrations.AddConstraint(
            model_name='numberseries',
            constraint=models.CheckConstraint(condition=models.Q(('kept_by', None), models.Q(('kept_by', models.F('issuer')), _negated=True), _connector='OR'), name='series_is_not_kept_by_its_own_body', violation_error_message='Cơ quan tự giữ sổ của mình thì để trống đơn vị được giao.'),
        ),
        migrations.AddConstraint(
            model_name='seriesyear',
            constraint=models.CheckConstraint(condition=models.Q(('began_after', 0), models.Q(('began_paper', ''), _negated=True), _connector='OR'), name='year_began_after_and_why', violation_error_message='Số bắt đầu phải có văn bản hoặc lý do.'),
        ),
    ]
