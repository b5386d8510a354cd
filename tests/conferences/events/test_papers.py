"""Papers of a conference: what each tells, when it may be written, in whose name; nobody else writes them."""

from datetime import date, time

import pytest
from django.urls import reverse

from conferences.events import actions, papers
from conferences.events.models import OF_EVENT, Paper
from conferences.models import Event, Organiser, Part
from documents.steps.refusing import Refused
from documents.typesetting import missing_packages
from tests.campaigns.conftest import cited
from tests.conferences.events.test_steps import DAY

State = Event.State


@pytest.fixture
def ready(whole, plan, own):
    """Ready, under a plan that stands in the register."""
    plan.document = cited("125/KH-UBND", "KH")
    plan.save()
    Organiser.objects.create(event=whole, name="Vi Văn Chủ", post="Chủ tịch UBND xã", role="Trưởng ban")
    Organiser.objects.create(event=whole, name="Hà Thị Ghi", post="Công chức", role="Thư ký")
    return actions.make_ready(whole, by=own)


@pytest.fixture
def held(ready):
    """Held, with what came of it."""
    ready.headcounts.update(came=110)
    Event.objects.filter(pk=ready.pk).update(
        state=State.HELD,
        held_on=DAY,
        results="Biểu dương 12 điển hình\n# Không phải tiêu đề",
        resolution="Thi đua tiếp",
    )
    ready.refresh_from_db()
    return ready


def test_the_plan_tells_form_day_programme_people_and_cost(ready, own):
    paper = papers.draft(ready, Paper.PLAN, by=own)
    assert (paper.type.code, paper.issuer_unit) == ("KH", ready.unit)
    assert paper.subject == "tổ chức Hội nghị biểu dương điển hình tiên tiến xã Ba Sơn"
    for told in (
        "Thực hiện Kế hoạch số 125/KH-UBND ngày 10 tháng 01 năm 2026",
        "Hội nghị biểu dương điển hình tiên tiến",
        "08 giờ 00, ngày 20 tháng 7 năm 2026",
        "| 2 | 08:20\u00a0–\u00a008:40 | Báo cáo kết quả |",
        "12.000.000 đồng (Mười hai triệu đồng)",
        "Trưởng ban: Vi Văn Chủ, Chủ tịch UBND xã",
        "chậm nhất 30 ngày",
    ):
        assert told in paper.body
    with pytest.raises(Refused, match="Đã có"):
        papers.draft(ready, Paper.PLAN, by=own)


def test_the_board_is_set_up_by_a_decision_with_its_bases(ready, own):
    paper = papers.draft(ready, Paper.BOARD, by=own)
    assert paper.type.code == "QĐ"
    assert "Căn cứ Kế hoạch số 125/KH-UBND" in paper.bases
    assert "| 2 | Hà Thị Ghi | Công chức | Thư ký |" in paper.body
    assert paper.body.index("**Điều 1.**") < paper.body.index("**Điều 2.**") < paper.body.index("**Điều 3.**")


def test_what_is_missing_keeps_a_paper_from_being_written(whole, own):
    with pytest.raises(Refused, match="Chưa ghi ban tổ chức"):
        papers.draft(whole, Paper.BOARD, by=own)
    whole.parts.all().delete()
    with pytest.raises(Refused, match="Chưa lập chương trình"):
        papers.draft(whole, Paper.PROGRAMME, by=own)
    assert not OF_EVENT.of(whole.pk).exists()


def test_a_programme_of_two_days_tells_the_day_of_each_part(ready, own):
    Event.objects.filter(pk=ready.pk).update(until="2026-07-21")
    Part.objects.create(event=ready, words="Bế mạc", minutes=10, on_day=2, begins_at=time(14), position=9)
    paper = papers.draft(Event.objects.get(pk=ready.pk), Paper.PROGRAMME, by=own)
    assert "từ ngày 20 tháng 7 năm 2026 đến ngày 21 tháng 7 năm 2026" in paper.body
    assert "| 1 | 20/07 08:00\u00a0–\u00a008:20 |" in paper.body
    assert "| 3 | 21/07 14:00\u00a0–\u00a014:10 | Bế mạc |" in paper.body


def test_the_report_tells_who_came_beside_what_was_planned_to_the_department(held, own, department, officer):
    paper = papers.draft(held, Paper.REPORT, by=own)
    assert (paper.to, [row.key for row in paper.addressees.all()]) == ("Sở Nội vụ", ["don-vi:so-noi-vu"])
    assert "| Đại biểu chính thức | 120 | 120 | 110 | 12.000.000 | 11.000.000 |" in paper.body
    assert "\\# Không phải tiêu đề" in paper.body
    minutes = papers.draft(held, Paper.MINUTES, by=own)
    assert "đại biểu chính thức 110/120" in minutes.body
    assert "- Khai mạc;\n\n- Báo cáo kết quả.\n\n" in minutes.body
    assert (minutes.signer_name, minutes.second_signer_name) == ("Vi Văn Chủ", "Hà Thị Ghi")


@pytest.mark.parametrize(
    ("paper", "state"), [(Paper.REPORT, "ready"), (Paper.PLAN, "held"), (Paper.MINUTES, "planned")]
)
def test_a_paper_is_written_when_its_time_has_come(held, own, paper, state):
    facts = {"held_on": DAY if state == "held" else None}
    Event.objects.filter(pk=held.pk).update(state=state, **facts)
    with pytest.raises(Refused, match="Chưa soạn được"):
        papers.draft(held, paper, by=own)


def test_papers_are_written_from_their_page_by_the_unit_alone(ready, own, people, client_of):
    page = reverse("conference_papers", args=[ready.pk])
    shown = client_of(own).get(page).content.decode()
    assert all(told in shown for told in ("Quyết định thành lập Ban Tổ chức", "Lời dẫn tôn vinh"))
    assert reverse("invitations", args=[ready.pk]) in shown
    assert reverse("invitations", args=[ready.pk]) not in client_of(people["officer"]).get(page).content.decode()
    write = reverse("write_conference_paper", args=[ready.pk, "plan"])
    assert client_of(people["stranger"]).post(write).status_code == 404
    assert client_of(people["officer"]).post(write).status_code == 403
    assert not OF_EVENT.of(ready.pk).exists()
    assert client_of(own).post(write).status_code == 302
    paper = OF_EVENT.of(ready.pk).get()
    assert paper.get_absolute_url() in client_of(own).get(page).content.decode()
    assert client_of(own).post(reverse("write_conference_paper", args=[ready.pk, "song"])).status_code == 404


def test_the_congress_of_the_province_is_told_in_the_name_of_the_province(plan, province, officer):
    event = actions.begin(Event(unit=province, plan=plan, form="congress", day=date(2026, 11, 20)), by=officer)
    Event.objects.filter(pk=event.pk).update(begins_at=time(8))
    paper = papers.draft(Event.objects.get(pk=event.pk), Paper.PROGRAMME, by=officer)
    assert (paper.issuer_unit, paper.unit) == (province, officer.unit)


@pytest.mark.skipif(bool(missing_packages()), reason="PDF needs Debian packages")
@pytest.mark.parametrize("paper", [Paper.PLAN, Paper.BOARD, Paper.PROGRAMME, Paper.RULES])
def test_each_is_set_without_a_fault(ready, own, paper, signer):
    from documents.printing.pages import pdf_of

    pdf, faults = pdf_of(papers.draft(ready, paper, by=own), user=own)
    assert pdf.startswith(b"%PDF-")
    assert not list(faults)
