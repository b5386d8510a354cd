"""All that was printed has the look of its layout."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("awards", "0036_looks_of_layouts")]

    operations = [
        migrations.AlterField(
            model_name=name, name="look",
            field=models.ForeignKey(
                editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="awards.look",
                verbose_name="mẫu như khi in"),
        )
        for name in ("run", "certificate")
    ]  # fmt: skip
