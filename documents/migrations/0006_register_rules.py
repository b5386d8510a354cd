"""What may never be, once the rows that were there obey it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0005_register_rows'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='document',
            name='cited_document_has_a_reference',
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(('origin', 'ours'), models.Q(('reference', ''), _negated=True), _connector='OR'), name='paper_of_others_has_a_reference', violation_error_message='Văn bản vào sổ phải có số, ký hiệu.'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(('origin', 'ours'), ('state__in', ['issued', 'replaced', 'recalled']), _connector='OR'), name='paper_of_others_is_issued', violation_error_message='Văn bản của cơ quan khác vào sổ khi đã ban hành.'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('origin', 'ours'), _negated=True), models.Q(('issued_at__isnull', False), ('issued_by__isnull', False), ('number__isnull', False), ('state__in', ['issued', 'replaced', 'recalled'])), models.Q(models.Q(('state__in', ['issued', 'replaced', 'recalled']), _negated=True), ('issued_at__isnull', True), ('issued_by__isnull', True), ('number__isnull', True)), _connector='OR'), name='our_paper_has_a_number_when_issued', violation_error_message='Văn bản có số khi và chỉ khi đã phát hành.'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.UniqueConstraint(condition=models.Q(('number__isnull', False)), fields=('issuer_unit', 'year', 'number', 'symbol'), name='number_and_symbol_once_a_year', violation_error_message='Số này đã được dùng cho một văn bản khác cùng ký hiệu trong năm.'),
        ),
    ]
