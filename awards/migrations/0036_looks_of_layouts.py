"""What was printed is kept as it was printed: of what was printed before, the layout as it is today."""

import django.core.serializers.json
import django.db.models.deletion
from django.db import migrations, models

SHEET = ["name", "width", "height", "frame"]
FIELD = [
    "prints", "words", "left", "top", "width", "height", "font", "size", "least", "lines", "bold", "italic", "colour", "align",
    "stand",
]  # fmt: skip


def keep(apps, schema_editor):
    """A look of each layout on which something was printed."""
    models_of = {name: apps.get_model("awards", name) for name in ("Layout", "Look", "Run", "Certificate")}
    for layout in models_of["Layout"].objects.all():
        rows = [models_of[name].objects.filter(layout=layout) for name in ("Run", "Certificate")]
        if not any(found.exists() for found in rows):
            continue
        facts = {name: getattr(layout, name) for name in SHEET}
        fields = layout.fields.order_by("position", "pk")
        facts["fields"] = [{name: getattr(one, name) for name in FIELD} for one in fields]
        kept = {"version": layout.version, "facts": facts, "emblem_id": layout.emblem_id}
        look = models_of["Look"].objects.create(layout=layout, **kept)
        for found in rows:
            found.update(look=look)


class Migration(migrations.Migration):
    dependencies = [("awards", "0035_words_of_flags")]

    operations = [
        migrations.CreateModel(
            name="Look",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(verbose_name="lần sửa")),
                ("facts", models.JSONField(
                    encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name="như khi in")),
                ("emblem", models.ForeignKey(
                    null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.upload",
                    verbose_name="hình Quốc huy")),
                ("layout", models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="looks", to="awards.layout",
                    verbose_name="mẫu")),
            ],
            options={
                "verbose_name": "mẫu như khi in",
                "verbose_name_plural": "mẫu như khi in",
                "constraints": [models.UniqueConstraint(
                    fields=("layout", "version"), name="layout_is_kept_once_a_version")],
            },
        ),
        migrations.AddField(
            model_name="run", name="look",
            field=models.ForeignKey(
                editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="awards.look",
                verbose_name="mẫu như khi in"),
        ),
        migrations.AddField(
            model_name="certificate", name="look",
            field=models.ForeignKey(
                editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="awards.look",
                verbose_name="mẫu như khi in"),
        ),
        migrations.RunPython(keep, migrations.RunPython.noop),
    ]  # fmt: skip
