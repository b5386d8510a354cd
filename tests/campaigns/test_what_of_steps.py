"""What the log said in words before it had columns is said in them, for every wording there was."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from campaigns.models import Adjustment, Joining, Result, Review
from documents.models import Change

from .conftest import TODAY, cited

MIGRATION = import_module("campaigns.migrations.0005_what_of_steps")
# (about, words of an act, slug, which part: a review, a result, an adjustment by its place)
ROWS = [
    ("campaign", "Lập phong trào", "create_campaign", None),
    ("campaign", "Sửa", "edit_campaign", None),
    ("campaign", "Xóa bản đang lập", "remove_campaign", None),
    ("campaign", "Phát động", "launch", None),
    ("campaign", "Sửa văn bản phát động", "correct_paper", None),
    ("campaign", "Soạn văn bản phát động", "draft_launch", None),
    ("campaign", "Văn bản phát động bị thu hồi", "launch_recalled", None),
    ("campaign", "Văn bản phát động được thay thế", "launch_replaced", None),
    ("campaign", "Gắn nhiệm vụ phát động", "tie_duty", None),
    ("campaign", "Gỡ nhiệm vụ phát động", "untie_duty", None),
    ("campaign", "Ghi đã khen thưởng", "commend", None),
    ("campaign", "Kết thúc phong trào", "close", None),
    ("campaign", "Lùi bước «Đã khen thưởng»", "go_back", None),
    ("campaign", "Mở đợt sơ kết (15/07/2026)", "open_review", "interim"),
    ("campaign", "Sửa đợt sơ kết (15/07/2026)", "change_review", "interim"),
    ("campaign", "Dừng tổ chức sơ kết (15/07/2026)", "stop_review", "interim"),
    ("campaign", "Mở đợt sơ kết (01/02/2026)", "open_review", None),
    ("campaign", "Mở đợt tổng kết (01/02/2026)", "open_review", "final"),
    ("campaign", "Thực hiện tổng kết (20/12/2026)", "hold_review", "final"),
    ("campaign", "Thay báo cáo tổng kết (20/12/2026)", "replace_report", "final"),
    ("campaign", "Thu hồi báo cáo tổng kết (20/12/2026)", "note_recall", "final"),
    ("campaign", "Mở lại đợt tổng kết (20/12/2026)", "reopen_review", "final"),
    ("campaign", "Hoãn", "adjust", 0),
    ("campaign", "Tiếp tục sau khi hoãn", "adjust", 1),
    ("campaign", "Đổi thời gian (gia hạn, rút ngắn, dời ngày)", "adjust", 2),
    ("campaign", "Dừng", "adjust", 3),
    ("campaign", "Rút lại điều chỉnh: dừng theo 187/UBND-SNV", "take_back", 3),
    ("campaign", "Thay bằng phong trào khác", "adjust", 4),
    ("campaign", "Rút đăng ký hưởng ứng: UBND xã Ba Sơn", "withdraw_joining", None),
    ("joining", "Đăng ký hưởng ứng", "join", None),
    ("joining", "Sửa đăng ký", "change_joining", None),
    ("joining", "Rút đăng ký", "withdraw_joining", None),
    ("joining", "Ghi kết quả tổng kết (20/12/2026)", "write_result", "result"),
    ("joining", "Gửi kết quả tổng kết (20/12/2026)", "send_result", "result"),
    ("joining", "Trả lại kết quả tổng kết (20/12/2026)", "return_result", "result"),
    ("example", "Ghi gương", "write_example", None),
    ("example", "Sửa", "edit_example", None),
    ("example", "Ghi sự đồng ý", "give_consent", None),
    ("example", "Rút lại đồng ý", "withdraw_consent", None),
    ("example", "Công bố", "publish", None),
    ("example", "Thôi công bố", "take_off", None),
    ("example", "Xóa theo yêu cầu", "erase", None),
    ("pact", "Dừng", "", None),
]


@pytest.fixture
def parts(campaign, communes, officer):
    """{what a row of the log is about: the row}; of two interim reviews only the day tells which."""
    letter = cited("187/UBND-SNV", "CV", date(2026, 6, 1))
    final = Review.objects.create(
        campaign=campaign, kind="final", planned_on=date(2026, 12, 20), state="held", held_on=TODAY, document=letter
    )
    stopped = {"state": "stopped", "stopped_by": letter, "stopped_on": TODAY, "stopped_for": "Đã tổng kết phong trào"}
    interim = Review.objects.create(campaign=campaign, kind="interim", planned_on=date(2026, 7, 15), **stopped)
    Review.objects.create(
        campaign=campaign, kind="interim", planned_on=date(2026, 9, 15), **stopped | {"stopped_for": "Dịch"}
    )
    joining = Joining.objects.create(campaign=campaign, unit=communes[0], people=1, joined_on=TODAY, by=officer)
    result = Result.objects.create(joining=joining, review=final, people=1, words="Tốt", by=officer)
    facts = {"campaign": campaign, "effective_on": TODAY, "paper": letter, "reason": "Dịch", "by": officer}
    found = {"final": final, "interim": interim, "result": result, "joining": joining}
    for place, kind in enumerate(("postpone", "resume", "change", "stop", "change")):
        found[place] = Adjustment.objects.create(kind=kind, state_before="launched", **facts)
    Adjustment.objects.filter(pk=found[3].pk).update(undone_at=timezone.now(), undone_by=officer, undone_for="Nhầm")
    return found


def test_every_wording_has_its_slug_and_its_part(campaign, parts, officer):
    keys = {"campaign": campaign.pk, "joining": parts["joining"].pk}
    rows = [
        Change.objects.create(about=about, key=keys.get(about, 7), act=act, by=officer) for about, act, _, _ in ROWS
    ]
    along = Change.objects.create(
        about="campaign",
        key=campaign.pk,
        act="Dừng tổ chức sơ kết (15/07/2026)",
        reason="Đã tổng kết phong trào",
        by=officer,
    )
    newer = Change.objects.create(about="campaign", key=campaign.pk, what="close", act="Phát động", by=officer)
    MIGRATION.fill(apps, None)
    found = dict(Change.objects.values_list("pk", "what"))
    assert [found[row.pk] for row in rows] == [what for _, _, what, _ in ROWS]
    assert (found[along.pk], found[newer.pk]) == ("stop_along", "close")
    of = dict(Change.objects.values_list("pk", "of"))
    expected = [parts[part].pk if part is not None else None for _, _, _, part in ROWS]
    assert [of[row.pk] for row in rows] == expected
    assert list(Review.objects.filter(stopped_with=parts["final"])) == [parts["interim"]]
