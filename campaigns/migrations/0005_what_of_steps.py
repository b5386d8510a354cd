"""What the log says in words of campaigns is said in columns too, and which final review ended an interim one.

Words are read here for the last time.
"""

from collections import defaultdict

from django.db import migrations

# (about, how the words of an act begin, the slug); a wording that another one begins with stands behind it.
BEGINNINGS = [
    ("campaign", "Lập phong trào", "create_campaign"),
    ("campaign", "Sửa văn bản phát động", "correct_paper"),
    ("campaign", "Sửa đợt ", "change_review"),
    ("campaign", "Sửa", "edit_campaign"),
    ("campaign", "Xóa bản đang lập", "remove_campaign"),
    ("campaign", "Phát động", "launch"),
    ("campaign", "Soạn văn bản phát động", "draft_launch"),
    ("campaign", "Văn bản phát động bị thu hồi", "launch_recalled"),
    ("campaign", "Văn bản phát động được thay thế", "launch_replaced"),
    ("campaign", "Gắn nhiệm vụ phát động", "tie_duty"),
    ("campaign", "Gỡ nhiệm vụ phát động", "untie_duty"),
    ("campaign", "Ghi đã khen thưởng", "commend"),
    ("campaign", "Kết thúc phong trào", "close"),
    ("campaign", "Lùi bước «", "go_back"),
    ("campaign", "Mở đợt ", "open_review"),
    ("campaign", "Dừng tổ chức ", "stop_review"),
    ("campaign", "Thực hiện ", "hold_review"),
    ("campaign", "Thay báo cáo ", "replace_report"),
    ("campaign", "Thu hồi báo cáo ", "note_recall"),
    ("campaign", "Mở lại đợt ", "reopen_review"),
    ("campaign", "Hoãn", "adjust"),
    ("campaign", "Tiếp tục sau khi hoãn", "adjust"),
    ("campaign", "Đổi thời gian", "adjust"),
    ("campaign", "Dừng", "adjust"),
    ("campaign", "Thay bằng phong trào khác", "adjust"),
    ("campaign", "Rút lại điều chỉnh: ", "take_back"),
    ("campaign", "Rút đăng ký hưởng ứng: ", "withdraw_joining"),
    ("joining", "Đăng ký hưởng ứng", "join"),
    ("joining", "Sửa đăng ký", "change_joining"),
    ("joining", "Rút đăng ký", "withdraw_joining"),
    ("joining", "Ghi kết quả ", "write_result"),
    ("joining", "Gửi kết quả ", "send_result"),
    ("joining", "Trả lại kết quả ", "return_result"),
    ("example", "Ghi gương", "write_example"),
    ("example", "Sửa", "edit_example"),
    ("example", "Ghi sự đồng ý", "give_consent"),
    ("example", "Rút lại đồng ý", "withdraw_consent"),
    ("example", "Công bố", "publish"),
    ("example", "Thôi công bố", "take_off"),
    ("example", "Xóa theo yêu cầu", "erase"),
]
SUMMED_UP = "Đã tổng kết phong trào"
OF_REVIEW = [
    "open_review", "change_review", "stop_review", "stop_along", "hold_review", "replace_report", "note_recall",
    "reopen_review",
]  # fmt: skip
OF_RESULT = ["write_result", "send_result", "return_result"]
KINDS = {"interim": "sơ kết", "final": "tổng kết"}


def fill(apps, schema_editor):
    """Fill the new columns of what was told, and ``stopped_with`` of reviews."""
    get = apps.get_model
    rows, reviews = get("documents", "Change").objects, get("campaigns", "Review").objects
    for about, words, what in BEGINNINGS:
        rows.filter(about=about, what="", act__startswith=words).update(what=what)
    rows.filter(about="campaign", what="stop_review", reason=SUMMED_UP).update(what="stop_along")
    for row in reviews.filter(kind="interim", state="stopped", stopped_for=SUMMED_UP):
        row.stopped_with = reviews.filter(campaign=row.campaign_id, kind="final", state="held").first()
        row.save(update_fields=["stopped_with"])
    _fill_parts(rows.filter(about="campaign", what__in=OF_REVIEW), _named(reviews.all(), "campaign_id", "pk"))
    results = get("campaigns", "Result").objects.select_related("review")
    _fill_parts(rows.filter(about="joining", what__in=OF_RESULT), _named(results, "joining_id", "review"))
    adjustments = get("campaigns", "Adjustment").objects
    _fill_in_order(rows.filter(what="adjust"), adjustments.order_by("pk"))
    _fill_in_order(rows.filter(what="take_back"), adjustments.exclude(undone_at=None).order_by("undone_at"))


def _named(parts, of, review) -> dict:
    """{(key of the whole, how the words of an act end): key of the part}; a name that two parts bear is none's."""
    found = defaultdict(set)
    for row in parts.iterator(chunk_size=2000):
        told = row if review == "pk" else row.review
        kind = KINDS[told.kind]
        for name in (f"{kind} ({told.planned_on:%d/%m/%Y})", kind):
            found[getattr(row, of), name].add(row.pk)
    return {name: keys.pop() for name, keys in found.items() if len(keys) == 1}


def _fill_parts(rows, parts):
    """By kind and planned day; where the day was another then, by the kind where there is one of it alone."""
    found = []
    for row in rows.filter(of=None).iterator(chunk_size=2000):
        kind = next(kind for kind in KINDS.values() if f" {kind} (" in row.act)
        name = row.act[row.act.index(f" {kind} (") + 1 :]
        row.of = parts.get((row.key, name)) or parts.get((row.key, kind))
        found.append(row)
    rows.model.objects.bulk_update(found, ["of"], batch_size=500)


def _fill_in_order(rows, parts):
    """Each part left one row, in the order of the parts."""
    told, keys = defaultdict(list), defaultdict(list)
    for row in rows.filter(about="campaign", of=None).order_by("pk"):
        told[row.key].append(row)
    for row in parts:
        keys[row.campaign_id].append(row.pk)
    found = []
    for campaign, own in told.items():
        if len(own) == len(keys[campaign]):
            for row, row.of in zip(own, keys[campaign], strict=True):
                found.append(row)
    rows.model.objects.bulk_update(found, ["of"], batch_size=500)


class Migration(migrations.Migration):
    """Fills columns from words."""

    dependencies = [
        ("documents", "0022_steps_of_the_log"),
        ("campaigns", "0004_stopped_with"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
