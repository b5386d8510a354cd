"""Reviews of a campaign: planned, stopped by a paper, held; what units report; the report with its tables; who may."""

import io
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from campaigns.area import REPORT
from campaigns.models import Campaign, Example, Joining, Result, ResultFile, Review
from campaigns.reviews import actions as reviewing
from campaigns.reviews import results
from campaigns.reviews.forms import Parts
from campaigns.reviews.papers import draft_report
from campaigns.reviews.sums import lines_of, totals
from documents.life.actions import approve, discard, submit
from documents.life.issuing import issue
from documents.models import Change, Document, Effect, Upload
from documents.printing.pages import faults_of, pdf_of
from documents.source.blanks import blanks
from documents.steps.refusing import Refused, Stale
from units.models import Role, Unit

from ...conftest import is_too_wide, let_number_for, make_unit, make_user, overflowing
from ...exported import exported_rows, table_of
from ..conftest import PEOPLE, TODAY, cited, make_campaign
from ..joinings.test_joining import goal, joined

State, Kind = Review.State, Review.Kind
PLANNED = date(2026, 7, 15)


def plan(campaign, by, **facts):
    """A review that is open."""
    facts = {"kind": Kind.INTERIM, "planned_on": PLANNED, "reports_until": date(2026, 6, 30)} | facts
    return reviewing.open_review(Review(campaign=campaign, **facts), by=by)


@pytest.fixture
def review(campaign, officer):
    return plan(campaign, officer)


@pytest.fixture
def row(campaign, bason):
    """What UBND xã Ba Sơn registered: a road of 5 km, 100 trees."""
    return joined(campaign, bason, [goal(), goal("Trồng cây", "cây", "100")])


def tell(row, review, by, *figures, is_sent=True, **facts):
    """What a unit reports, sent unless told otherwise."""
    facts = {"people": 110, "collectives": 2, "works": 7, "words": "Đã làm 4 km đường"} | facts
    keys = list(row.goals.values_list("pk", flat=True))
    parts = Parts(figures={key: None if one is None else Decimal(one) for key, one in zip(keys, figures, strict=False)})
    result = results.save(Result(joining=row, review=review, **facts), parts, by=by, seen_version=0)
    return results.send(result, by=by) if is_sent else result


@pytest.fixture
def result(row, review, bason):
    return tell(row, review, bason, 4, 120)


def picture(name="anh.jpg"):
    content = io.BytesIO()
    Image.new("RGB", (60, 40), "#336699").save(content, "JPEG")
    return SimpleUploadedFile(name, content.getvalue(), "image/jpeg")


def form_of(row, *figures, **changes):
    """What the form of a result posts."""
    keys = row.goals.values_list("pk", flat=True)
    data = {"people": "110", "collectives": "2", "works": "7", "words": "Đã làm đường", "version": "0"}
    return data | {f"reached_{key}": one for key, one in zip(keys, figures, strict=False)} | changes


def may(act) -> bool:
    """Whether an action is not refused."""
    try:
        act()
    except Refused:
        return False
    return True


# --- Planning


def test_a_review_is_opened_from_its_form(campaign, officer, client_of):
    client = client_of(officer)
    url = reverse("new_review", args=[campaign.pk])
    page = client.get(url)
    assert page.context["form"]["planned_on"].value() == PLANNED
    data = {
        "kind": "interim",
        "form": "conference",
        "planned_on": "20/07/2026",
        "reports_until": "10/07/2026",
        "version": 1,
    }
    response = client.post(url, data)
    assert response.url == reverse("campaign_reviews", args=[campaign.pk])
    made = Review.objects.get()
    assert (made.kind, made.form, made.state, made.planned_on) == ("interim", "conference", "open", date(2026, 7, 20))
    told = Change.objects.filter(about="campaign", key=campaign.pk).first()
    assert told.act == "Mở đợt sơ kết (20/07/2026)"
    assert "Đang nhận báo cáo" in client.get(response.url).content.decode()


@pytest.mark.parametrize(
    ("field", "facts", "words"),
    [
        ("planned_on", {"planned_on": "14/01/2026"}, "Phong trào bắt đầu ngày 15/01/2026"),
        ("reports_until", {"reports_until": "16/07/2026"}, "đến ngày dự kiến"),
        ("reports_until", {"reports_until": "14/01/2026"}, "Hạn báo cáo phải từ ngày bắt đầu"),
        ("planned_on", {"planned_on": "2026"}, "ngày"),
        ("planned_on", {"planned_on": "01/01/1999"}, "từ năm 2000 đến năm 2100"),
        ("planned_on", {"planned_on": "31/12/9999"}, "từ năm 2000 đến năm 2100"),
        ("reports_until", {"reports_until": "01/01/0001"}, "từ năm 2000 đến năm 2100"),
        ("planned_on", {"planned_on": "16/12/2027"}, "không quá một năm sau đó"),
    ],
)
def test_a_day_that_cannot_be_is_told_beside_its_field(campaign, officer, client_of, field, facts, words):
    data = {"kind": "interim", "form": "report", "planned_on": "15/07/2026", "version": 1} | facts
    response = client_of(officer).post(reverse("new_review", args=[campaign.pk]), data)
    assert response.status_code == 422
    assert words in str(response.context["form"].errors[field])
    assert not Review.objects.exists()


def test_a_review_is_planned_up_to_a_year_after_the_end(campaign, officer):
    assert plan(campaign, officer, planned_on=date(2027, 12, 15)).pk
    Campaign.objects.update(ends_on=date(9999, 12, 31))
    assert plan(campaign, officer, planned_on=date(2100, 12, 31)).pk
    with pytest.raises(Refused, match="đến năm 2100"):
        plan(campaign, officer, planned_on=date(2101, 1, 1))


def test_a_second_final_review_is_refused_until_the_first_is_stopped(campaign, officer):
    first = plan(campaign, officer, kind=Kind.FINAL, planned_on=date(2026, 12, 20))
    with pytest.raises(Refused, match="đã có đợt tổng kết") as refused:
        plan(campaign, officer, kind=Kind.FINAL, planned_on=date(2026, 12, 21))
    assert refused.value.field == "kind"
    plan(campaign, officer)
    plan(campaign, officer, planned_on=date(2026, 9, 1))
    reviewing.stop(first, by=officer, paper=cited("77/UBND-SNV", "CV"), day=TODAY, reason="Dịch bệnh")
    assert plan(campaign, officer, kind=Kind.FINAL, planned_on=date(2026, 12, 21)).pk
    assert Review.objects.count() == 4


@pytest.mark.parametrize(
    ("state", "kinds"),
    [
        ("draft", []),
        ("launched", ["interim", "final"]),
        ("interim", ["interim", "final"]),
        ("final", []),
        ("commended", []),
        ("closed", []),
        ("postponed", []),
        ("stopped", []),
    ],
)
def test_in_which_state_which_review_is_planned(province, officer, client_of, state, kinds):
    campaign = make_campaign(province, officer, state=state)
    assert [kind for kind in Kind.values if may(lambda kind=kind: plan(campaign, officer, kind=kind))] == kinds
    Review.objects.all().delete()
    response = client_of(officer).get(reverse("new_review", args=[campaign.pk]))
    assert response.status_code == (404 if state == "draft" else 200 if kinds else 302)


def test_a_plan_is_changed_and_a_stale_change_is_refused(review, campaign, officer, leader, client_of):
    url = reverse("edit_review", args=[review.pk])
    version = client_of(officer).get(url).context["form"]["version"].value()
    data = {"kind": "interim", "form": "report", "planned_on": "01/08/2026", "version": version}
    assert client_of(leader).post(url, data).status_code == 302
    response = client_of(officer).post(url, data | {"planned_on": "02/08/2026"})
    assert response.status_code == 422
    assert "Trần Văn Đăng đã lưu một bản mới hơn" in response.content.decode()
    review.refresh_from_db()
    assert review.planned_on == date(2026, 8, 1)
    again = data | {"planned_on": "02/08/2026", "version": response.context["form"]["version"].value()}
    assert client_of(officer).post(url, again).status_code == 302
    review.refresh_from_db()
    assert review.planned_on == date(2026, 8, 2)
    with pytest.raises(Stale):
        reviewing.open_review(Review(campaign=campaign, kind="final", planned_on=PLANNED), by=officer, seen_version=1)


def test_a_plan_changes_only_to_a_kind_for_which_it_is_time(review, campaign, officer):
    Campaign.objects.filter(pk=campaign.pk).update(state=Campaign.State.POSTPONED)
    changed = Review(pk=review.pk, campaign=campaign, kind="final", planned_on=PLANNED)
    with pytest.raises(Refused, match="không tổng kết được"):
        reviewing.change_review(review, by=officer, plan=changed)
    Campaign.objects.filter(pk=campaign.pk).update(state=Campaign.State.LAUNCHED)
    assert reviewing.change_review(review, by=officer, plan=changed).kind == "final"


def test_the_kind_stays_once_units_reported(review, result, officer):
    changed = Review(campaign=review.campaign, kind="final", planned_on=PLANNED)
    with pytest.raises(Refused, match="không đổi loại") as refused:
        reviewing.change_review(review, by=officer, plan=changed)
    assert refused.value.field == "kind"


def test_the_kind_stays_while_there_is_a_report(review, officer):
    changed = Review(campaign=review.campaign, kind="final", planned_on=PLANNED)
    paper = draft_report(review, by=officer)
    with pytest.raises(Refused, match="không đổi loại"):
        reviewing.change_review(review, by=officer, plan=changed)
    discard(paper, by=officer)
    assert reviewing.change_review(review, by=officer, plan=changed).kind == "final"


# --- Stopping, holding


def test_a_conference_is_stopped_by_a_letter_and_a_report_studied_instead(campaign, review, officer, client_of):
    """The seed's own case."""
    cited("211/UBND-SNV", "CV", date(2026, 6, 10))
    report = cited("50/BC-UBND", "BC", date(2026, 6, 1))
    client = client_of(officer)
    url = reverse("stop_review", args=[review.pk])
    version = client.get(url).context["form"]["version"].value()
    data = {"paper": "211/UBND-SNV", "day": "10/06/2026", "reason": "Phòng, chống dịch", "substitute": "50/BC-UBND"}
    assert client.post(url, data | {"version": version}).url == reverse("review", args=[review.pk])
    review.refresh_from_db()
    campaign.refresh_from_db()
    assert (review.state, review.stopped_on, review.document) == ("stopped", date(2026, 6, 10), report)
    assert campaign.state == "launched"
    for name in ("review", "campaign_reviews"):
        page = client.get(reverse(name, args=[review.pk if name == "review" else campaign.pk])).content.decode()
        assert "Dừng tổ chức từ 10/06/2026" in page
        assert "211/UBND-SNV" in page
        assert "50/BC-UBND" in page
        assert "Phòng, chống dịch" in page
    told = Change.objects.filter(about="campaign", key=campaign.pk).first()
    assert (told.act, told.reason) == ("Dừng tổ chức sơ kết (15/07/2026)", "Phòng, chống dịch")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"paper": "999/UBND-SNV"}, "paper"),
        ({"paper": ""}, "paper"),
        ({"reason": ""}, "reason"),
        ({"reason": "   "}, "reason"),
        ({"day": ""}, "day"),
        ({"day": "09/06/2026"}, "day"),
        ({"substitute": "999/BC-UBND"}, "substitute"),
        ({"substitute": "211/UBND-SNV"}, "substitute"),
    ],
)
def test_what_a_stop_needs(review, officer, client_of, changes, field):
    cited("211/UBND-SNV", "CV", date(2026, 6, 10))
    url = reverse("stop_review", args=[review.pk])
    version = client_of(officer).get(url).context["form"]["version"].value()
    data = {"paper": "211/UBND-SNV", "day": "10/06/2026", "reason": "Phòng, chống dịch", "version": version} | changes
    response = client_of(officer).post(url, data)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert Review.objects.get().state == "open"


@pytest.mark.parametrize(("kind", "state"), [("interim", "interim"), ("final", "final")])
def test_a_review_is_held_with_a_report_made_elsewhere(campaign, officer, client_of, kind, state):
    review = plan(campaign, officer, kind=kind)
    paper = cited("60/BC-UBND", "BC", date(2026, 6, 12))
    url = reverse("hold_review", args=[review.pk])
    version = client_of(officer).get(url).context["form"]["version"].value()
    data = {"paper": "60/BC-UBND", "day": "16/06/2026", "version": version}
    response = client_of(officer).post(url, data)
    assert "Ngày 16/06/2026 chưa đến" in str(response.context["form"].errors["day"])
    response = client_of(officer).post(url, data | {"day": "14/01/2026"})
    assert "Phong trào bắt đầu ngày" in str(response.context["form"].errors["day"])
    assert client_of(officer).post(url, data | {"day": "12/06/2026"}).status_code == 302
    review.refresh_from_db()
    campaign.refresh_from_db()
    assert (review.state, review.held_on, review.document, campaign.state) == ("held", date(2026, 6, 12), paper, state)


def test_what_is_over_changes_no_more(review, row, bason, officer, client_of):
    paper = cited("211/UBND-SNV", "CV", date(2026, 6, 10))
    reviewing.stop(review, by=officer, paper=paper, day=TODAY, reason="Dịch bệnh")
    acts = [
        lambda: reviewing.change_review(review, by=officer, plan=Review.objects.get()),
        lambda: reviewing.stop(review, by=officer, paper=paper, day=TODAY, reason="Lại"),
        lambda: reviewing.hold(review, by=officer, paper=paper, day=TODAY),
        lambda: draft_report(review, by=officer),
        lambda: tell(row, review, bason, 1, 1),
    ]
    assert [may(act) for act in acts] == [False] * len(acts)
    for name in ("edit_review", "stop_review", "hold_review"):
        assert client_of(officer).get(reverse(name, args=[review.pk])).url == reverse("review", args=[review.pk])


# --- Results


def test_a_unit_reports_from_one_form_with_photographs(review, row, bason, client_of):
    client = client_of(bason)
    url = reverse("edit_result", args=[review.pk, row.pk])
    assert client.get(url).context["form"]["people"].value() == "120"
    response = client.post(url, form_of(row, "4,5", "1.200", files=[picture()], send="1"))
    made = Result.objects.get()
    assert response.url == reverse("result", args=[made.pk])
    assert made.sent_at is not None
    assert [one.reached for one in made.figures.all()] == [Decimal("4.5"), 1200]
    page = client.get(response.url).content.decode()
    for words in ("4,5", "1.200", "90 %", 'loading="lazy"', "Đã gửi"):
        assert words in page
    assert client.get(made.files.get().upload.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("figure", ["-1", "năm", "1,250.50", "12.5"])
def test_a_wrong_figure_stands_beside_its_field(review, row, bason, client_of, figure):
    data = form_of(row, figure, "1", words="Chữ đã gõ", files=[picture()])
    response = client_of(bason).post(reverse("edit_result", args=[review.pk, row.pk]), data)
    page = response.content.decode()
    assert response.status_code == 422
    assert f"reached_{row.goals.first().pk}" in response.context["form"].errors
    assert "Chữ đã gõ" in page
    assert f'value="{figure}"' in page
    assert "Các tệp phải chọn lại" in page
    assert not Result.objects.exists()
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (("anh.png", b"MZ" + b"x" * 100), "chương trình chạy được"),
        (("anh.jpg", b"\xff\xd8\xff" + b"x" * (20 * 1024 * 1024 + 1)), "mỗi tệp chỉ được tới 20 MB"),
    ],
)
def test_a_file_that_lies_or_is_too_heavy_is_refused(review, row, bason, client_of, file, words):
    data = form_of(row, "1", "1", files=[SimpleUploadedFile(*file)])
    response = client_of(bason).post(reverse("edit_result", args=[review.pk, row.pk]), data)
    assert response.status_code == 422
    assert words in str(response.context["form"].errors["files"])
    assert not Result.objects.exists()


def test_a_draft_is_kept_with_what_is_there_and_sent_when_it_is_whole(review, row, bason, client_of):
    client = client_of(bason)
    url = reverse("edit_result", args=[review.pk, row.pk])
    response = client.post(url, form_of(row, "4", "", words="", send="1"), follow=True)
    made = Result.objects.get()
    page = response.content.decode()
    assert made.sent_at is None
    assert "Chưa ghi kết quả nổi bật" in page
    assert "Chưa ghi số đạt được của 1 chỉ tiêu: Trồng cây" in page
    step = reverse("result_step", args=[made.pk])
    client.post(step, {"act": "send_result", "version": made.version})
    assert Result.objects.get().sent_at is None
    response = client.post(url, form_of(row, "4", "90", version=made.version))
    assert response.status_code == 302
    made = Result.objects.get()
    assert made.sent_at is None
    client.post(step, {"act": "send_result", "version": made.version})
    assert Result.objects.get().sent_at is not None


def test_what_was_sent_is_sent_once_and_stays(result, review, row, bason, client_of):
    with pytest.raises(Refused, match="đã gửi rồi"):
        results.send(result, by=bason)
    again = Result(joining=row, review=review, people=1, words="Khác")
    with pytest.raises(Refused, match="đã gửi"):
        results.save(again, Parts(), by=bason, seen_version=result.version)
    response = client_of(bason).get(reverse("edit_result", args=[review.pk, row.pk]))
    assert response.url == reverse("result", args=[result.pk])


def test_returned_with_a_reason_mended_and_sent_again(result, review, row, bason, officer, client_of):
    client = client_of(officer)
    step = reverse("result_step", args=[result.pk])
    response = client.post(step, {"act": "return_result", "reason": " ", "version": result.version})
    assert response.status_code == 422
    assert "Hãy ghi lý do trả lại" in str(response.context["steps"]["return_result"].errors["reason"])
    sent = {"act": "return_result", "reason": "Số cây chưa khớp"}
    response = client.post(step, sent | {"version": 1})
    assert response.status_code == 422
    assert "nếu vẫn muốn trả lại" in response.content.decode()
    assert client.post(step, sent | {"version": result.version}).status_code == 302
    result.refresh_from_db()
    assert (result.sent_at, result.returned_for) == (None, "Số cây chưa khớp")
    # What is being mended is the unit's own until it is sent again.
    assert client.get(reverse("result", args=[result.pk])).status_code == 404
    page = client_of(bason).get(reverse("edit_result", args=[review.pk, row.pk])).content.decode()
    assert "Số cây chưa khớp" in page
    data = form_of(row, "4", "80", version=result.version, send="1")
    client_of(bason).post(reverse("edit_result", args=[review.pk, row.pk]), data)
    result.refresh_from_db()
    assert result.sent_at is not None
    assert result.returned_for == ""
    acts = list(Change.objects.filter(about="joining", key=row.pk).values_list("act", flat=True))
    assert acts[:4] == [f"{act} kết quả sơ kết (15/07/2026)" for act in ("Gửi", "Ghi", "Trả lại", "Gửi")]


def test_what_was_not_sent_stands_in_no_log_of_others(review, row, bason, officer, client_of):
    """Neither on the page of the joining nor on that of the result, before it is sent, after, and while it is mended."""
    result = tell(row, review, bason, 4, 777123, is_sent=False, words="CHƯA GỬI")
    page = row.get_absolute_url()

    def words_for(user, url=page):
        return client_of(user).get(url).content.decode()

    assert "CHƯA GỬI" in words_for(bason)
    assert "Ghi kết quả" in words_for(bason)
    for secret in ("CHƯA GỬI", "777.123", "Ghi kết quả"):
        assert secret not in words_for(officer)
    result = results.send(result, by=bason)
    assert "Gửi kết quả" in words_for(officer)
    result = results.give_back(result, by=officer, reason="Số cây chưa khớp")
    keys = list(row.goals.values_list("pk", flat=True))
    facts = {"people": 110, "words": "ĐANG SỬA"}
    result = results.save(
        Result(joining=row, review=review, **facts), Parts(figures={keys[1]: Decimal(888123)}), by=bason,
        seen_version=result.version,
    )  # fmt: skip
    result_url = reverse("result", args=[result.pk])
    assert "ĐANG SỬA" in words_for(bason, result_url)
    for secret in ("CHƯA GỬI", "777.123", "ĐANG SỬA", "888.123", "Ghi kết quả"):
        assert secret not in words_for(officer)
    assert "Trả lại kết quả" in words_for(officer)
    assert client_of(officer).get(result_url).status_code == 404
    result = results.save(
        Result(joining=row, review=review, people=110, words="SỬA XONG"),
        Parts(figures={keys[0]: Decimal(4), keys[1]: Decimal(80)}), by=bason, seen_version=result.version,
    )  # fmt: skip
    results.send(result, by=bason)
    told = words_for(officer, result_url)
    assert "SỬA XONG" in told
    assert "ĐANG SỬA" not in told
    assert "ĐANG SỬA" in words_for(bason, result_url)


def test_a_stale_result_is_refused_with_what_the_other_changed(review, row, bason, client_of):
    colleague = make_user("bason2", "Hoàng Thị Sơn", Role.UNIT_OFFICER, bason.unit)
    url = reverse("edit_result", args=[review.pk, row.pk])
    assert client_of(colleague).post(url, form_of(row, "4", "1", words="Của Sơn")).status_code == 302
    response = client_of(bason).post(url, form_of(row, "5", "2", words="Của Ba"))
    page = response.content.decode()
    assert response.status_code == 422
    assert "Hoàng Thị Sơn đã lưu một bản mới hơn" in page
    assert "Của Ba" in page
    assert Result.objects.get().words == "Của Sơn"
    again = form_of(row, "5", "2", words="Của Ba", version=response.context["form"]["version"].value())
    assert client_of(bason).post(url, again).status_code == 302
    assert Result.objects.get().words == "Của Ba"
    # What is reported makes no registration stale.
    assert Joining.objects.get().version == 1


def test_files_are_added_and_taken_out(review, row, bason, client_of):
    url = reverse("edit_result", args=[review.pk, row.pk])
    client_of(bason).post(url, form_of(row, "1", "1", files=[picture("mot.jpg"), picture("hai.jpg")]))
    made = Result.objects.get()
    first = made.files.first()
    data = form_of(row, "1", "1", version=made.version, **{f"drop_{first.pk}": "on"})
    client_of(bason).post(url, data)
    assert [one.upload.name for one in ResultFile.objects.all()] == ["hai.jpg"]
    assert Upload.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"begins_on": TODAY + timedelta(days=1)}, "từ ngày đó mới ghi kết quả"),
        ({"state": "stopped"}, "không nhận kết quả"),
        ({"state": "closed"}, "không nhận kết quả"),
        ({"state": "final"}, "không nhận kết quả"),
        ({"state": "commended"}, "không nhận kết quả"),
        ({"state": "postponed"}, "đang hoãn nên chưa nhận kết quả"),
    ],
)
def test_when_nobody_can_report(review, row, bason, campaign, client_of, changes, words):
    Campaign.objects.filter(pk=campaign.pk).update(**changes)
    with pytest.raises(Refused, match=words):
        tell(row, review, bason, 1, 1)
    response = client_of(bason).get(reverse("edit_result", args=[review.pk, row.pk]), follow=True)
    assert words in response.content.decode()
    assert not Result.objects.exists()


def test_a_unit_that_did_not_join_and_a_review_of_another_campaign(
    review, row, bason, congson, province, officer, client_of
):
    other = plan(make_campaign(province, officer, "Khác"), officer)
    with pytest.raises(Refused, match="không thuộc phong trào"):
        tell(row, other, bason, 1, 1)
    assert client_of(bason).get(reverse("edit_result", args=[other.pk, row.pk])).status_code == 404
    assert client_of(congson).get(reverse("edit_result", args=[review.pk, row.pk])).status_code == 404


def test_a_figure_of_another_unit_is_not_stored(review, row, bason, campaign, congson):
    theirs = joined(campaign, congson).goals.get()
    facts = {"people": 1, "words": "x"}
    made = results.save(
        Result(joining=row, review=review, **facts), Parts(figures={theirs.pk: Decimal(1)}), by=bason, seen_version=0
    )
    assert not made.figures.exists()


# --- Who


def test_who_plans_stops_holds_and_has_the_report_drafted(turn_of, campaign, officer):
    keepers = ["officer", "leader", "administrator"]
    review = plan(campaign, officer)
    paper = cited("211/UBND-SNV", "CV", date(2026, 6, 10))
    acts = {
        "plan": lambda who: plan(campaign, who),
        "change": lambda who: reviewing.change_review(review, by=who, plan=Review.objects.get(pk=review.pk)),
        "stop": lambda who: reviewing.stop(review, by=who, paper=paper, day=TODAY, reason="Dịch"),
        "hold": lambda who: reviewing.hold(review, by=who, paper=paper, day=TODAY),
        "draft": lambda who: draft_report(review, by=who),
    }
    for name, act in acts.items():
        done = []
        for who in PEOPLE:
            with turn_of(who) as person:
                if may(lambda act=act, person=person: act(person)):
                    done.append(who)
        assert (name, done) == (name, keepers)


def test_a_unit_reviews_its_own_campaign(turn_of, child, bason):
    done = []
    for who in PEOPLE:
        with turn_of(who) as person:
            if may(lambda person=person: plan(child, person)):
                done.append(who)
    assert done == ["bason"]


def test_who_opens_which_page(turn_of, review, campaign, client_of):
    keepers, others = ["officer", "leader", "administrator"], ["clerk", "bason", "congson", "council_member", "nobody"]
    for name in ("edit_review", "stop_review", "hold_review", "new_review"):
        url = reverse(name, args=[campaign.pk if name == "new_review" else review.pk])
        codes = {}
        for who in PEOPLE:
            with turn_of(who) as person:
                codes[who] = client_of(person).get(url).status_code
        assert (name, codes) == (name, {**dict.fromkeys(keepers, 200), **dict.fromkeys(others, 403)})
    url = reverse("draft_review_report", args=[review.pk])
    codes = {}
    for who in PEOPLE:
        with turn_of(who) as person:
            codes[who] = client_of(person).post(url).status_code
    assert codes == {**dict.fromkeys(keepers, 302), **dict.fromkeys(others, 403)}


def test_a_review_of_what_one_does_not_see_is_not_found(child, bason, congson, client_of):
    review = plan(child, bason)
    for name in ("review", "edit_review", "stop_review", "hold_review"):
        assert client_of(congson).get(reverse(name, args=[review.pk])).status_code == 404
    assert client_of(congson).get(reverse("campaign_reviews", args=[child.pk])).status_code == 404


def test_who_writes_sends_and_returns_a_result(turn_of, review, row, bason):
    written, sent, returned = [], [], []
    draft = tell(row, review, bason, 1, 1, is_sent=False)
    for who in PEOPLE:
        with turn_of(who) as person:
            new = Result(joining=row, review=review, people=5, words="Khác")
            if may(lambda new=new, person=person: results.save(new, Parts(), by=person, seen_version=1)):
                written.append(who)
        with turn_of(who) as person:
            if may(lambda person=person: results.send(draft, by=person)):
                sent.append(who)
    results.send(draft, by=bason)
    for who in PEOPLE:
        with turn_of(who) as person:
            if may(lambda person=person: results.give_back(draft, by=person, reason="Thiếu")):
                returned.append(who)
    assert (written, sent, returned) == (["bason"], ["bason"], ["officer", "leader", "administrator"])


def test_who_reads_a_result_and_its_files(turn_of, review, row, bason, client_of):
    client_of(bason).post(reverse("edit_result", args=[review.pk, row.pk]), form_of(row, "1", "1", files=[picture()]))
    made = Result.objects.get()
    page, file = reverse("result", args=[made.pk]), ResultFile.objects.get().upload.get_absolute_url()
    # The administrator fetches every file.
    own, overseers = {"bason"}, {"officer", "leader", "administrator", "clerk"}
    for readers, fetchers in ((own, own | {"administrator"}), (own | overseers, own | overseers)):
        for who in PEOPLE:
            with turn_of(who) as person:
                assert (client_of(person).get(page).status_code == 200) == (who in readers)
                assert (client_of(person).get(file).status_code == 200) == (who in fetchers)
        if made.sent_at is None:
            made = results.send(made, by=bason)


def test_files_of_good_examples(turn_of, campaign, bason, communes, client_of):
    from campaigns.area import keep

    facts = {"title": "Hiến đất", "deed": "Hiến 200 m2", "met_on": TODAY, "sources": "Báo cáo", "by": bason}
    made = Example.objects.create(
        kind="person",
        name="Lý Văn Mẫu",
        unit=communes[0],
        campaign=campaign,
        picture=keep(picture(), by=bason),
        consent_file=keep(picture("dong-y.jpg"), by=bason),
        consented_on=TODAY,
        **facts,
    )
    shown, kept = made.picture.get_absolute_url(), made.consent_file.get_absolute_url()
    overseers, keepers = (
        {"officer", "leader", "administrator", "clerk"},
        {"officer", "leader", "administrator", "bason"},
    )
    for published, readers in ((None, overseers | {"bason"}), (TODAY, set(PEOPLE))):
        Example.objects.filter(pk=made.pk).update(published_on=published)
        for who in PEOPLE:
            with turn_of(who) as person:
                assert (client_of(person).get(shown).status_code == 200) == (who in readers)
                assert (client_of(person).get(kept).status_code == 200) == (who in keepers)


# --- Summing up


@pytest.fixture
def two_told(campaign, review, row, result, congson):
    """Two units joined and reported, Đồng Đăng joined and reported nothing, Cao Lộc did not join."""
    other = joined(campaign, congson, [goal("làm  đường giao thông", "KM", "10"), goal("Hộ nghèo giảm", "%", "3")])
    tell(other, review, congson, 9, "2.5", people=50, collectives=1, works=3)
    unit = Unit.objects.get(name="UBND xã Đồng Đăng")
    joined(campaign, make_user("dd", "Đinh Văn Đăng", Role.UNIT_OFFICER, unit), [goal("Hộ nghèo giảm", "%", "5")])
    return review


def test_targets_are_summed_up_by_words_and_measure(two_told, campaign):
    lines = lines_of(two_told, campaign.joinings.all())
    found = {row.content: row for row in totals(line for own in lines.values() for line in own)}
    road, poor, trees = found["Làm đường giao thông"], found["Hộ nghèo giảm"], found["Trồng cây"]
    assert (road.planned, road.reached, road.percent) == (15, 13, Decimal("86.7"))
    # Hundredths are averaged, and only over those who told.
    assert (poor.planned, poor.reached) == (4, Decimal("2.5"))
    assert (trees.planned, trees.reached, trees.percent) == (100, 120, 120)


def test_the_page_of_a_review_sums_up_and_names_who_did_not_report(two_told, officer, client_of):
    client = client_of(officer)
    url = reverse("review", args=[two_told.pk])
    response = client.get(url)
    counts = response.context["counts"]
    assert (counts.joined, counts.sent, counts.people, counts.collectives, counts.works) == (3, 2, 160, 3, 10)
    page = response.content.decode()
    assert "86,7 %" in page
    assert [str(row.unit) for row in client.get(url, {"muc": "chua"}).context["page_obj"]] == ["UBND xã Đồng Đăng"]
    assert len(client.get(url, {"muc": "roi"}).context["page_obj"]) == 2
    assert [str(row.unit) for row in client.get(url, {"q": "son", "sap": "nguoi"}).context["page_obj"]] == [
        "UBND xã Công Sơn",
        "UBND xã Ba Sơn",
    ]
    page = client.get(reverse("campaign_reviews", args=[two_told.campaign_id])).content.decode()
    assert "<strong>Chưa gửi:</strong> UBND xã Đồng Đăng" in page


def test_what_was_sent_late_is_marked(two_told, officer, client_of):
    url = reverse("review", args=[two_told.pk])
    Result.objects.update(sent_at=datetime(2026, 6, 15, 8, tzinfo=UTC))
    assert "muộn" not in client_of(officer).get(url).content.decode()
    Review.objects.update(reports_until=TODAY - timedelta(days=1))
    assert client_of(officer).get(url).content.decode().count("muộn") == 2


def test_the_excel_file_of_a_review(two_told, officer, client_of):
    response = client_of(officer).get(reverse("review", args=[two_told.pk]), {"xuat": "xlsx"})
    rows = table_of(response)
    assert len(rows) == 1 + 2 + 2 + 1
    assert rows[1][0] == "UBND xã Ba Sơn"
    assert rows[1][3:11] == (110, 2, 7, "Làm đường giao thông", "km", 5, 4, 80)
    # What is counted once a unit stands once.
    assert rows[2][3:11] == (None, None, None, "Trồng cây", "cây", 100, 120, 120)
    assert rows[5][:4] == ("UBND xã Đồng Đăng", "UBND xã, phường, thị trấn", None, None)
    response = client_of(officer).get(reverse("review", args=[two_told.pk]), {"xuat": "xlsx", "muc": "chua"})
    assert len(exported_rows(response)) == 1


def test_a_unit_sees_itself_alone(two_told, bason, council_member, client_of):
    url = reverse("review", args=[two_told.pk])
    response = client_of(bason).get(url)
    assert [str(row.unit) for row in response.context["page_obj"]] == ["UBND xã Ba Sơn"]
    assert [row.planned for row in response.context["totals"]] == [5, 100]
    assert "Công Sơn" not in response.content.decode()
    assert "Đồng Đăng" not in client_of(bason).get(url, {"muc": "chua"}).content.decode()
    page = client_of(bason).get(reverse("campaign_reviews", args=[two_told.campaign_id])).content.decode()
    assert "Đồng Đăng" not in page
    assert not client_of(council_member).get(url).context["page_obj"].object_list


def test_the_pages_ask_as_many_questions_for_many(campaign, review, officer, client_of):
    client = client_of(officer)
    urls = [reverse("review", args=[review.pk]), reverse("campaign_reviews", args=[campaign.pk])]
    counts = []
    for first, last in ((0, 2), (2, 12)):
        for number in range(first, last):
            unit = make_unit(f"x-{number}", f"UBND xã {number:02}", kind=Unit.Kind.COMMUNE)
            person = make_user(f"p{number}", f"Người {number}", Role.UNIT_OFFICER, unit)
            tell(joined(campaign, person), review, person, 3)
        for url in urls:
            with CaptureQueriesContext(connection) as queries:
                response = client.get(url)
            assert response.status_code == 200
            counts.append(len(queries))
    assert counts[:2] == counts[2:]


# --- The report


def issued(paper, leader, clerk, day=TODAY):
    """What the office fills in, then submitted, approved, issued; the province lets the department number for it."""
    if paper.issuer_unit != leader.unit and not paper.issuer_unit.series.exists():
        let_number_for(paper.issuer_unit, leader.unit)
    paper.body = paper.body.replace("\n…", "\nĐã đánh giá.")
    paper.signer_name, paper.capacity, paper.place = "Hồ Tiến Thiệu", "CHỦ TỊCH", "Lạng Sơn"
    paper.save()
    submit(paper, by=paper.author)
    approve(paper, by=leader)
    return issue(paper, by=clerk, day=day)


def test_the_report_has_its_tables_filled_and_cannot_be_issued_unfinished(two_told, officer, province):
    Example.objects.create(
        kind="person", name="Lý Văn Kín", unit=province, campaign=two_told.campaign, title="Chưa đồng ý", deed="x",
        met_on=TODAY, sources="x", by=officer,
    )  # fmt: skip
    Example.objects.create(
        kind="collective", name="Thôn Mẫu", unit=province, campaign=two_told.campaign, title="Làm đường [nhanh]",
        deed="x", met_on=TODAY, sources="x", by=officer, published_on=TODAY,
    )  # fmt: skip
    paper = draft_report(two_told, by=officer)
    assert (paper.type.code, paper.issuer_unit, paper.area, paper.area_key) == (
        "BC", province, "so-ket-phong-trao", str(two_told.pk),
    )  # fmt: skip
    assert paper.subject == "sơ kết phong trào thi đua “Chung sức xây dựng nông thôn mới”"
    for words in (
        "Thực hiện Phát động số 12/PĐ-UBND",
        "Số đơn vị được đề nghị hưởng ứng: 04; số đơn vị đã đăng ký: 03, với 360 cá nhân và 09 tập thể tham gia.",
        "Số đơn vị đã báo cáo kết quả: 02/03; có 160 cá nhân, 03 tập thể tham gia, 10 công trình",
        "| 1 | Làm đường giao thông | km | 15 | 13 | 86,7 |",
        "| 1 | UBND xã Ba Sơn | 110 | 2 | 7 | 1/2 |",
        "## Đơn vị chưa báo cáo kết quả",
        "| 1 | UBND xã Đồng Đăng |",
        "## Đơn vị chưa đăng ký hưởng ứng",
        "| 1 | UBND xã Cao Lộc |",
        "| 1 | Thôn Mẫu | UBND tỉnh Lạng Sơn | Làm đường \\[nhanh\\] |",
    ):
        assert words in paper.body
    # Nothing of a person without consent.
    assert "Lý Văn Kín" not in paper.body
    paper.signer_name, paper.capacity, paper.place = "Hồ Tiến Thiệu", "CHỦ TỊCH", "Lạng Sơn"
    paper.save()
    assert faults_of(paper, []) == []
    content, faults = pdf_of(paper, user=officer)
    assert faults == ()
    assert content.startswith(b"%PDF")
    assert {fault.field for fault in blanks(paper.as_paper([]))} == {"body"}
    with pytest.raises(Refused, match="chỗ trống"):
        submit(paper, by=officer)


def test_words_that_mean_something_elsewhere_do_no_harm(province, officer, bason):
    campaign = make_campaign(province, officer, "Đường *xanh* | [sạch] {{cite:1}} <b>")
    review = plan(campaign, officer)
    own = joined(campaign, bason, [goal("Đường [đẹp] | *rộng* {{cite:x}}", "km|m", "1")])
    tell(own, review, bason, 1)
    paper = draft_report(review, by=officer)
    paper.signer_name, paper.capacity, paper.place = "Hồ Tiến Thiệu", "CHỦ TỊCH", "Lạng Sơn"
    paper.save()
    assert faults_of(paper, []) == []
    assert [fault.message for fault in blanks(paper.as_paper([])) if "[" in fault.message] == []


def test_an_issued_report_means_that_the_review_was_held(two_told, campaign, officer, leader, clerk, bason, client_of):
    paper = issued(draft_report(two_told, by=officer), leader, clerk)
    two_told.refresh_from_db()
    campaign.refresh_from_db()
    assert (two_told.state, two_told.held_on, two_told.document) == ("held", TODAY, paper)
    assert campaign.state == "interim"
    told = Change.objects.filter(about="campaign", key=campaign.pk).first()
    assert (told.act, told.by) == ("Thực hiện sơ kết (15/07/2026)", clerk)
    assert told.changes["Phong trào"] == ["Đã phát động", "Đã sơ kết"]
    # Those who took part got it.
    assert paper.deliveries.filter(unit=bason.unit).exists()
    page = client_of(bason).get(reverse("review", args=[two_told.pk])).content.decode()
    assert paper.reference in page


def test_a_final_report_makes_the_campaign_final(campaign, officer, leader, clerk):
    review = plan(campaign, officer, kind=Kind.FINAL, planned_on=date(2026, 12, 20))
    issued(draft_report(review, by=officer), leader, clerk)
    campaign.refresh_from_db()
    assert campaign.state == "final"


def test_one_report_at_a_time_and_a_discarded_one_makes_room(review, officer, leader, client_of):
    first = draft_report(review, by=officer)
    response = client_of(leader).post(reverse("draft_review_report", args=[review.pk]), follow=True)
    assert "Hãy dùng văn bản đó" in response.content.decode()
    assert list(REPORT.of(review.pk).open_to(officer).values_list("pk", flat=True)) == [first.pk]
    discard(first, by=officer)
    second = draft_report(review, by=officer)
    assert list(REPORT.of(review.pk).open_to(officer).values_list("pk", flat=True)) == [second.pk]


def test_the_report_of_a_stopped_review_is_not_issued(review, officer, leader, clerk):
    paper = draft_report(review, by=officer)
    reviewing.stop(review, by=officer, paper=cited("77/UBND-SNV", "CV"), day=TODAY, reason="Dịch")
    with pytest.raises(Refused, match="đã dừng"):
        issued(paper, leader, clerk)
    paper.refresh_from_db()
    assert (paper.state, paper.number) == (Document.State.APPROVED, None)


def test_a_second_report_beside_one_made_elsewhere_is_not_issued(review, officer, leader, clerk):
    paper = draft_report(review, by=officer)
    reviewing.hold(review, by=officer, paper=cited("60/BC-UBND", "BC"), day=TODAY)
    with pytest.raises(Refused, match="đã có"):
        issued(paper, leader, clerk)


def acting_on(paper, kind, by, province, **facts):
    """A draft that replaces or recalls ``paper``."""
    draft = Document.objects.create(
        type=paper.type, unit=by.unit, author=by, issuer_unit=province, issuer="UBND TỈNH", symbol=f"{paper.type.code}-UBND",
        subject="thay báo cáo", recipients="Các đơn vị", archive="VT.", body="Nội dung.", year=2026, month=6, **facts,
    )  # fmt: skip
    Effect.objects.create(paper=draft, target=paper, kind=kind, reason="Sai số liệu")
    return draft


def test_a_report_that_replaces_stands_in_its_place(two_told, campaign, officer, leader, clerk, province):
    paper = issued(draft_report(two_told, by=officer), leader, clerk)
    other = acting_on(paper, Effect.Kind.REPLACES, officer, province, area=paper.area, area_key=paper.area_key)
    other = issued(other, leader, clerk)
    two_told.refresh_from_db()
    assert (two_told.state, two_told.document) == ("held", other)
    assert set(REPORT.of(two_told.pk)) == {paper, other}


def test_a_report_that_is_recalled_opens_the_review_again(two_told, campaign, row, officer, leader, clerk, province):
    paper = issued(draft_report(two_told, by=officer), leader, clerk)
    issued(acting_on(paper, Effect.Kind.RECALLS, officer, province), leader, clerk)
    two_told.refresh_from_db()
    campaign.refresh_from_db()
    assert (two_told.state, two_told.held_on, two_told.document) == ("open", None, None)
    assert campaign.state == "launched"
    assert draft_report(two_told, by=officer).pk


def test_a_recall_after_the_campaign_went_on_changes_nothing(two_told, campaign, officer, leader, clerk, province):
    paper = issued(draft_report(two_told, by=officer), leader, clerk)
    Campaign.objects.filter(pk=campaign.pk).update(state="final")
    issued(acting_on(paper, Effect.Kind.RECALLS, officer, province), leader, clerk)
    two_told.refresh_from_db()
    assert two_told.state == "held"


def test_a_unit_reports_on_its_own_campaign_to_the_department(child, bason, so_noi_vu, officer):
    review = plan(child, bason)
    tell(joined(child, bason), review, bason, 4)
    paper = draft_report(review, by=bason)
    assert (paper.issuer_unit, paper.to) == (bason.unit, "Sở Nội vụ")
    assert [one.key for one in paper.addressees.all()] == ["don-vi:so-noi-vu"]
    assert "Ba Sơn" in paper.body


def test_a_review_without_anything_told_is_reported_all_the_same(review, officer):
    body = draft_report(review, by=officer).body
    assert "Số đơn vị đã báo cáo kết quả: 0/0" in body
    assert "Kết quả thực hiện các chỉ tiêu" not in body


@pytest.mark.browser
def test_a_unit_joins_and_reports_on_a_phone_and_every_page_fits(
    campaign, review, bason, congson, officer, phone_page, open_page, login, tmp_path
):
    photo = tmp_path / "anh.jpg"
    Image.new("RGB", (4000, 3000), "#336699").save(photo)
    login(phone_page, bason)
    phone_page.goto(reverse("join_campaign", args=[campaign.pk]))
    phone_page.fill("[name=people]", "1.250")
    for name, words in (("content", "Làm đường giao thông"), ("measure", "km"), ("planned", "12,5")):
        phone_page.fill(f"[name=chi-tieu-0-{name}]", words)
    phone_page.tap("[data-add-row]")
    for name, words in (("content", "Trồng cây"), ("measure", "cây"), ("planned", "1.000")):
        phone_page.fill(f"[name=chi-tieu-1-{name}]", words)
    assert not is_too_wide(phone_page)
    phone_page.tap("[form=form]")
    phone_page.wait_for_selector(".result-table")
    row = Joining.objects.get()
    assert row.goals.count() == 2
    phone_page.goto(reverse("edit_result", args=[review.pk, row.pk]))
    for one in row.goals.all():
        phone_page.fill(f"[name=reached_{one.pk}]", "11,5")
    phone_page.fill("[name=words]", "Đã làm 11,5 km đường")
    phone_page.set_input_files("[name=files]", photo)
    assert not is_too_wide(phone_page)
    phone_page.tap("button[name=send]")
    phone_page.wait_for_selector(".gallery img")
    made = Result.objects.get()
    assert made.sent_at is not None
    joined(campaign, congson)
    page = login(open_page(1366, 768), officer)
    urls = [
        row.get_absolute_url(),
        reverse("campaign_joinings", args=[campaign.pk]),
        reverse("campaign_reviews", args=[campaign.pk]),
        reverse("review", args=[review.pk]),
        reverse("result", args=[made.pk]),
        reverse("edit_review", args=[review.pk]),
        reverse("stop_review", args=[review.pk]),
    ]
    for url in urls:
        page.goto(url)
        assert overflowing(page) == [], url
        page.set_viewport_size({"width": 1366, "height": 768})
