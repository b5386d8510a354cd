"""The log of ballots names each step and who voted; of old rows the words tell, for the last time."""

from django.db import migrations

STEPS = {
    "Sửa": "edit",
    "Mở bỏ phiếu": "open",
    "Hủy cuộc bỏ phiếu": "cancel",
    "Kiểm phiếu": "count",
    "Hủy kết quả kiểm phiếu": "annul",
}
# With the name of the ballot behind them.
NAMED = {"Chuẩn bị: ": "prepare", "Xóa bản chuẩn bị: ": "remove"}
VOTED = " đã bỏ phiếu"


def fill_steps(apps, schema_editor):
    """Give each old row its step, and its voter where a unit of that name was entitled."""
    rows = apps.get_model("documents", "Change").objects.filter(about="ballot", what="")
    for act, what in STEPS.items():
        rows.filter(act=act).update(what=what)
    for words, what in NAMED.items():
        rows.filter(act__startswith=words).update(what=what)
    voters = apps.get_model("clusters", "Voter").objects.values_list("ballot", "membership__unit__name", "pk")
    known = {(ballot, name): pk for ballot, name, pk in voters}
    found = list(rows.filter(act__endswith=VOTED).only("key", "act"))
    for row in found:
        row.what, row.of = "vote", known.get((row.key, row.act.removesuffix(VOTED)))
    rows.model.objects.bulk_update(found, ["what", "of"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("clusters", "0013_steps_of_pacts")]

    operations = [migrations.RunPython(fill_steps, migrations.RunPython.noop)]
