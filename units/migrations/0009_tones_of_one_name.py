"""«Hòa» and «Hoà» sort as one name: the keys of units, sectors, accounts and officials that hold such a syllable, made anew."""

from django.db import migrations

from units.text import name_sort_key, sort_key

KEYS = {"Unit": ("name", sort_key), "Sector": ("name", sort_key), "User": ("full_name", name_sort_key)}
KEYS |= {"Official": ("name", name_sort_key)}


def make_keys(apps, schema_editor):
    for model, (field, key) in KEYS.items():
        rows = apps.get_model("units", model).objects
        for pk, name, stored in rows.values_list("pk", field, "sort_text"):
            if key(name) != stored:
                rows.filter(pk=pk).update(sort_text=key(name))


class Migration(migrations.Migration):
    dependencies = [("units", "0008_periods")]
    operations = [migrations.RunPython(make_keys, migrations.RunPython.noop)]
