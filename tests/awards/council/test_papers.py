"""The papers of a meeting: the invitation, the minutes with the count, the submission."""

import pytest
from django.urls import reverse

from awards.council import actions, counting, papers
from documents.models import Change, Document
from documents.steps.refusing import Refused

from .made import again, called, fit, prepared


def test_the_invitation_names_what_is_considered(council, officer, three):
    meeting = prepared(council, officer, three, body="full", held_at="14:00", place="Phòng họp số 1")
    paper = papers.draft(again(meeting), "invitation", by=officer)
    assert paper.type.code == "GM"
    for words in (
        "14 giờ 00, ngày 20 tháng 11 năm 2026",
        "Phòng họp số 1",
        "Bằng khen của Chủ tịch",
        "| 03 |",
        "Lương Văn Chủ",
    ):
        assert words in paper.body
    with pytest.raises(Refused, match="Đã có"):
        papers.draft(again(meeting), "invitation", by=officer)


def test_no_invitation_without_hour_or_place(draft, officer):
    with pytest.raises(Refused, match="Hãy ghi giờ và địa điểm"):
        papers.draft(draft, "invitation", by=officer)


def test_the_minutes_have_who_came_and_the_count(counted, officer):
    paper = papers.draft(counted, "minutes", by=officer)
    assert paper.type.code == "BB"
    for words in (
        "Tổng số 07 thành viên: có mặt 07", "quá 1/2 tổng số thành viên Hội đồng, tức là từ 04/07 phiếu",
        "| 1 | Nông Thị An | Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh | 7/7 | 0 | 4 | Thông qua |",
        "| 3 | Nông Thị Cúc | Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh | 3/7 | 4 | 4 | Không đủ phiếu |",
        "Hội đồng thông qua 02/03 đề nghị",
    ):  # fmt: skip
        assert words in paper.body
    assert (paper.signer_name, paper.second_signer_name) == ("Lương Văn Chủ", "Vi Thị Thư")


def test_a_rule_that_the_office_has_yet_to_confirm_is_told_without_its_place(counted, officer):
    assert counted.items.first().rule == "Quy chế của Hội đồng Thi đua - Khen thưởng tỉnh"
    assert "Quy chế" not in papers.draft(counted, "minutes", by=officer).body


def test_the_submission_lists_those_that_passed(counted, officer):
    paper = papers.draft(counted, "submission", by=officer)
    assert paper.type.code == "TTr"
    assert "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh: 02 cá nhân" in paper.body
    assert "Nông Thị Cúc" not in paper.body
    assert paper.to == "Chủ tịch Ủy ban nhân dân tỉnh"


def test_long_lists_stand_behind_the_paper(council, officer, dossier):
    rows = [fit(dossier, f"Người {number}") for number in range(40)]
    meeting = called(prepared(council, officer, rows, body="full", is_secret=True), officer)
    actions.enter_sums(meeting, by=officer, seats=list(meeting.seats.all()))
    counting.count(again(meeting), by=officer)
    paper = papers.draft(again(meeting), "minutes", by=officer)
    assert "Danh sách tại Phụ lục" in paper.body
    assert paper.appendices.get().body.count("\n") == 41


@pytest.mark.parametrize("paper", ["minutes", "submission"])
def test_nothing_is_written_before_the_count_or_while_a_tie_is_open(voted, officer, paper):
    with pytest.raises(Refused, match="Chưa kiểm phiếu"):
        papers.draft(voted, paper, by=officer)


def test_a_tie_is_decided_first(tied, officer):
    with pytest.raises(Refused, match="Còn đề nghị ngang phiếu"):
        papers.draft(tied, "minutes", by=officer)
    counting.break_tie(tied, by=officer, items=list(tied.items.filter(agreed=6)[:1]), reason="Thành tích hơn")
    assert "Chủ tịch Hội đồng quyết định chọn Nông Thị Bình" in papers.draft(again(tied), "minutes", by=officer).body


def test_only_the_department_writes_them(counted, nine, client_of):
    address = reverse("draft_council_paper", args=[counted.pk, "minutes"])
    assert client_of(nine["chair"]).post(address).status_code == 403
    answer = client_of(nine["officer"]).post(address)
    assert answer.status_code == 302
    assert answer["Location"] == Document.objects.latest("pk").get_absolute_url()
    assert client_of(nine["officer"]).post(reverse("draft_council_paper", args=[counted.pk, "khac"])).status_code == 404
    assert Change.objects.filter(about="paper").exists()


def test_words_that_were_typed_are_no_marks(council, officer, dossier):
    meeting = prepared(
        council, officer, [fit(dossier, "# Nông *Thị* [An]")], body="full", held_at="14:00", place="# Phòng [1]"
    )
    paper = papers.draft(again(meeting), "invitation", by=officer)
    assert r"\# Phòng \[1\]" in paper.body
