"""Plans: begun, changed, issued by a paper, closed; the next cycle from the last; who may do what with one."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from conferences.models import Event, Level, Plan, Quota, Required
from conferences.plans import actions, papers
from conferences.plans.actions import STEPS
from conferences.plans.models import OF_PLAN, Form
from documents.models import Change
from documents.steps.refusing import Refused
from tests.conftest import make_unit
from tests.walking import turns_of, walk
from units.models import Unit

KEEPS = {"edit", "edit_levels", "edit_required", "set_quotas"}
FROM = {
    "draft": KEEPS | {"issue", "discard"},
    "issued": KEEPS | {"close", "replace_paper"},
    "closed": {"reopen", "replace_paper"},
}
BY_PAGE = KEEPS | {"replace_paper"}


def _facts(plan, **more):
    return {
        "name": plan.name, "number": plan.number, "national": plan.national, "serves_from": plan.serves_from,
        "serves_until": plan.serves_until, "recognised_from": f"{plan.recognised_from:%d/%m/%Y}",
        "report_days": plan.report_days, "aims": "Tôn vinh điển hình", "version": plan.version,
    } | more  # fmt: skip


def _stands(plan, state):
    Plan.objects.filter(pk=plan.pk).update(state=state, issued_on=None if state == "draft" else date(2025, 12, 1))
    plan.refresh_from_db()
    return plan


@pytest.mark.parametrize("state", FROM)
def test_who_may_do_what_with_a_plan(state, plan, people, client_of, paper):
    paper()
    _stands(plan, state)
    steps = FROM[state] - BY_PAGE
    walk(
        STEPS, lambda: Plan.objects.get(pk=plan.pk), turns_of(people), client_of,
        may={who: steps if who in ("officer", "leader") else set() for who in people},
        typed={"issue": {"paper": "125/KH-UBND"}}, reasons={"reopen"}, but=BY_PAGE,
        known=lambda row: Change.objects.filter(about="conference_plan", key=row.pk).count(),
    )  # fmt: skip


def test_drafts_are_of_the_department_alone_and_issued_ones_for_all(plan, own, officer, client_of):
    assert client_of(own).get(plan.get_absolute_url()).status_code == 200
    assert client_of(own).get(reverse("edit_plan", args=[plan.pk])).status_code == 403
    _stands(plan, "draft")
    assert client_of(own).get(plan.get_absolute_url()).status_code == 404
    assert client_of(officer).get(plan.get_absolute_url()).status_code == 200


def test_plan_is_begun_with_its_shares(officer, client_of, db):
    new = Plan(
        name="Đại hội lần thứ VIII", number=8, national=13, serves_from=2025, serves_until=2030,
        recognised_from=date(2025, 9, 10),
    )  # fmt: skip
    answer = client_of(officer).post(reverse("new_plan"), _facts(new, share_woman="30", share_young="12,5"))
    made = Plan.objects.get()
    assert answer.url == made.get_absolute_url()
    assert dict(made.shares.values_list("trait", "percent")) == {"woman": Decimal(30), "young": Decimal("12.5")}
    again = client_of(officer).post(reverse("new_plan"), _facts(new))
    assert again.status_code == 422
    assert "Hãy mở kế hoạch đó" in again.content.decode()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"serves_until": 2019}, "Năm cuối phải từ năm đầu trở đi"),
        ({"share_woman": "101"}, "nhiều nhất là 100 %"),
        ({"recognised_from": "31/02/2020"}, 'id="id_recognised_from_error"'),
        ({"reason": ""}, "Hãy ghi lý do sửa"),
    ],
)
def test_bad_facts_are_told_beside_their_field(plan, officer, client_of, typed, words):
    answer = client_of(officer).post(reverse("edit_plan", args=[plan.pk]), _facts(plan) | typed)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Plan.objects.get(pk=plan.pk).version == plan.version


def test_issued_plan_changes_with_a_reason_that_the_log_keeps(plan, officer, client_of):
    typed = _facts(plan, report_days=45, reason="Theo Kế hoạch điều chỉnh 12/KH-UBND", share_party="10")
    assert client_of(officer).post(reverse("edit_plan", args=[plan.pk]), typed).status_code == 302
    told = Change.objects.get(about="conference_plan", key=plan.pk, what="edit")
    assert told.reason == "Theo Kế hoạch điều chỉnh 12/KH-UBND"
    assert Plan.objects.get(pk=plan.pk).report_days == 45


def _level(plan, name, **more):
    row = plan.levels.get(name=name)
    facts = {"name": row.name, "begins_on": f"{row.begins_on:%d/%m/%Y}", "ends_on": f"{row.ends_on:%d/%m/%Y}"}
    facts |= {"unit_kinds": row.unit_kinds, "sent_up": row.sent_up, "version": plan.version, "reason": "Điều chỉnh"}
    return reverse("edit_level", args=[plan.pk, row.pk]), facts | more


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"unit_kinds": ["commune", "front"]}, "đã ghi ở cấp «Cấp xã»"),
        ({"unit_kinds": []}, "Hãy chọn loại đơn vị"),
        ({"ends_on": "30/06/2026"}, "Ngày cuối phải từ ngày đầu trở đi"),
        ({"is_congress": "on"}, "Đại hội của tỉnh đã ghi ở cấp"),
    ],
)
def test_levels_that_do_not_fit_are_refused(plan, officer, client_of, more, words):
    address, typed = _level(plan, "Sở, ban, ngành", **more)
    answer = client_of(officer).post(address, typed)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_levels_are_added_changed_and_taken_out_in_the_order_of_their_windows(plan, officer, client_of):
    client = client_of(officer)
    address, typed = _level(plan, "Sở, ban, ngành", begins_on="01/04/2026")
    assert client.post(address, typed).status_code == 302
    assert [row.name for row in plan.levels.all()] == ["Sở, ban, ngành", "Cấp xã", "Tỉnh"]
    plan.refresh_from_db()
    new = {"name": "Doanh nghiệp", "begins_on": "01/05/2026", "ends_on": "31/05/2026", "unit_kinds": ["enterprise"]}
    address = reverse("new_level", args=[plan.pk])
    assert client.post(address, new | {"version": plan.version, "reason": "Thêm"}).status_code == 302
    assert plan.levels.get(name="Doanh nghiệp").sent_up == 0
    plan.refresh_from_db()
    out = reverse("drop_level", args=[plan.pk, plan.levels.get(name="Doanh nghiệp").pk])
    assert client.post(out, {"version": plan.version, "reason": "Bỏ"}).status_code == 302
    assert plan.levels.count() == 3


def test_level_that_a_conference_is_held_in_stays(plan, event, officer):
    rows = [row for row in plan.levels.all() if row.pk != event.level_id]
    with pytest.raises(Refused, match="đang được dùng ở: hội nghị"):
        actions.edit_levels(plan, by=officer, rows=rows, reason="Bỏ")


def test_contents_are_kept_by_their_key(plan, officer, client_of):
    kept = plan.required.get()
    lines = {"form-TOTAL_FORMS": 3, "form-INITIAL_FORMS": 1, "version": plan.version, "reason": "Bổ sung"}
    lines |= {"form-0-key": kept.pk, "form-0-content": "Báo cáo 5 năm", "form-0-kind": "programme"}
    lines |= {"form-0-minutes": 40, "form-0-ORDER": 2}
    lines |= {"form-1-content": "Đánh giá phong trào", "form-1-kind": "content", "form-1-ORDER": 1}
    lines |= {"form-2-content": "", "form-2-kind": "programme", "form-2-ORDER": 3}
    assert client_of(officer).post(reverse("edit_required", args=[plan.pk]), lines).status_code == 302
    assert list(plan.required.values_list("words", "minutes")) == [("Đánh giá phong trào", None), ("Báo cáo 5 năm", 40)]
    assert Required.objects.filter(pk=kept.pk, words="Báo cáo 5 năm").exists()


def test_a_content_is_told_in_a_part_of_the_same_plan_that_stays(plan, officer, client_of):
    part, address = plan.required.get(), reverse("edit_required", args=[plan.pk])
    content = plan.required.create(kind="content", words="Đánh giá phong trào")
    lines = {"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 2, "reason": "Bổ sung"}
    lines |= {"form-0-key": part.pk, "form-0-content": "Báo cáo", "form-0-kind": "programme", "form-0-ORDER": 1}
    lines |= {"form-1-key": content.pk, "form-1-content": content.words, "form-1-kind": "content", "form-1-ORDER": 2}

    def post(**more):
        plan.refresh_from_db()
        return client_of(officer).post(address, lines | {"version": plan.version, "form-1-told_in": part.pk} | more)

    assert post(**{"form-1-told_in": "999999"}).status_code == 422, "no part of this plan"
    assert post().status_code == 302
    content.refresh_from_db()
    assert content.told_in == part
    log = Change.objects.filter(about="conference_plan", key=plan.pk).latest("pk")
    assert "Đánh giá phong trào (ở phần «Báo cáo»)" in log.changes["Nội dung, chương trình"][1]
    assert "ở phần «Báo cáo»" in client_of(officer).get(plan.get_absolute_url()).content.decode()
    assert post(**{"form-0-kind": "content"}).status_code == 302
    content.refresh_from_db()
    assert content.told_in is None, "what is no part of the programme any more tells nothing"


# --- The next cycle


def test_next_cycle_begins_from_the_last_in_one_click(plan, province, commune, officer, client_of):
    gone = make_unit("xa-cu", "UBND xã Cũ", kind=Unit.Kind.COMMUNE, ended=date(2026, 8, 1))
    make_unit("so-van-hoa", "Sở Văn hóa")
    Quota.objects.bulk_create(Quota(plan=plan, unit=unit, number=4) for unit in (commune, gone))
    plan.shares.create(trait="woman", percent=30)
    plan.required.create(kind="content", words="Đánh giá 5 năm", told_in=plan.required.get())
    plan.qualifying = ["BKT"]
    plan.name = "Hội nghị các cấp và Đại hội lần thứ VII"
    plan.save()
    answer = client_of(officer).post(reverse("begin_next_plan", args=[plan.pk]))
    new = Plan.objects.get(number=8)
    assert answer.url == new.get_absolute_url()
    assert (new.national, new.serves_from, new.serves_until, new.state) == (13, 2025, 2030, "draft")
    assert (new.previous, new.name, new.qualifying) == (plan, "Hội nghị các cấp và Đại hội lần thứ VIII", ["BKT"])
    first = new.levels.first()
    assert (first.begins_on, first.ends_on) == (date(2031, 5, 1), date(2031, 9, 30))
    # There is no body of the Front alive here: its kind goes out.
    assert new.levels.get(name="Sở, ban, ngành").unit_kinds == ["department"]
    assert [row.unit for row in new.quotas.all()] == [commune], "the unit that ended sends nobody"
    assert (new.required.count(), new.shares.count()) == (2, 1)
    assert new.required.get(kind="content").told_in == new.required.get(kind="programme")
    assert plan.levels.count() == 3, "the last one stays as it was"
    with pytest.raises(Refused, match="Hãy mở kế hoạch đó"):
        actions.begin_next(plan, by=officer)


def test_recognition_counts_from_the_day_after_the_congress(plan, province, officer):
    Event.objects.create(
        unit=province, plan=plan, level=plan.levels.get(is_congress=True), kind="congress", name="Đại hội", by=officer,
        day=date(2026, 11, 20), state="reported", held_on=date(2026, 11, 20),
    )  # fmt: skip
    assert actions.begin_next(plan, by=officer).recognised_from == date(2026, 11, 21)


def test_no_cycle_follows_a_draft(plan, officer, own):
    with pytest.raises(Refused, match="Sở Nội vụ"):
        actions.begin_next(plan, by=own)
    _stands(plan, "draft")
    with pytest.raises(Refused, match="chưa ban hành"):
        actions.begin_next(plan, by=officer)


def test_no_cycle_lies_beyond_what_may_be_written(plan, officer):
    plan.levels.filter(is_congress=True).update(ends_on=date(2098, 12, 31))
    with pytest.raises(Refused, match="lùi 5 năm thì quá năm 2100"):
        actions.begin_next(plan, by=officer)
    plan.number = 99
    plan.save()
    with pytest.raises(Refused, match="đại hội của tỉnh lần thứ 100, quá 99"):
        actions.begin_next(plan, by=officer)
    assert Plan.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"begins_on": "01/01/0001"}, "Hãy ghi ngày từ 01/01/1945 trở đi."),
        ({"ends_on": "31/12/9999"}, "Hãy ghi ngày đến 31/12/2100."),
        ({"ends_on": "30/04/2026"}, "Ngày cuối phải từ ngày đầu trở đi."),
        ({"sent_up": "99999999999"}, "Giá trị không được lớn hơn 9999."),
    ],
)
def test_a_year_that_was_typed_wrong_is_told_beside_its_field(plan, officer, client_of, typed, field):
    good = {"name": "Doanh nghiệp", "begins_on": "01/05/2026", "ends_on": "31/05/2026", "unit_kinds": ["enterprise"]}
    address = reverse("new_level", args=[plan.pk])
    answer = client_of(officer).post(address, good | {"version": plan.version, "reason": "Thêm"} | typed)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors.values()) == [[field]]


# --- Its paper


def test_plan_says_what_it_lacks(officer, db):
    new = Plan.objects.create(
        name="Đại hội",
        number=9,
        national=14,
        serves_from=2030,
        serves_until=2035,
        recognised_from=date(2030, 1, 1),
        by=officer,
    )
    with pytest.raises(Refused, match=r"Chưa ghi cấp nào.*Chưa ghi nội dung"):
        papers.draft(new, by=officer)
    Level.objects.create(
        plan=new, name="Xã", unit_kinds=["commune"], begins_on=date(2031, 1, 1), ends_on=date(2031, 2, 1)
    )
    assert "Chưa ghi đại hội của tỉnh ở cấp nào." in actions.faults_of(new)


def test_paper_says_forms_windows_and_delegates_and_issues_the_plan(plan, commune, officer):
    _stands(plan, "draft")
    make_unit("hoi-dong", "Hội đồng Thi đua - Khen thưởng tỉnh", kind=Unit.Kind.PROVINCE)
    Level.objects.filter(plan=plan, name="Cấp xã").update(unit_kinds=["commune", "office"])
    plan.shares.create(trait="woman", percent="30.5")
    Quota.objects.create(plan=plan, unit=commune, number=4)
    paper = papers.draft(plan, by=officer)
    assert (paper.type.code, paper.issuer_unit.code) == ("KH", "ubnd-tinh")
    assert {row.key for row in paper.addressees.all()} == {"loai:commune", "loai:department", "loai:front"}
    for words in (
        *(f"“{form.label}”" for form in Form), "Dưới 200 người: hội nghị toàn thể", "Từ 01/5/2026 đến 30/9/2026",
        "Nữ từ 30,5% trở lên", "UBND xã Ba Sơn", "ngày 10 tháng 9 năm 2020", "trong 30 ngày",
    ):  # fmt: skip
        assert words in paper.body
    with pytest.raises(Refused, match="Hãy dùng văn bản đó"):
        papers.draft(plan, by=officer)
    with pytest.raises(Refused, match="đang có văn bản soạn dở"):
        actions.discard(plan, by=officer)
    paper.year, paper.month, paper.day, paper.issued_by = 2026, 6, 10, officer
    papers.hear(paper, "issued")
    plan.refresh_from_db()
    assert (plan.state, plan.document, plan.issued_on) == ("issued", paper, date(2026, 6, 10))
    assert list(OF_PLAN.of(plan.pk)) == [paper]


def test_paper_of_a_plan_that_is_gone_is_not_issued(plan, officer):
    _stands(plan, "draft")
    paper = papers.draft(plan, by=officer)
    Plan.objects.filter(pk=plan.pk).delete()
    with pytest.raises(Refused, match="đã bị xóa"):
        papers.hear(paper, "issued")


def test_nothing_rests_on_a_paper_that_was_recalled(plan, officer, paper):
    _stands(plan, "draft")
    letter = paper()
    letter.state = "recalled"
    with pytest.raises(Refused, match="đã thu hồi"):
        actions.issue(plan, by=officer, paper=letter)


def test_conferences_that_a_new_window_leaves_outside_are_told(plan, event, officer, client_of):
    page = client_of(officer).get(plan.get_absolute_url()).content.decode()
    assert "Ngoài thời gian của cấp" not in page
    plan.levels.filter(pk=event.level_id).update(ends_on=date(2026, 7, 19))
    page = client_of(officer).get(plan.get_absolute_url()).content.decode()
    assert "1 hội nghị đã lập trước khi sửa thời gian" in page
    Event.objects.filter(pk=event.pk).update(state="reported", held_on=event.day)
    assert actions.outside(plan) == 0
