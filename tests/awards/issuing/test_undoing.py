"""Awards cancelled and names corrected by decisions that are written here; what rests on an award."""

import io
import re
from datetime import date, timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from awards.decisions import cancelling
from awards.fund import actions as fund
from awards.fund.heads import load
from awards.issuing import actions, correcting, undoing
from awards.models import (
    Authorship,
    Award,
    Cancellation,
    Decision,
    Initiative,
    NameCheck,
    Office,
    Payment,
    Recipient,
    Undoing,
)
from awards.records.facts import facts_of
from documents.life.actions import approve, submit
from documents.life.issuing import issue as issue_paper
from documents.models import Document, DocumentType, Effect
from documents.papers.actions import save_draft
from documents.papers.rules import begin
from documents.steps.refusing import Refused
from tests.awards.conftest import give, make_recipient

from .conftest import DAY, YEAR


@pytest.fixture
def out(officer, leader, clerk):
    """A function: a draft approved and issued."""

    def send(paper):
        submit(paper, by=officer)
        return issue_paper(approve(paper, by=leader), by=clerk, day=DAY)

    return send


def excel(*rows):
    """A file with these lines."""
    book, stored = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(stored)
    return SimpleUploadedFile("ten.xlsx", stored.getvalue())


def test_a_decision_cancels_what_it_names_and_takes_back_what_was_paid(passed, composed, issued, officer, out):
    load()
    decision = issued(composed(passed("Lý A"), passed("Lý B"), passed("Lý C")))
    first, second, third = decision.awards.order_by("position")
    fund.pay([first.payment.pk], by=officer, day=DAY, paid_to="Sở Y tế", voucher="PC 1")
    first.dues.update(state="handed")
    paper = undoing.write_undoing(
        decision,
        "cancel",
        [first.pk, second.pk],
        by=officer,
        ground="false-merits",
        reason="Khai gian thành tích năm 2025",
    )
    assert paper.authority_line == "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN"
    assert (
        "đối với 02 trường hợp sau được tặng Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh, vì: Khai gian thành tích năm 2025"
        in paper.body
    )
    assert "điểm a khoản 2 Điều 93 Luật Thi đua, khen thưởng" in paper.body
    assert "tiền thưởng 3.800.000 đồng (bằng chữ: ba triệu tám trăm nghìn đồng)" in paper.body
    assert "Bằng, khung" in paper.body
    paper = out(paper)
    told = {
        row.award.name: (row.number, row.day, row.ground, row.amount)
        for row in Cancellation.objects.select_related("award")
    }
    assert told == {
        "Lý A": (paper.reference, DAY, "false-merits", 3_800_000),
        "Lý B": (paper.reference, DAY, "false-merits", None),
    }
    assert list(Award.objects.filter(cancelled_on=None).values_list("name", flat=True)) == ["Lý C"]
    with pytest.raises(Refused, match=r"Lý B \(đã hủy khen thưởng\)"):
        fund.pay([second.payment.pk], by=officer, day=DAY, paid_to="Sở Y tế", voucher="PC 2")
    assert third.payment.state == Payment.State.DUE


def test_what_was_cancelled_meanwhile_keeps_the_paper_from_being_issued(passed, composed, issued, officer, out):
    decision = issued(composed(passed("Lý A")))
    award = decision.awards.get()
    told = {"by": officer, "reason": "Sai"}
    papers = [
        undoing.write_undoing(decision, "cancel", [award.pk], ground=one, **told) for one in ("false-merits", "forged")
    ]
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
        correcting.write_correction(award, by=officer, name=award.name, post=award.post, reason="Sai")
    with pytest.raises(Refused, match="do Sở Nội vụ soạn"):
        correcting.write_correction(award, by=unit_officer, name="A", post="", reason="Sai")
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


def test_what_others_decided_is_asked_for_and_recorded_when_it_comes(passed, composed, officer, out):
    decision = composed(passed("Lý A", "BKTTG"), passed("Lý B", "BKTTG"))
    actions.record(decision, by=officer, number="7/QĐ-TTg", day=DAY, refused={})
    decision.refresh_from_db()
    keys = list(decision.awards.values_list("pk", flat=True))
    told = {"by": officer, "ground": "forged", "reason": "Giấy tờ giả"}
    paper = undoing.write_undoing(decision, "cancel", keys, **told)
    assert paper.type.code == "TTr"
    assert "xem xét, trình Thủ tướng Chính phủ hủy bỏ khen thưởng đã tặng theo Quyết định số 7/QĐ-TTg" in paper.body
    paper.capacity, paper.signer_name = "GIÁM ĐỐC", "Nguyễn Văn Mẫu"
    out(save_draft(paper, by=officer))
    assert not Cancellation.objects.exists()
    with pytest.raises(Refused, match="chưa đến"):
        undoing.record_undoing(decision, "cancel", keys, number="9/QĐ-TTg", day=DAY + timedelta(days=1), **told)
    assert undoing.record_undoing(decision, "cancel", keys, number="9/QĐ-TTg", day=DAY, **told) == 2
    assert set(Award.objects.values_list("cancelled_by", flat=True)) == {"theo Quyết định số 9/QĐ-TTg ngày 20/11/2026"}
    assert Cancellation.objects.filter(article__startswith="điểm b khoản 2 Điều 93 Luật Thi đua").count() == 2


def test_what_was_issued_here_is_cancelled_by_a_paper_alone(passed, composed, issued, officer, client_of):
    decision = issued(composed(passed("Lý A")))
    award = decision.awards.get()
    told = {"by": officer, "number": "9/QĐ-UBND", "day": DAY, "ground": "forged", "reason": "Sai"}
    with pytest.raises(Refused, match="ban hành trên phần mềm"):
        undoing.record_undoing(decision, "cancel", [award.pk], **told)
    with pytest.raises(Refused, match="ban hành trên phần mềm"):
        cancelling.cancel(award, amount=None, items="", **told)
    client_of(officer).post(f"/khen-thuong/dong/{award.pk}/buoc/", {"act": "cancel", "version": 2})
    client_of(officer).post(
        f"/khen-thuong/quyet-dinh/{decision.pk}/buoc/", {"act": "undo", "version": 2, "reason": "x"}
    )
    client_of(officer).post(f"/khen-thuong/ra-quyet-dinh/{decision.pk}/buoc/", {"act": "discard", "version": 2})
    assert Award.objects.filter(stands=True, cancelled_on=None).count() == 1


def test_an_honour_is_asked_to_be_stripped_and_restored(types, officer, unit_officer, province, client_of):
    person = make_recipient(name="Lý A", unit=unit_officer.unit)
    award = give(person, "NGUT", 2024, officer, office=Office.objects.get(code="president"), number="700/QĐ-CTN")
    client, page = client_of(officer), f"/khen-thuong/quyet-dinh/{award.decision_id}/huy/"
    typed = {"ground": "strip:prison", "reason": "Bản án số 1", "chosen": [award.pk]}
    asked = client.post(page, typed)
    paper = Document.objects.latest("pk")
    assert asked.url == paper.get_absolute_url()
    assert "trình Chủ tịch nước tước danh hiệu vinh dự nhà nước" in paper.body
    assert "khoản 3 Điều 93" in paper.body
    refused = client.post(page, typed | {"record": "1", "number": "9/QĐ-CTN"})
    assert refused.status_code == 422
    assert refused.context["form"].errors == {"day": ["Hãy ghi ngày ký của quyết định đã có."]}
    client.post(page, typed | {"record": "1", "number": "9/QĐ-CTN", "day": "01/06/2026"})
    award.refresh_from_db()
    assert (award.is_stripped, award.cancelled_on, award.lost_words) == (True, date(2026, 6, 1), "Tước")
    client.post(f"/khen-thuong/dong/{award.pk}/phuc-hoi/", {"ground": "restore", "reason": "Bản án số 2"})
    asked = Document.objects.latest("pk")
    assert "trình Chủ tịch nước phục hồi và trao lại danh hiệu vinh dự nhà nước" in asked.body
    assert "khoản 6 Điều 93" in asked.body
    cancelling.reinstate(award, by=officer, number="12/QĐ-CTN", day=DAY, ground="restore", reason="Bản án số 2")
    held = facts_of([person])[person.pk].held[0]
    days = (date(2026, 5, 31), date(2026, 6, 1), DAY - timedelta(days=1), DAY)
    assert [bool(held.lost_on(day)) for day in days] == [False, True, True, False]
    assert Award.objects.get().cancelled_on is None


def test_a_recalled_cancelling_lets_its_awards_count_again(passed, composed, issued, officer, out):
    decision = issued(composed(passed("Lý A"), passed("Lý B")))
    first = decision.awards.order_by("position").first()
    paper = out(undoing.write_undoing(decision, "cancel", [first.pk], by=officer, ground="forged", reason="Sai"))
    with pytest.raises(Refused, match="thu hồi văn bản đó"):
        cancelling.restore(first, by=officer, reason="Nhầm")
    recalling = begin(by=officer, type=DocumentType.objects.get(code="QĐ"), issuer=paper.issuer_unit)
    recalling.subject, recalling.body = f"thu hồi {paper.name}", "Thu hồi."
    recalling.recipients = "Các đơn vị"
    recalling = save_draft(recalling, by=officer)
    Effect.objects.create(paper=recalling, target=paper, kind=Effect.Kind.RECALLS, reason="Khiếu nại đúng")
    out(recalling)
    first.refresh_from_db()
    loss = Cancellation.objects.get()
    assert (first.cancelled_on, first.back_on, loss.stands, loss.restored_on) == (None, DAY, False, DAY)
    assert "bị thu hồi" in loss.restored_for


def test_a_page_chooses_by_filter_by_file_and_on_other_pages(passed, composed, issued, officer, client_of):
    decision = issued(composed(*(passed(f"Lý {letter}") for letter in "ABCD")))
    keys = dict(decision.awards.values_list("name", "pk"))
    client, page = client_of(officer), f"/khen-thuong/quyet-dinh/{decision.pk}/huy/"
    assert len(client.get(page).context["page_obj"].object_list) == 4

    def chosen(query="", **typed):
        answer = client.post(page + query, {"ground": "cancel:forged", "reason": "Sai"} | typed)
        if answer.status_code == 422:
            return answer.context["form"].errors
        return set(Undoing.objects.latest("pk").awards.values_list("name", flat=True))

    assert "all" in chosen()
    assert chosen("?q=ly+b", all="on") == {"Lý B"}
    joined = f"{keys['Lý C']},{keys['Lý D']},x"
    assert chosen(chosen=[keys["Lý A"]], **{"chosen-khac": joined}) == {"Lý A", "Lý C", "Lý D"}
    assert chosen(names=excel(["STT", "Họ và tên"], [1, "Lý A"], ["", "lý d"])) == {"Lý A", "Lý D"}
    wrong = chosen(names=excel(["STT", "Họ và tên"], [1, "Lý B"], [9, ""]))["names"][0]
    assert "dòng 2: số 1 là Lý A, không phải Lý B; dòng 3: không có số thứ tự 9 còn hiệu lực" in wrong
    kept = client.post(page, {"reason": "Sai sự thật", "chosen": [keys["Lý B"]]})
    assert kept.status_code == 422
    words = kept.content.decode()
    assert "Sai sự thật" in words
    assert re.search(rf'name="chosen" value="{keys["Lý B"]}"[^>]* checked', words)


def test_a_file_that_cannot_be_read_is_told_beside_its_field(passed, composed, issued, officer, client_of):
    decision = issued(composed(passed("Lý A")))
    typed = {"ground": "cancel:false-merits", "reason": "Khai gian"}
    address = f"/khen-thuong/quyet-dinh/{decision.pk}/huy/"
    for file in (SimpleUploadedFile("ten.xlsx", b"junk"), excel(["STT"], ["9" * 5000])):
        answer = client_of(officer).post(address, typed | {"names": file})
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["names"])


def test_one_paper_at_a_time_sets_a_name_right(passed, composed, issued, officer, out):
    award = issued(composed(passed("Lý A"))).awards.get()
    paper = correcting.write_correction(award, by=officer, name="Lý Á", post="", reason="Sai dấu")
    with pytest.raises(Refused, match=r"Đã có .*\(dự thảo.*cho khen thưởng này"):
        correcting.write_correction(award, by=officer, name="Lý Ả", post="", reason="Sai dấu")
    out(paper)
    award.refresh_from_db()
    assert correcting.write_correction(award, by=officer, name="Lý Ả", post="", reason="Sai lần nữa")


def test_as_many_queries_for_two_hundred_as_for_two(passed, types, officer, django_assert_max_num_queries):
    office = Office.objects.get(code="premier")
    decision = Decision.objects.create(number="7/QĐ-TTg", day=DAY, office=office, subject="Tặng", by=officer)
    person = make_recipient(name="Lý A")
    Award.objects.bulk_create(
        Award(decision=decision, recipient=person, type=types["BKTTG"], position=n, name="Lý A", year=2000, route="burst",
              decided_on=DAY)
        for n in range(1, 201)
    )  # fmt: skip
    keys = list(decision.awards.values_list("pk", flat=True))
    with django_assert_max_num_queries(24):
        undoing.record_undoing(
            decision, "cancel", keys, by=officer, number="9/QĐ-TTg", day=DAY, ground="forged", reason="Sai"
        )
    assert Cancellation.objects.count() == 200


def test_a_name_that_another_authority_set_right_is_recorded(types, officer, unit_officer, client_of):
    person = make_recipient(name="Nông Thị Lả", unit=unit_officer.unit)
    award = give(person, "BKTTG", 2024, officer, office=Office.objects.get(code="premier"), number="7/QĐ-TTg")
    typed = {"act": "correct", "version": 1, "post": "", "number": "8/ĐC", "day": "01/06/2026", "reason": "Đánh máy"}
    client, page = client_of(officer), f"/khen-thuong/dong/{award.pk}/"
    refused = client.post(f"{page}buoc/", typed | {"name": "Nông Thị Lả"})
    assert (refused.status_code, "vẫn như trong quyết định" in refused.content.decode()) == (422, True)
    client.post(f"{page}buoc/", typed | {"name": "Nông Thụy Lả"})
    assert "«Nông Thị Lả» nay là «Nông Thụy Lả»" in client.get(page).content.decode()
    assert Award.objects.get().name == "Nông Thụy Lả"
