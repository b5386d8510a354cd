"""The papers of a meeting: the invitation, the minutes with the count, the submission."""

import pytest
from django.urls import reverse

from awards.council import actions, counting, papers
from documents.models import Change, Document
from documents.steps.refusing import Refused

from ...conftest import make_unit
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
        "1. Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh: 03 cá nhân.",
        "| 1 | Nông Thị An | Trưởng phòng | 7/7 | 0 | 4 | Thông qua |",
        "| 3 | Nông Thị Cúc | Trưởng phòng | 3/7 | 4 | 4 | Không đủ phiếu |",
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


# --- Whose they are, who signs


def test_the_submission_is_signed_for_the_council_by_its_chair(counted, officer):
    paper = papers.draft(counted, "submission", by=officer)
    assert (paper.signer, paper.capacity, paper.signer_name) == (None, "TM. HỘI ĐỒNG\nCHỦ TỊCH", "Lương Văn Chủ")
    assert (paper.issuer, paper.symbol) == ("HỘI ĐỒNG MẪU", "TTr-HĐTĐKT")
    assert "SỞ NỘI VỤ" in paper.superior


@pytest.mark.parametrize("how", ["decides", "none"])
def test_where_the_chair_decides_or_there_is_none_the_deputy_signs_for_the_chair(council, counted, officer, how):
    if how == "decides":
        council.members.filter(role="chair").update(post="Chủ tịch Ủy ban nhân dân tỉnh")
    else:
        council.members.filter(role="chair").update(role="member")
    council.members.filter(name="Vi Thị Thư").update(role="first")
    paper = papers.draft(again(counted), "submission", by=officer)
    assert paper.capacity == "TM. HỘI ĐỒNG\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH THỨ NHẤT"
    assert paper.signer_name == "Vi Thị Thư"


def test_a_council_that_is_a_body_of_the_register_has_its_own_book(council, counted, officer, so_noi_vu):
    name = f"{council.name} tỉnh Lạng Sơn"
    body = make_unit("hd", name, kind="province", superior=so_noi_vu, symbol="HĐTĐKT")
    paper = papers.draft(counted, "minutes", by=officer)
    assert (paper.issuer_unit, paper.symbol) == (body, "BB-HĐTĐKT")


def test_minutes_are_signed_by_who_led_and_the_secretary(council, voted, officer):
    chair = voted.seats.get(member__role="chair")
    voted.seats.filter(pk=chair.pk).update(came="absent", voted_at=None)
    council.members.filter(name="Trần Văn Đăng").update(role="vice")
    paper = papers.draft(again(counting.count(again(voted), by=officer)), "minutes", by=officer)
    assert "Chủ trì: Trần Văn Đăng, Sở Mẫu, Phó Chủ tịch." in paper.body
    assert (paper.signer_name, paper.second_signer_name) == ("Trần Văn Đăng", "Vi Thị Thư")


def test_no_minutes_without_a_secretary(council, counted, officer):
    council.members.update(is_secretary=False)
    with pytest.raises(Refused, match="chưa ghi ai là thư ký"):
        papers.draft(counted, "minutes", by=officer)
