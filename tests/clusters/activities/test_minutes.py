"""Minutes as the decree's model has them: place, beginning, end, secretary with a post; lists of many members behind them."""

from datetime import time

from django.urls import reverse

from clusters.activities.papers import Paper, draft_for
from clusters.ballots import papers as ballot_papers
from clusters.models import Attendance, Ballot, Membership
from documents.papers.tables import MOST_WITHIN
from documents.source.blanks import blanks
from units.models import Unit

from ...conftest import make_unit
from ..ballots.conftest import four, on_paper, rule  # noqa: F401  fixtures
from ..ballots.made import counted
from .logged import form_of, log

MINUTES = Paper.MINUTES
HOURS = {"held_at": time(8), "ended_at": time(11, 30)}


def test_they_tell_beginning_place_chair_secretary_and_end(cluster, who):
    paper = draft_for(log(cluster, who, secretary="Vi Thị Thư, chuyên viên", **HOURS), MINUTES, by=who)
    lines = paper.body.split("\n\n")
    assert lines[:2] == ["Thời gian bắt đầu: 08 giờ 00, ngày 09 tháng 7 năm 2026.", "Địa điểm: Hội trường."]
    assert "Chủ trì: Nông Văn Ba, Chủ tịch UBND xã." in lines
    assert "Thư ký (người ghi biên bản): Vi Thị Thư, chuyên viên." in lines
    assert lines[-1] == "Hội nghị kết thúc vào 11 giờ 30, ngày 09 tháng 7 năm 2026."
    assert (paper.signer_name, paper.second_signer_name) == ("Nông Văn Ba", "Vi Thị Thư")
    assert [fault for fault in blanks(paper.as_paper()) if fault.field == "body"] == []


def test_what_was_not_told_is_a_blank_that_must_be_filled(cluster, who):
    paper = draft_for(log(cluster, who, chair="Nông Văn Ba"), MINUTES, by=who)
    told = " ".join(fault.message for fault in blanks(paper.as_paper()))
    assert told.count("[chức vụ]") == 2
    assert told.count("… giờ …") == 2


def test_many_members_stand_behind_the_minutes(cluster, who):
    for number in range(MOST_WITHIN):
        unit = make_unit(f"xa-them-{number}", f"UBND xã Thêm {number}", kind=Unit.Kind.COMMUNE)
        Membership.objects.create(cluster=cluster, unit=unit)
    activity = log(cluster, who, **HOURS)
    assert Attendance.objects.filter(activity=activity).count() > MOST_WITHIN
    paper = draft_for(activity, MINUTES, by=who)
    (behind,) = paper.appendices.all()
    assert behind.title == "Thành phần tham dự"
    assert "Danh sách tại Phụ lục." in paper.body
    assert "| STT |" not in paper.body


def test_a_gathering_ends_after_it_began(cluster, who, client_of):
    fields = form_of(cluster, held_at="08:00", ended_at="07:30")
    answer = client_of(who).post(reverse("new_activity", args=[cluster.pk]), fields)
    assert answer.status_code == 422
    assert "Giờ kết thúc phải sau giờ bắt đầu" in answer.content.decode()


def test_the_count_has_its_place_and_hours(on_paper, four):  # noqa: F811
    counted(on_paper, four[0], 4, 3, 1, 0, valid=4, place="Hội trường A", began_at=time(14), ended_at=time(15, 5))
    body = ballot_papers.draft(on_paper, ballot_papers.Paper.MINUTES, by=four[0]).body
    lines = body.split("\n\n")
    day = Ballot.objects.get().held_on
    assert lines[0] == f"Thời gian bắt đầu: 14 giờ 00, ngày {day.day} tháng {day.month} năm {day.year}."
    assert lines[1] == "Địa điểm: Hội trường A."
    assert lines[-1] == f"Việc kiểm phiếu kết thúc vào 15 giờ 05, ngày {day.day} tháng {day.month} năm {day.year}."


def test_a_count_without_place_and_hours_leaves_blanks(on_paper, four):  # noqa: F811
    counted(on_paper, four[0], 4, 3, 1, 0, valid=4)
    paper = ballot_papers.draft(on_paper, ballot_papers.Paper.MINUTES, by=four[0])
    told = [fault.message for fault in blanks(paper.as_paper()) if fault.field == "body"]
    assert len(told) == 3
    assert "Địa điểm: …" in told[1]
