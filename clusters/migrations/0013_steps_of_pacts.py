"""The log of pacts names each step and the party it was taken for; of old rows the words tell, for the last time."""

from django.db import migrations

STEPS = {
    "Soạn giao ước": "begin",
    "Sửa giao ước": "write",
    "Đưa ra ký": "open",
    "Cập nhật các bên": "renew",
    "Các bên đã ký đủ": "signed",
    "Gắn bản đã ký": "scan",
    "Bỏ tệp gắn nhầm": "unscan",
    "Soạn tờ trình": "draft_submission",
    "Ghi ngày trình": "submit",
    "Bỏ ngày trình ghi nhầm": "unsubmit",
    "Ghi xác nhận của Hội đồng": "confirm",
    "Bỏ xác nhận ghi nhầm": "unconfirm",
    "Lấy về sửa": "take_back",
    "Trả lại để sửa": "return",
}
# What stands before and behind the name of the party.
OF_A_PARTY = [
    ("Ghi chữ ký trên giấy của ", "", "record"),
    ("Bỏ chữ ký trên giấy đã ghi của ", "", "unrecord"),
    ("Ghi kết quả trên giấy của ", "", "report_on_paper"),
    ("Đăng ký của ", "", "register"),
    ("Kết quả của ", "", "report"),
    ("", " bỏ chữ ký đã ghi", "unsign"),
    ("", " ký", "sign"),
]


def step_of(act):
    """The slug of the step for a party that ``act`` tells of, and the name of the party; both empty for what is none."""
    for before, behind, what in OF_A_PARTY:
        if act.startswith(before) and act.endswith(behind):
            return what, act[len(before) : len(act) - len(behind)]
    return "", ""


def fill_steps(apps, schema_editor):
    """Give each old row its step, and its party where a unit of that name is party to the pact."""
    parties = apps.get_model("clusters", "Party").objects.values_list("pact", "membership__unit__name", "pk")
    known = {(pact, name): pk for pact, name, pk in parties}
    Change = apps.get_model("documents", "Change")
    rows = Change.objects.filter(about="pact", what="")
    for act, what in STEPS.items():
        rows.filter(act=act).update(what=what)
    found = list(rows.only("key", "act"))
    for row in found:
        row.what, name = step_of(row.act)
        row.of = known.get((row.key, name))
    Change.objects.bulk_update(found, ["what", "of"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("clusters", "0012_what_holds_ends_after_it_began")]

    operations = [migrations.RunPython(fill_steps, migrations.RunPython.noop)]
