"""What the pages of the store need: receipts of an order, words that vouchers are found by, who counted, what was lost."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def fill_words(apps, schema_editor):
    """Vouchers that are there are found by their words too."""
    from units.text import searchable

    for row in apps.get_model("awards", "Movement").objects.all():
        number = f"{'NK' if row.is_receipt else 'XK'} {row.number}/{row.year}"
        row.search_text = searchable(number, row.partner, row.paper, row.note)
        row.save(update_fields=["search_text"])


class Migration(migrations.Migration):
    dependencies = [
        ("awards", "0029_certificates"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="due", name="is_lost",
            field=models.BooleanField(
                default=False, editable=False, verbose_name="thôi cấp do khen thưởng mất hiệu lực"
            ),
        ),
        migrations.AddField(
            model_name="countrow", name="serials",
            field=models.CharField(blank=True, max_length=1000, verbose_name="số hiệu thừa, thiếu"),
        ),
        migrations.AddField(
            model_name="countrow", name="by",
            field=models.ForeignKey(
                editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+",
                to=settings.AUTH_USER_MODEL, verbose_name="người đếm",
            ),
        ),
        migrations.AddField(
            model_name="order", name="source",
            field=models.CharField(
                choices=[("state", "Đề nghị Bộ Nội vụ cấp"), ("bought", "Mua, đặt làm")], default="bought", max_length=10,
                verbose_name="loại",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="movement", name="order",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="receipts",
                to="awards.order", verbose_name="theo đề nghị",
            ),
        ),
        migrations.AddField(
            model_name="movement", name="count",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="vouchers",
                to="awards.stockcount", verbose_name="theo kiểm kê",
            ),
        ),
        migrations.AddField(
            model_name="movement", name="search_text", field=models.TextField(default="", editable=False),
            preserve_default=False,
        ),
        migrations.RunPython(fill_words, migrations.RunPython.noop),
    ]  # fmt: skip
