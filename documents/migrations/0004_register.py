"""The register: numbers, life, deliveries, duties, files."""

import datetime
import django.db.models.deletion
import documents.models.upload
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0003_types'),
        ('units', '0003_unit_email'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Addressee',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=1, verbose_name='thứ tự')),
                ('key', models.CharField(max_length=80, verbose_name='mã')),
                ('label', models.CharField(max_length=200, verbose_name='tên in')),
            ],
            options={
                'verbose_name': 'nơi nhận trong chương trình',
                'verbose_name_plural': 'nơi nhận trong chương trình',
                'ordering': ['position', 'id'],
            },
        ),
        migrations.CreateModel(
            name='AddresseeGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='tên in trên văn bản')),
                ('sort_text', models.TextField(editable=False)),
            ],
            options={
                'verbose_name': 'danh sách nơi nhận',
                'verbose_name_plural': 'danh sách nơi nhận',
                'ordering': ['sort_text'],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='lúc')),
                ('words', models.TextField(blank=True, max_length=5000, verbose_name='nội dung')),
            ],
            options={
                'verbose_name': 'trả lời',
                'verbose_name_plural': 'trả lời',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Arrival',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='năm')),
                ('number', models.PositiveIntegerField(verbose_name='số đến')),
                ('arrived_on', models.DateField(verbose_name='ngày đến')),
                ('handed_to', models.CharField(blank=True, max_length=200, verbose_name='đơn vị hoặc người nhận')),
                ('handed_on', models.DateField(blank=True, null=True, verbose_name='ngày chuyển')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='ghi chú')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='vào sổ lúc')),
            ],
            options={
                'verbose_name': 'văn bản đến',
                'verbose_name_plural': 'sổ văn bản đến',
                'ordering': ['-year', '-number'],
            },
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('done_at', models.DateTimeField(blank=True, null=True, verbose_name='báo xong lúc')),
            ],
            options={
                'verbose_name': 'nhiệm vụ của đơn vị',
                'verbose_name_plural': 'nhiệm vụ của đơn vị',
                'ordering': ['duty__until', 'duty__position', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('delivered_at', models.DateTimeField(auto_now_add=True, verbose_name='chuyển lúc')),
                ('read_at', models.DateTimeField(blank=True, null=True, verbose_name='đọc lúc')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='trả lời lúc')),
            ],
            options={
                'verbose_name': 'văn bản chuyển đến đơn vị',
                'verbose_name_plural': 'văn bản chuyển đến đơn vị',
                'ordering': ['unit__sort_text', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Duty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=1, verbose_name='thứ tự')),
                ('clause', models.CharField(blank=True, help_text='Ví dụ: 1.a, Điều 2.', max_length=30, verbose_name='điểm, khoản')),
                ('words', models.CharField(max_length=500, verbose_name='việc phải làm')),
                ('keys', models.JSONField(blank=True, default=list, verbose_name='đơn vị thực hiện')),
                ('until', models.DateField(blank=True, null=True, verbose_name='hạn')),
            ],
            options={
                'verbose_name': 'nhiệm vụ',
                'verbose_name_plural': 'nhiệm vụ',
                'ordering': ['position', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Effect',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('replaces', 'thay thế'), ('recalls', 'thu hồi')], max_length=10, verbose_name='tác động')),
                ('reason', models.CharField(blank=True, max_length=1000, verbose_name='lý do')),
            ],
            options={
                'verbose_name': 'thay thế, thu hồi',
                'verbose_name_plural': 'thay thế, thu hồi',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='IssuedCopy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content', models.BinaryField(verbose_name='tệp PDF')),
                ('sha256', models.CharField(db_index=True, max_length=64, verbose_name='mã kiểm tra SHA-256')),
                ('size', models.PositiveIntegerField(verbose_name='số byte')),
                ('pages', models.PositiveSmallIntegerField(verbose_name='số trang')),
            ],
            options={
                'verbose_name': 'bản phát hành',
                'verbose_name_plural': 'bản phát hành',
            },
        ),
        migrations.CreateModel(
            name='Mail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('to', models.EmailField(max_length=254, verbose_name='gửi đến')),
                ('subject', models.CharField(max_length=200, verbose_name='tiêu đề')),
                ('words', models.TextField(verbose_name='nội dung')),
                ('state', models.CharField(choices=[('waiting', 'Chờ gửi'), ('queued', 'Đang gửi'), ('sent', 'Đã gửi'), ('failed', 'Gửi lỗi'), ('dropped', 'Đã bỏ')], default='waiting', max_length=10, verbose_name='trạng thái')),
                ('error', models.CharField(blank=True, max_length=300, verbose_name='lỗi')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='viết lúc')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='gửi lúc')),
                ('search_text', models.TextField(editable=False)),
            ],
            options={
                'verbose_name': 'thư chờ gửi',
                'verbose_name_plural': 'hộp thư đi',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Move',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(choices=[('submit', 'Trình duyệt'), ('withdraw', 'Rút lại để sửa'), ('return', 'Trả lại'), ('approve', 'Duyệt'), ('issue', 'Phát hành'), ('replace', 'Thay thế'), ('recall', 'Thu hồi'), ('discard', 'Bỏ dự thảo'), ('restore', 'Lấy lại dự thảo'), ('allow_earlier', 'Cho phép ghi ngày lùi')], max_length=20, verbose_name='việc')),
                ('from_state', models.CharField(choices=[('draft', 'Dự thảo'), ('submitted', 'Chờ duyệt'), ('approved', 'Đã duyệt, chờ số'), ('issued', 'Đã ban hành'), ('replaced', 'Đã bị thay thế'), ('recalled', 'Đã thu hồi'), ('discarded', 'Đã bỏ')], max_length=10, verbose_name='từ trạng thái')),
                ('to_state', models.CharField(choices=[('draft', 'Dự thảo'), ('submitted', 'Chờ duyệt'), ('approved', 'Đã duyệt, chờ số'), ('issued', 'Đã ban hành'), ('replaced', 'Đã bị thay thế'), ('recalled', 'Đã thu hồi'), ('discarded', 'Đã bỏ')], max_length=10, verbose_name='sang trạng thái')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='lúc')),
                ('reason', models.CharField(blank=True, max_length=1000, verbose_name='lý do')),
            ],
            options={
                'verbose_name': 'bước xử lý',
                'verbose_name_plural': 'bước xử lý',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='NumberSeries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('direction', models.CharField(choices=[('out', 'Văn bản đi'), ('in', 'Văn bản đến')], default='out', max_length=3, verbose_name='sổ')),
                ('name', models.CharField(help_text='Ví dụ: Sổ chung, Sổ quyết định.', max_length=80, verbose_name='tên sổ')),
                ('begins', models.DateField(default=datetime.date(2020, 1, 1), verbose_name='mở sổ từ ngày')),
                ('closed', models.DateField(blank=True, null=True, verbose_name='khóa sổ sau ngày')),
            ],
            options={
                'verbose_name': 'sổ văn bản',
                'verbose_name_plural': 'sổ văn bản',
                'ordering': ['issuer__sort_text', 'direction', 'name'],
            },
        ),
        migrations.CreateModel(
            name='OfficeText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='tên mẫu')),
                ('subject', models.TextField(blank=True, max_length=500, verbose_name='trích yếu')),
                ('bases', models.TextField(blank=True, verbose_name='căn cứ')),
                ('to', models.TextField(blank=True, verbose_name='kính gửi')),
                ('recipients', models.TextField(blank=True, verbose_name='nơi nhận')),
                ('body', models.TextField(verbose_name='nội dung')),
                ('sort_text', models.TextField(editable=False)),
                ('search_text', models.TextField(editable=False)),
            ],
            options={
                'verbose_name': 'mẫu văn bản',
                'verbose_name_plural': 'mẫu văn bản',
                'ordering': ['sort_text', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(max_length=1000, verbose_name='nội dung nhắc')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='lúc')),
                ('seen_at', models.DateTimeField(blank=True, null=True, verbose_name='đã xem lúc')),
            ],
            options={
                'verbose_name': 'lời nhắc',
                'verbose_name_plural': 'lời nhắc',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('done', 'Báo đã làm xong'), ('reopened', 'Yêu cầu làm lại')], default='done', max_length=10, verbose_name='việc')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='lúc')),
                ('words', models.TextField(blank=True, max_length=5000, verbose_name='kết quả')),
            ],
            options={
                'verbose_name': 'báo cáo nhiệm vụ',
                'verbose_name_plural': 'báo cáo nhiệm vụ',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='SeriesYear',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='năm')),
                ('last_number', models.PositiveIntegerField(default=0, verbose_name='số cuối đã cấp')),
                ('last_day', models.DateField(blank=True, null=True, verbose_name='ngày của số cuối')),
            ],
            options={
                'verbose_name': 'năm của sổ',
                'verbose_name_plural': 'các năm của sổ',
                'ordering': ['-year'],
            },
        ),
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('signed', 'Bản đã ký, đóng dấu'), ('scan', 'Bản chụp'), ('proof', 'Tệp kèm theo')], max_length=10, verbose_name='loại tệp')),
                ('name', models.CharField(max_length=150, verbose_name='tên tệp')),
                ('extension', models.CharField(max_length=5, verbose_name='đuôi tệp')),
                ('content_type', models.CharField(max_length=100, verbose_name='kiểu tệp')),
                ('size', models.PositiveIntegerField(verbose_name='số byte')),
                ('sha256', models.CharField(db_index=True, max_length=64, verbose_name='mã kiểm tra SHA-256')),
                ('file', models.FileField(max_length=120, upload_to=documents.models.upload._place, verbose_name='tệp')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='lúc')),
            ],
            options={
                'verbose_name': 'tệp',
                'verbose_name_plural': 'tệp',
                'ordering': ['id'],
            },
        ),
        migrations.AddField(
            model_name='document',
            name='area',
            field=models.CharField(blank=True, editable=False, max_length=40),
        ),
        migrations.AddField(
            model_name='document',
            name='area_key',
            field=models.CharField(blank=True, editable=False, max_length=40),
        ),
        migrations.AddField(
            model_name='document',
            name='effective_from',
            field=models.DateField(blank=True, null=True, verbose_name='có hiệu lực từ ngày'),
        ),
        migrations.AddField(
            model_name='document',
            name='effective_to',
            field=models.DateField(blank=True, null=True, verbose_name='hết hiệu lực từ ngày'),
        ),
        migrations.AddField(
            model_name='document',
            name='issued_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='phát hành lúc'),
        ),
        migrations.AddField(
            model_name='document',
            name='issued_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='issued_papers', to=settings.AUTH_USER_MODEL, verbose_name='người phát hành'),
        ),
        migrations.AddField(
            model_name='document',
            name='note',
            field=models.CharField(blank=True, max_length=500, verbose_name='ghi chú'),
        ),
        migrations.AddField(
            model_name='document',
            name='occasion',
            field=models.CharField(blank=True, max_length=200, verbose_name='dịp nói (chỉ đạo không bằng văn bản)'),
        ),
        migrations.AddField(
            model_name='document',
            name='state',
            field=models.CharField(choices=[('draft', 'Dự thảo'), ('submitted', 'Chờ duyệt'), ('approved', 'Đã duyệt, chờ số'), ('issued', 'Đã ban hành'), ('replaced', 'Đã bị thay thế'), ('recalled', 'Đã thu hồi'), ('discarded', 'Đã bỏ')], default='draft', editable=False, max_length=10, verbose_name='trạng thái'),
        ),
        migrations.AlterField(
            model_name='appendix',
            name='document',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='appendices', to='documents.document', verbose_name='văn bản'),
        ),
        migrations.AlterField(
            model_name='document',
            name='origin',
            field=models.CharField(choices=[('ours', 'Văn bản đi, dự thảo'), ('received', 'Văn bản đến'), ('cited', 'Văn bản làm căn cứ')], default='ours', max_length=10, verbose_name='nguồn'),
        ),
        migrations.AlterField(
            model_name='document',
            name='reference',
            field=models.CharField(blank=True, db_index=True, max_length=60, verbose_name='số, ký hiệu'),
        ),
        migrations.AlterField(
            model_name='documenttype',
            name='form',
            field=models.CharField(choices=[('letter', 'Công văn (Mẫu 1.5)'), ('decision', 'Nghị quyết, quyết định (Mẫu 1.1–1.3)'), ('named', 'Văn bản có tên loại (Mẫu 1.4)'), ('invitation', 'Giấy mời (Mẫu 1.7)'), ('introduction', 'Giấy giới thiệu (Mẫu 1.8)'), ('minutes', 'Biên bản (Mẫu 1.9)'), ('recorded', 'Chỉ ghi vào sổ, không soạn ở đây')], default='named', max_length=20, verbose_name='mẫu trình bày'),
        ),
        migrations.AlterField(
            model_name='edit',
            name='document',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='edits', to='documents.document', verbose_name='văn bản'),
        ),
        migrations.AlterField(
            model_name='edit',
            name='version',
            field=models.PositiveIntegerField(verbose_name='lần sửa'),
        ),
        migrations.AddField(
            model_name='addressee',
            name='document',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='addressees', to='documents.document', verbose_name='văn bản'),
        ),
        migrations.AddField(
            model_name='addresseegroup',
            name='owner',
            field=models.ForeignKey(help_text='Đơn vị dùng danh sách.', on_delete=django.db.models.deletion.PROTECT, related_name='addressee_groups', to='units.unit', verbose_name='của đơn vị'),
        ),
        migrations.AddField(
            model_name='addresseegroup',
            name='units',
            field=models.ManyToManyField(related_name='+', to='units.unit', verbose_name='các đơn vị'),
        ),
        migrations.AddField(
            model_name='answer',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người trả lời'),
        ),
        migrations.AddField(
            model_name='arrival',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người vào sổ'),
        ),
        migrations.AddField(
            model_name='arrival',
            name='document',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='arrivals', to='documents.document', verbose_name='văn bản'),
        ),
        migrations.AddField(
            model_name='arrival',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='arrivals', to='units.unit', verbose_name='đơn vị nhận'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='done_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người báo'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='units.unit', verbose_name='đơn vị'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='document',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='documents.document', verbose_name='văn bản'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='read_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người đọc'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='units.unit', verbose_name='đơn vị'),
        ),
        migrations.AddField(
            model_name='answer',
            name='delivery',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='documents.delivery', verbose_name='lần chuyển'),
        ),
        migrations.AddField(
            model_name='duty',
            name='document',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='duties', to='documents.document', verbose_name='văn bản'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='duty',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assignments', to='documents.duty', verbose_name='nhiệm vụ'),
        ),
        migrations.AddField(
            model_name='effect',
            name='paper',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='effects', to='documents.document', verbose_name='văn bản'),
        ),
        migrations.AddField(
            model_name='effect',
            name='target',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='affected_by', to='documents.document', verbose_name='văn bản bị tác động'),
        ),
        migrations.AddField(
            model_name='issuedcopy',
            name='document',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='copy', to='documents.document', verbose_name='văn bản'),
        ),
        migrations.AddField(
            model_name='mail',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người viết'),
        ),
        migrations.AddField(
            model_name='mail',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mails', to='units.unit', verbose_name='của đơn vị'),
        ),
        migrations.AddField(
            model_name='move',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người làm'),
        ),
        migrations.AddField(
            model_name='move',
            name='document',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moves', to='documents.document', verbose_name='văn bản'),
        ),
        migrations.AddField(
            model_name='numberseries',
            name='issuer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='series', to='units.unit', verbose_name='cơ quan'),
        ),
        migrations.AddField(
            model_name='numberseries',
            name='types',
            field=models.ManyToManyField(blank=True, help_text='Để trống: sổ chung cho mọi loại không có sổ riêng.', related_name='series', to='documents.documenttype', verbose_name='loại văn bản'),
        ),
        migrations.AddField(
            model_name='document',
            name='series',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='documents.numberseries', verbose_name='sổ'),
        ),
        migrations.AddField(
            model_name='officetext',
            name='type',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='texts', to='documents.documenttype', verbose_name='loại văn bản'),
        ),
        migrations.AddField(
            model_name='officetext',
            name='unit',
            field=models.ForeignKey(blank=True, help_text='Để trống: mẫu chung cho mọi đơn vị.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='texts', to='units.unit', verbose_name='của đơn vị'),
        ),
        migrations.AddField(
            model_name='reminder',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người nhắc'),
        ),
        migrations.AddField(
            model_name='reminder',
            name='document',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='documents.document', verbose_name='văn bản'),
        ),
        migrations.AddField(
            model_name='reminder',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='units.unit', verbose_name='đơn vị'),
        ),
        migrations.AddField(
            model_name='report',
            name='assignment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='documents.assignment', verbose_name='nhiệm vụ'),
        ),
        migrations.AddField(
            model_name='report',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người báo'),
        ),
        migrations.AddField(
            model_name='seriesyear',
            name='series',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='years', to='documents.numberseries', verbose_name='sổ'),
        ),
        migrations.AddField(
            model_name='upload',
            name='answer',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='uploads', to='documents.answer', verbose_name='trả lời'),
        ),
        migrations.AddField(
            model_name='upload',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người gửi tệp'),
        ),
        migrations.AddField(
            model_name='upload',
            name='document',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='uploads', to='documents.document', verbose_name='văn bản'),
        ),
        migrations.AddField(
            model_name='upload',
            name='report',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='uploads', to='documents.report', verbose_name='báo cáo nhiệm vụ'),
        ),
        migrations.AddConstraint(
            model_name='addressee',
            constraint=models.UniqueConstraint(fields=('document', 'key'), name='an_addressee_once'),
        ),
        migrations.AddConstraint(
            model_name='addresseegroup',
            constraint=models.UniqueConstraint(fields=('owner', 'name'), name='one_group_of_a_name', violation_error_message='Đơn vị đã có danh sách cùng tên.'),
        ),
        migrations.AddConstraint(
            model_name='arrival',
            constraint=models.UniqueConstraint(fields=('unit', 'year', 'number'), name='arrival_number_once_a_year'),
        ),
        migrations.AddConstraint(
            model_name='arrival',
            constraint=models.UniqueConstraint(fields=('unit', 'document'), name='a_paper_arrives_once'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(fields=['unit', '-delivered_at'], name='delivery_of_a_unit'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(fields=('document', 'unit'), name='one_delivery_a_unit'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('read_at__isnull', True), ('read_by__isnull', True)), models.Q(('read_at__isnull', False), ('read_by__isnull', False)), _connector='OR'), name='delivery_read_at_and_by'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.UniqueConstraint(fields=('duty', 'unit'), name='a_duty_once_a_unit'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('done_at__isnull', True), ('done_by__isnull', True)), models.Q(('done_at__isnull', False), ('done_by__isnull', False)), _connector='OR'), name='assignment_done_at_and_by'),
        ),
        migrations.AddConstraint(
            model_name='effect',
            constraint=models.UniqueConstraint(fields=('paper', 'target'), name='one_effect_on_a_paper'),
        ),
        migrations.AddConstraint(
            model_name='effect',
            constraint=models.CheckConstraint(condition=models.Q(('paper', models.F('target')), _negated=True), name='no_effect_on_itself'),
        ),
        migrations.AddConstraint(
            model_name='mail',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state', 'sent')), models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at__isnull', True)), _connector='OR'), name='mail_sent_at'),
        ),
        migrations.AddConstraint(
            model_name='numberseries',
            constraint=models.UniqueConstraint(fields=('issuer', 'direction', 'name'), name='one_series_of_a_name', violation_error_message='Cơ quan này đã có sổ cùng tên.'),
        ),
        migrations.AddConstraint(
            model_name='numberseries',
            constraint=models.CheckConstraint(condition=models.Q(('closed', None), ('closed__gte', models.F('begins')), _connector='OR'), name='series_closed_after_it_began', violation_error_message='Ngày khóa sổ sớm hơn ngày mở sổ. Hãy sửa lại một trong hai ngày.'),
        ),
        migrations.AddConstraint(
            model_name='officetext',
            constraint=models.UniqueConstraint(fields=('unit', 'type', 'name'), name='one_text_of_a_name', violation_error_message='Đơn vị đã có mẫu cùng tên cho loại này.'),
        ),
        migrations.AddConstraint(
            model_name='seriesyear',
            constraint=models.UniqueConstraint(fields=('series', 'year'), name='one_counter_a_year'),
        ),
        migrations.AddConstraint(
            model_name='upload',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer__isnull', True), ('document__isnull', False), ('report__isnull', True)), models.Q(('answer__isnull', False), ('document__isnull', True), ('report__isnull', True)), models.Q(('answer__isnull', True), ('document__isnull', True), ('report__isnull', False)), _connector='OR'), name='upload_has_one_owner'),
        ),
    ]
