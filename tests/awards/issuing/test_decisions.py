"""From nominations that passed to awards: composed, written, issued; what keeps a decision from being issued."""

from datetime import date

import pytest
from django.urls import reverse

from awards.catalogue import book
from awards.catalogue.law import Catalogue, Row
from awards.issuing import actions, lines, papers
from awards.issuing.models import Paper
from awards.models import (
    Authorship,
    Award,
    Decision,
    Dossier,
    Initiative,
    Nomination,
    Office,
    Opinion,
    Pause,
    Settled,
    Stamp,
)
from documents.drafts.copies import recall
from documents.life.actions import approve, submit
from documents.life.issuing import issue as issue_paper
from documents.steps.refusing import Refused
from tests.awards.conftest import give, make_recipient

from .conftest import DAY, YEAR

Stage = Nomination.State


def states(*rows):
    return [Nomination.objects.get(pk=row.pk).state for row in rows]


def test_one_decision_for_each_authority_and_kind(passed, province, officer):
    rows = [
        passed("Lý A", "BKT"), passed("Sở Mẫu", "CTDT", "collective"), passed("Lý B", "CSTDT"), passed("Lý C", "CSTDTQ"),
        passed("Lý D", "LDTT", state="fit"), passed("Phòng Mẫu", "TTLDXS", "collective"),
    ]  # fmt: skip
    made, left = actions.compose([row.pk for row in rows], by=officer, day=DAY)
    assert left == []
    told = {(one.office.code, one.subject): (one.nominations.count(), one.unit) for one in made}
    assert told == {
        ("province", "tặng Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh"): (1, province),
        ("province", "tặng Cờ thi đua của Ủy ban nhân dân tỉnh"): (1, province),
        ("province", "tặng danh hiệu thi đua"): (2, province),
        ("premier", "tặng danh hiệu “Chiến sĩ thi đua toàn quốc”"): (1, None),
        ("department", "tặng danh hiệu “Lao động tiên tiến”"): (1, rows[4].dossier.unit),
    }
    assert set(states(*rows)) == {"presented"}


def test_what_the_council_has_not_passed_is_named_and_left_out(passed, province, officer):
    first, second, third = passed("Lý A"), passed("Lý B", state="fit"), passed("Lý C", state="refused", refusal="Không")
    made, left = actions.compose([first.pk, second.pk, third.pk], by=officer, day=DAY)
    assert [one.nominations.get() for one in made] == [first]
    assert left == [
        "Lý B: chưa qua Hội đồng (Quy chế của Hội đồng Thi đua - Khen thưởng tỉnh).",
        "Lý C: đang ở bước «Không khen».",
    ]


def test_by_the_simple_procedure_no_council_is_asked(passed, dossier, province, officer):
    dossier.is_simple, dossier.route, dossier.deed_on = True, "deed", date(2026, 11, 1)
    dossier.save()
    assert len(actions.compose([passed(state="fit").pk], by=officer, day=DAY)[0]) == 1


def test_the_paper_lists_by_rank_kind_and_name(passed, composed, officer):
    rows = [
        passed("Nguyễn Văn Ước"), passed("Hoàng Thị Ánh"), passed("Hộ ông Lý", kind="household", post="xã Ba Sơn"),
        passed("Phòng Nghiệp vụ", kind="collective", post="Sở Y tế"),
    ]  # fmt: skip
    decision = composed(*rows, deed="Đã có thành tích xuất sắc trong công tác năm 2025.")
    paper = papers.draft(decision, Paper.DECISION, by=officer)
    assert (paper.type.code, paper.authority_line, paper.capacity) == (
        "QĐ",
        "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN",
        "CHỦ TỊCH",
    )
    assert "Nghị định số 152/2025/NĐ-CP" in paper.bases
    assert "Theo đề nghị của Giám đốc Sở Nội vụ" in paper.bases
    first, second, *_ = paper.body.split("\n\n")
    assert first == (
        "**Điều 1.** Tặng Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh cho 01 tập thể, 02 cá nhân, 01 hộ gia đình (có danh sách "
        "kèm theo), vì đã có thành tích xuất sắc trong công tác năm 2025."
    )
    # 2.530.000 × 3 + 2 × 1,5 × 2.530.000 + 2,25 × 2.530.000, each rounded up to 10.000.
    assert "20.890.000 đồng (bằng chữ: hai mươi triệu tám trăm chín mươi nghìn đồng)" in second
    (appendix,) = paper.appendices.all()
    lines_ = [
        line for line in appendix.body.splitlines() if line.startswith("| ") and "STT" not in line and "---" not in line
    ]
    assert lines_ == [
        "| 1 | Phòng Nghiệp vụ | Sở Y tế | 7.590.000 |",
        "| 2 | Hoàng Thị Ánh | Chuyên viên, Sở Y tế | 3.800.000 |",
        "| 3 | Nguyễn Văn Ước | Chuyên viên, Sở Y tế | 3.800.000 |",
        "| 4 | Hộ ông Lý | xã Ba Sơn | 5.700.000 |",
    ]
    assert [row.key for row in paper.addressees.all()] == ["don-vi:so-y-te"]


def test_on_issue_awards_come_into_being_with_number_money_and_history(passed, composed, issued, client_of, officer):
    rows = [passed("Lý Văn Bình"), passed("Phòng A", kind="collective")]
    decision = issued(composed(*rows, deed="Đã có thành tích"))
    assert (decision.number, decision.day, decision.state) == (decision.paper.reference, DAY, "standing")
    found = list(
        decision.awards.order_by("position").values_list("position", "name", "amount", "year", "deed", "route")
    )
    assert found == [
        (1, "Phòng A", 7_590_000, YEAR, "Đã có thành tích", "merit"),
        (2, "Lý Văn Bình", 3_800_000, YEAR, "Đã có thành tích", "merit"),
    ]
    row = Nomination.objects.get(pk=rows[0].pk)
    assert (row.state, row.given.name) == ("awarded", "Lý Văn Bình")
    page = client_of(officer).get(row.get_absolute_url()).content.decode()
    assert "Khen thưởng" in page
    assert client_of(officer).get(decision.get_absolute_url()).status_code == 200


def test_an_award_of_the_year_that_is_there_already_refuses_all_by_name(passed, composed, approved, officer, clerk):
    first, second = passed("Lý A"), passed("Lý B")
    decision = composed(first, second)
    paper = approved(decision)
    give(second.recipient, "BKT", YEAR, officer)
    with pytest.raises(Refused, match=r"Lý B: Đã được khen năm 2025 theo Quyết định số 2/QĐ-UBND"):
        issue_paper(paper, by=clerk, day=DAY)
    assert Award.objects.filter(decision=decision).count() == 0
    paper.refresh_from_db()
    assert (paper.state, paper.number, states(first)) == ("approved", None, ["presented"])


def test_who_could_not_decide_on_that_day_and_a_basis_that_ended(passed, composed, approved, clerk, officer, types):
    decision = composed(passed())
    paper = approved(decision)
    decision.refresh_from_db()
    Decision.objects.filter(pk=decision.pk).update(office=Office.objects.get(code="district"))
    with pytest.raises(Refused, match="không còn cấp này từ sau 30/06/2025"):
        issue_paper(paper, by=clerk, day=DAY)
    Decision.objects.filter(pk=decision.pk).update(office=Office.objects.get(code="province"))
    paper.bases = (
        "Căn cứ Nghị định số 98/2023/NĐ-CP ngày 31 tháng 12 năm 2023 của Chính phủ quy định chi tiết thi hành một số điều của "
        "Luật Thi đua, khen thưởng\nTheo đề nghị của Giám đốc Sở Nội vụ"
    )
    paper.save()
    with pytest.raises(Refused, match="Căn cứ «Nghị định số 98/2023/NĐ-CP» không có hiệu lực ngày 20/11/2026"):
        issue_paper(paper, by=clerk, day=DAY)


def test_a_name_that_somebody_took_out_of_the_paper_by_hand(passed, composed, approved, clerk):
    decision = composed(passed("Lý A"), passed("Lý B"))
    paper = approved(decision)
    appendix = paper.appendices.get()
    type(appendix).objects.filter(pk=appendix.pk).update(body=appendix.body.replace("Lý B", "Lý Bê"))
    with pytest.raises(Refused, match="Văn bản không có tên Lý B như danh sách"):
        issue_paper(paper, by=clerk, day=DAY)


def test_who_died_moved_or_is_under_discipline_is_decided_on_by_a_person(passed, composed, officer):
    row = passed("Lý A")
    decision = composed(row)
    row.recipient.ended_on, row.recipient.name = date(2026, 5, 1), "Lý Văn A"
    row.recipient.save()
    Pause.objects.create(recipient=row.recipient, kind="discipline", paper="QĐ 5/QĐ-SYT", since=date(2026, 6, 1))
    with pytest.raises(Refused, match="Còn 1 dòng có điều cần xem"):
        papers.draft(decision, Paper.DECISION, by=officer)
    row.refresh_from_db()
    told = lines.doubts(row)
    assert told == ["Đã mất ngày 01/05/2026.", "Tên hiện nay: Lý Văn A.", "Thi hành kỷ luật: QĐ 5/QĐ-SYT."]
    lines.settle(row, by=officer, reason="Truy tặng")
    assert Settled.objects.count() == 3
    papers.draft(decision, Paper.DECISION, by=officer)
    with pytest.raises(Refused, match="Hãy bỏ dự thảo đó"):
        lines.take_out(row, by=officer, reason="Thôi")


def test_who_has_yet_to_pass_the_council_is_left_out_with_the_article(passed, province, officer):
    rows = [passed("Lý A"), passed("Lý B", "CSTDCS", state="fit"), passed("Lý C", state="asked")]
    made, left = actions.compose([row.pk for row in rows], by=officer, day=DAY)
    assert [one.nominations.count() for one in made] == [1]
    assert left[0].startswith("Lý B: chưa qua Hội đồng (Nghị định số 152/2025/NĐ-CP")
    assert left[1] == "Lý C: đang ở bước «Đang lấy ý kiến»."


def test_the_sum_of_a_day_before_the_base_salary_rose_is_not_issued(passed, composed, approved, clerk):
    decision = composed(passed("Lý A"), day=date(2026, 6, 30))
    paper = approved(decision)
    assert "3.510.000 đồng" in paper.body
    with pytest.raises(
        Refused, match=r"\(3\.510\.000 đồng\) tính theo ngày 30/06/2026; ngày 20/11/2026 là 3\.800\.000 đồng"
    ):
        issue_paper(paper, by=clerk, day=DAY)
    paper.body = paper.body.replace("3.510.000", "3.800.000")
    paper.save()
    with pytest.raises(Refused) as refused:
        issue_paper(paper, by=clerk, day=DAY)
    # What is left is the law, which is another one since.
    assert "Căn cứ" in str(refused.value)
    assert "Tiền thưởng" not in str(refused.value)


def test_who_died_while_the_paper_was_on_its_way_is_decided_on_before_it_is_issued(
    passed, composed, approved, officer, clerk
):
    row, other = passed("Lý A"), passed("Lý B")
    decision = composed(row, other)
    paper = approved(decision)
    row.recipient.ended_on = DAY
    row.recipient.save()
    with pytest.raises(Refused, match=r"cần xem sau khi soạn\. Lý A: Đã mất ngày 20/11/2026\. Sở Nội vụ mở dòng đó"):
        issue_paper(paper, by=clerk, day=DAY)
    assert states(row, other) == ["presented", "presented"]
    lines.settle(Nomination.objects.get(pk=row.pk), by=officer, reason="Truy tặng")
    issue_paper(paper, by=clerk, day=DAY)
    assert states(row, other) == ["awarded", "awarded"]


def test_a_row_taken_out_waits_again(passed, composed, officer):
    first, second = passed("Lý A"), passed("Lý B", "LDTT", state="fit")
    decision, other = composed(first), composed(second)
    lines.take_out(Nomination.objects.get(pk=first.pk), by=officer, reason="Xem lại")
    assert states(first, second) == ["passed", "presented"]
    actions.discard_draft(other, by=officer)
    assert states(second) == ["fit"]
    assert Decision.objects.count() == 1
    with pytest.raises(Refused, match="Danh sách không còn dòng nào"):
        papers.draft(decision, Paper.DECISION, by=officer)


def test_of_titles_of_one_year_the_highest_alone_is_paid(passed, composed, issued):
    person = make_recipient(name="Lý Cao")
    rows = [passed(code="CSTDT", recipient=person), passed(code="CDLSUT", recipient=person)]
    decision = composed(*rows)
    # Of one of them everybody is to be asked before it is proposed.
    listed = Opinion.objects.create(
        kind="public", state="silent", by=decision.by, asked_on=DAY, due_on=DAY, answered_on=DAY
    )
    listed.nominations.add(rows[1])
    decision = issued(decision)
    assert sorted(decision.awards.values_list("type__code", "amount")) == [("CDLSUT", None), ("CSTDT", 7_590_000)]


def test_an_initiative_that_a_title_rests_on_is_used_up(passed, composed, issued, officer):
    row = passed("Lý A", "CSTDT")
    for year in (2023, 2024, 2025):
        give(row.recipient, "CSTDCS", year, officer)
    made = Initiative.objects.create(name="Cách làm", scope="province", year=2025, number="9/QĐ")
    other = Initiative.objects.create(name="Cách cũ", scope="unit", year=2025)
    for one in (made, other):
        Authorship.objects.create(initiative=one, recipient=row.recipient)
    decision = issued(composed(row))
    used = dict(Authorship.objects.values_list("initiative", "used_in"))
    assert used == {made.pk: decision.awards.get().pk, other.pk: None}


def test_the_decision_of_another_authority_is_entered_when_it_comes(passed, composed, officer):
    first, second = passed("Lý A", "BKTTG"), passed("Lý B", "BKTTG")
    decision = composed(first, second)
    with pytest.raises(Refused, match="soạn tờ trình, rồi ghi kết quả"):
        papers.draft(decision, Paper.DECISION, by=officer)
    papers.draft(decision, Paper.SUBMISSION, by=officer)
    actions.record(decision, by=officer, number="700/QĐ-TTg", day=DAY, refused={second.pk: "Chưa đủ thời gian"})
    assert states(first, second) == ["awarded", "refused"]
    assert decision.awards.get().amount == 8_860_000
    assert Nomination.objects.get(pk=second.pk).refusal == "Chưa đủ thời gian"


def test_a_decision_that_gave_something_is_not_recalled(passed, composed, issued, officer, leader, clerk):
    decision = issued(composed(passed()))
    paper = recall(decision.paper, by=officer, reason="Ban hành nhầm")
    paper.bases = "Theo đề nghị của Giám đốc Sở Nội vụ"
    paper.save()
    submit(paper, by=officer)
    approve(paper, by=leader)
    with pytest.raises(Refused, match="không thu hồi, thay thế như văn bản khác"):
        issue_paper(paper, by=clerk, day=DAY)
    decision.paper.refresh_from_db()
    assert decision.paper.state == "issued"


def test_numbers_of_the_golden_book_begin_anew_or_run_on_by_the_office_s_row(
    passed, composed, issued, plain_catalogue, monkeypatch
):
    issued(composed(passed("Lý A"), passed("Lý B")))
    second = issued(composed(passed("Lý C")))
    assert second.awards.get().position == 1
    rule = Row(
        "other",
        "*",
        "*",
        "",
        "Số chạy liên tục",
        date(2020, 1, 1),
        None,
        None,
        "",
        more={"code": "office-golden-running"},
    )
    running = Catalogue([*plain_catalogue.rows, rule], plain_catalogue.texts, plain_catalogue.criteria)
    monkeypatch.setattr(book, "_known", {Stamp.current(): running})
    third, fourth = issued(composed(passed("Lý D"), passed("Lý E"))), issued(composed(passed("Lý G")))
    assert [sorted(one.awards.values_list("position", flat=True)) for one in (third, fourth)] == [[3, 4], [5]]


def test_nominations_are_matched_to_the_decision_that_was_entered(passed, composed, officer):
    first, second = passed("Lý A", "BKTTG"), passed("Lý B", "BKTTG")
    decision = composed(first, second)
    office = decision.office
    award = give(first.recipient, "BKTTG", YEAR, officer, number="7/QĐ-TTg", day=DAY, office=office)
    with pytest.raises(Refused, match=r"danh sách không có: Lý B\. Hãy bỏ chọn"):
        actions.record(decision, by=officer, number="7/qđ-ttg", day=DAY, refused={})
    actions.record(decision, by=officer, number="7/qđ-ttg", day=DAY, refused={second.pk: "Chưa đủ thời gian"})
    first.refresh_from_db()
    assert (first.given, first.decision, first.state) == (award, award.decision, "awarded")
    assert states(second) == ["refused"]
    assert not Decision.objects.filter(pk=decision.pk).exists()
    assert award.payment.amount == 8_860_000
    assert Award.objects.count() == 1


# --- One flag a year


@pytest.fixture
def flags(passed, dossier):
    """A collective that passed for both flags of a year, the lower one first."""
    unit = make_recipient("collective", "Sở Y tế", unit=dossier.unit)
    return passed(code="CTDT", recipient=unit), passed(code="CTDCP", recipient=unit)


def test_the_higher_flag_is_drafted_and_the_lower_one_left_out(flags, province, officer):
    low, high = flags
    made, left = actions.compose([low.pk, high.pk], by=officer, day=DAY)
    assert [one.nominations.get() for one in made] == [high]
    assert len(left) == 1
    assert "Mỗi năm một cờ thi đua: cũng được đề nghị “Cờ thi đua của Chính phủ”" in left[0]
    with pytest.raises(Refused, match="Điều 5 Luật Thi đua, khen thưởng"):
        actions.compose([low.pk], by=officer, day=DAY)
    assert states(low, high) == ["passed", "presented"]


def test_a_second_flag_in_another_draft_keeps_a_decision_from_being_written(flags, composed, officer):
    low, high = flags
    decision = composed(low)
    Nomination.objects.filter(pk=high.pk).update(state="presented")
    with pytest.raises(Refused, match="Mỗi năm một cờ thi đua"):
        papers.draft(decision, Paper.DECISION, by=officer)


def test_what_another_authority_gave_is_recorded_all_the_same(flags, composed, officer):
    low, high = flags
    decision = composed(high)
    Nomination.objects.filter(pk=low.pk).update(state="presented")
    actions.record(decision, by=officer, refused={}, number="9/QĐ-TTg", day=DAY)
    assert states(high) == ["awarded"]


def test_a_flag_of_a_movement_is_for_a_person_to_decide(flags, composed, officer, dossier):
    low, high = flags
    file = Dossier.objects.create(
        unit=dossier.unit, year=YEAR, author=dossier.author, route="movement", state="appraised", officer=officer,
        received_on=date(2026, 3, 2),
    )  # fmt: skip
    Nomination.objects.filter(pk=high.pk).update(state="presented", dossier=file)
    decision = composed(low)
    row = lines.settle(Nomination.objects.get(pk=low.pk), by=officer, reason="Thành tích khác")
    assert Settled.objects.get(nomination=row).words.startswith("Mỗi năm một cờ thi đua")
    papers.draft(decision, Paper.DECISION, by=officer)


def test_who_does_not_get_the_higher_flag_is_looked_at_for_the_lower(passed, composed, dossier, types, officer):
    unit, other = (make_recipient("collective", name, unit=dossier.unit) for name in ("Sở Y tế", "Sở Tư pháp"))
    given = passed(code="CTDCP", recipient=other)
    high = passed(code="CTDCP", recipient=unit, fallback=types["CTDT"])
    decision = composed(given, high)
    actions.record(decision, by=officer, refused={high.pk: "Thủ tướng không tặng"}, number="9/QĐ-TTg", day=DAY)
    assert list(Nomination.objects.falling_back()) == [high]


def test_one_award_answers_one_nomination_alone(passed, composed, dossier, officer, unit_officer):
    first = passed("Lý A", "BKTTG")
    other = Dossier.objects.create(unit=dossier.unit, year=YEAR - 1, author=unit_officer, route="theme", state="appraised",
                                   officer=officer, received_on=date(2026, 3, 2))  # fmt: skip
    again = passed(code="BKTTG", recipient=first.recipient, dossier=other)
    decision = composed(first, again)
    give(first.recipient, "BKTTG", YEAR, officer, number="7/QĐ-TTg", day=DAY, office=decision.office)
    with pytest.raises(Refused, match=r"đã khớp với đề nghị khác: Lý A\. Hãy bỏ chọn"):
        actions.record(decision, by=officer, number="7/QĐ-TTg", day=DAY, refused={})
    assert states(first, again) == ["presented", "presented"]
    actions.record(decision, by=officer, number="7/QĐ-TTg", day=DAY, refused={again.pk: "Trùng"})
    assert states(first, again) == ["awarded", "refused"]


def test_an_objection_is_looked_at_before_the_paper_is_written(passed, composed, officer):
    row = passed()
    one = Opinion.objects.create(kind="body", body="Công an tỉnh", state="objected", answer="Đang xác minh đơn", by=officer,
                                 asked_on=DAY, due_on=DAY, answered_on=DAY)  # fmt: skip
    one.nominations.add(row)
    decision = composed(row)
    with pytest.raises(Refused, match="Còn 1 dòng có điều cần xem"):
        papers.draft(decision, Paper.DECISION, by=officer)
    row.refresh_from_db()
    lines.settle(row, by=officer, reason="Đã xác minh xong")
    assert Settled.objects.get().words == "Công an tỉnh có ý kiến khác ngày 20/11/2026: Đang xác minh đơn."
    assert papers.draft(decision, Paper.DECISION, by=officer)


@pytest.mark.parametrize(("name", "field"), [("deciding", "ho_so"), ("payments", "quyet_dinh")])
def test_a_number_that_no_row_has_is_told_and_no_error(name, field, types, officer, client_of):
    assert client_of(officer).get(reverse(name), {field: "9" * 25}).status_code == 200
