"""Awards cancelled and names corrected by decisions that are written here; what rests on an award."""

import pytest

from awards.fund import actions as fund
from awards.fund.heads import load
from awards.issuing import actions, undoing
from awards.models import Authorship, Award, Cancellation, Initiative, NameCheck, Payment, Recipient
from documents.life.actions import approve, submit
from documents.life.issuing import issue as issue_paper
from documents.models import Document
from documents.steps.refusing import Refused
from tests.awards.conftest import give

from .conftest import DAY, YEAR


@pytest.fixture
def out(officer, leader, clerk):
    """A function: a draft approved and issued."""

    def send(paper):
        submit(paper, by=officer)
        return issue_paper(approve(paper, by=leader), by=clerk, day=DAY)

    return send


def test_a_decision_cancels_what_it_names_and_takes_back_what_was_paid(passed, composed, issued, officer, out):
    load()
    decision = issued(composed(passed("Lý A"), passed("Lý B"), passed("Lý C")))
    first, second, third = decision.awards.order_by("position")
    fund.pay([first.payment.pk], by=officer, day=DAY, paid_to="Sở Y tế", voucher="PC 1")
    paper = undoing.write_cancelling(
        decision, [first.pk, second.pk], by=officer, ground="a", reason="Khai gian thành tích năm 2025"
    )
    assert paper.authority_line == "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN"
    assert "đối với 02 trường hợp sau, vì: Khai gian thành tích năm 2025" in paper.body
    assert "điểm a khoản 2 Điều 93 Luật Thi đua, khen thưởng" in paper.body
    assert "tiền thưởng 3.800.000 đồng (bằng chữ: ba triệu tám trăm nghìn đồng)" in paper.body
    assert "Bằng, khung" in paper.body
    paper = out(paper)
    told = {
        row.award.name: (row.number, row.day, row.ground, row.amount)
        for row in Cancellation.objects.select_related("award")
    }
    assert told == {"Lý A": (paper.reference, DAY, "a", 3_800_000), "Lý B": (paper.reference, DAY, "a", None)}
    assert list(Award.objects.filter(cancelled_on=None).values_list("name", flat=True)) == ["Lý C"]
    with pytest.raises(Refused, match=r"Lý B \(đã hủy khen thưởng\)"):
        fund.pay([second.payment.pk], by=officer, day=DAY, paid_to="Sở Y tế", voucher="PC 2")
    assert third.payment.state == Payment.State.DUE


def test_what_was_cancelled_meanwhile_keeps_the_paper_from_being_issued(passed, composed, issued, officer, out):
    decision = issued(composed(passed("Lý A")))
    award = decision.awards.get()
    papers = [undoing.write_cancelling(decision, [award.pk], by=officer, ground=one, reason="Sai") for one in "ab"]
    out(papers[0])
    with pytest.raises(Refused, match="đã hủy theo Quyết định"):
        out(papers[1])
    assert Cancellation.objects.count() == 1


def test_what_rests_on_an_award_is_told(passed, composed, issued, officer, client_of):
    row = passed("Lý A")
    decision = issued(composed(row))
    award = decision.awards.get()
    give(row.recipient, "BKTTG", YEAR + 1, officer)
    made = Initiative.objects.create(name="Cách làm", scope="province", year=YEAR)
    Authorship.objects.create(initiative=made, recipient=row.recipient, used_in=award)
    (words,) = undoing.rests_on([award]).values()
    assert words[0] == "Sáng kiến «Cách làm» đã dùng để xét."
    assert "“Bằng khen của Thủ tướng Chính phủ” năm 2026" in words[1]
    page = client_of(officer).get(f"/khen-thuong/quyet-dinh/{decision.pk}/huy/?dong={award.pk}").content.decode()
    assert "xét trên khen thưởng này" in page


def test_a_corrected_name_is_found_by_both_spellings(passed, composed, issued, officer, out, unit_officer, client_of):
    row = passed("Nông Thị Lả")
    row.name = "Nông Thụy Lả"
    row.save()
    NameCheck.objects.create(nomination=row, state="right", by=unit_officer)
    decision = issued(composed(row, passed("Lý B")))
    award = decision.awards.get(name="Nông Thụy Lả")
    with pytest.raises(Refused, match="vẫn như trong quyết định"):
        undoing.write_correction(award, by=officer, name=award.name, post=award.post, reason="Sai")
    with pytest.raises(Refused, match="do Sở Nội vụ soạn"):
        undoing.write_correction(award, by=unit_officer, name="A", post="", reason="Sai")
    answer = client_of(officer).post(
        f"/khen-thuong/dong/{award.pk}/dinh-chinh/",
        {"name": "Nông Thị Lả", "post": award.post, "reason": "Đánh máy thiếu dấu"},
    )
    assert answer.status_code == 302
    paper = Document.objects.get(pk=int(answer.url.rstrip("/").rpartition("/")[2]))
    assert f"Đính chính tại số thứ tự {award.position} của danh sách" in paper.body
    assert "«Nông Thụy Lả» nay đọc là «Nông Thị Lả»" in paper.body
    out(paper)
    award.refresh_from_db()
    assert award.name == "Nông Thị Lả"
    person = Recipient.objects.get(pk=award.recipient_id)
    assert person.other_names == "Nông Thụy Lả"
    Recipient.objects.filter(pk=person.pk).update(name="Khác")
    assert person in Recipient.objects.matching("nong thuy la")


def test_what_others_decided_is_not_cancelled_by_a_paper_of_ours(passed, composed, officer):
    decision = composed(passed("Lý A", "BKTTG"))
    actions.record(decision, by=officer, number="7/QĐ-TTg", day=DAY, refused={})
    with pytest.raises(Refused, match="cơ quan đó mới hủy"):
        undoing.write_cancelling(decision, [decision.awards.get().pk], by=officer, ground="a", reason="Sai")
