"""Envelopes, labels and receipts of a paper that was issued; the paper on both sides: who gets what, what stands on it."""

import io
import re
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest
from django.urls import reverse

from documents import typesetting
from documents.envelopes import actions
from documents.envelopes.duplex import both_sides
from documents.envelopes.envelopes import MOST_AT_ONCE, Receiver, Sender, address_labels, envelopes, slips
from documents.envelopes.models import Posting, Size
from documents.envelopes.rules import others_of, units_of
from documents.jobs.working import enlist, work_once
from documents.models import Job
from documents.source.paper import Appendix

from ..issued import issue_letter, more_units
from ..sheets import dice, html_of, paper, sentence

needs_pdf = pytest.mark.skipif(bool(typesetting.missing_packages()), reason="PDF needs Debian packages")


def heights(pdf):
    """Millimetres from the top of the sheet at which each letter of the first page ends."""
    page = pypdfium2.PdfDocument(pdf)[0]
    text, high = page.get_textpage(), page.get_size()[1]
    return [(high - text.get_charbox(number)[1]) * 25.4 / 72 for number in range(text.count_chars())]


SENDER = Sender(
    ("ỦY BAN NHÂN DÂN TỈNH",), ("SỞ NỘI VỤ",), "Số 1, đường Ví Dụ", "12/SNV-TĐKT", "02/03/2020", "Công văn",
    "tổng kết phong trào", "HỎA TỐC", 3,
)  # fmt: skip


def pages(pdf):
    """(width, height in mm, words without spaces) of each page."""
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        wide, high = (round(side * 25.4 / 72) for side in page.get_size())
        yield wide, high, "".join(page.get_textpage().get_text_range().split())


@needs_pdf
@pytest.mark.parametrize("size", Size)
def test_an_envelope_names_sender_number_and_receiver_on_a_page_of_its_own(size):
    receivers = [Receiver("UBND xã Đồng Đăng", "thôn 1, xã Đồng Đăng"), Receiver("Ban Quản lý Khu kinh tế " * 8)]
    found = list(pages(envelopes(SENDER, receivers, size)))
    assert [page[:2] for page in found] == [size.millimetres] * 2
    for word in ("SỞNỘIVỤ", "Số:12/SNV-TĐKT", "Kínhgửi:", "HỎATỐC", "UBNDxãĐồngĐăng", "thôn1,xãĐồngĐăng"):
        assert word in found[0][2]
    # A name too long for its place is printed smaller, and whole.
    assert found[1][2].count("BanQuảnlýKhukinhtế") == 8


@needs_pdf
def test_labels_are_eight_a_sheet_and_receipts_two():
    receivers = [Receiver(f"UBND xã số {number}", "Lạng Sơn") for number in range(1, 10)]
    found = list(pages(address_labels(SENDER, receivers)))
    assert [page[2].count("UBNDxãsố") for page in found] == [8, 1]
    found = list(pages(slips(SENDER, receivers)))
    assert [page[2].count("PHIẾUGỬI") for page in found] == [2, 2, 2, 2, 1]
    assert "12/SNV-TĐKT02/03/2020Côngvăn:tổngkếtphongtrào3" in found[0][2]


@needs_pdf
@pytest.mark.parametrize(("skipped", "sheets"), [(0, [8, 1]), (3, [5, 4]), (7, [1, 8])])
def test_labels_begin_behind_those_that_were_used(skipped, sheets):
    made = address_labels(SENDER, [Receiver(f"UBND xã số {number}") for number in range(1, 10)], skipped)
    assert [page[2].count("UBNDxãsố") for page in pages(made)] == sheets
    # Two a row, four rows of 68.6 mm below 8 mm.
    first = heights(made)[0] - 8
    assert skipped // 2 * 68.6 < first < (skipped // 2 + 1) * 68.6


@needs_pdf
def test_markup_and_endless_words_in_a_name_are_words():
    row = Receiver("<b>A & B</b> " + "x" * 300, "<script>")
    for made in (envelopes(SENDER, [row], Size.DL), address_labels(SENDER, [row]), slips(SENDER, [row])):
        (only,) = pages(made)
        assert "<b>A&B</b>" in only[2]
        assert "<script>" in only[2]


@needs_pdf
def test_nothing_is_cut_off_however_long_names_are():
    name = "Ban Chỉ đạo các chương trình mục tiêu quốc gia xây dựng nông thôn mới, giảm nghèo bền vững và phát triển kinh tế"
    sender = replace(
        SENDER,
        superior=("BỘ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "CỤC KIỂM LÂM"),
        issuer=(name.upper(), name.upper()),
        subject="x " * 250,
    )
    rows = [Receiver(f"{name} {name}", f"{name}, số {number}.") for number in range(8)]
    for found in pages(address_labels(sender, rows)):
        assert found[2].count("HỎATỐC") == 8
        assert found[2].count("Số:12/SNV-TĐKT") == 8
    found = list(pages(slips(sender, rows)))
    assert sum(page[2].count("(Ký,ghirõhọtên,đóngdấuđến)") for page in found) == 8
    # Labels do not show what hangs over: four rows of 68.6 mm, below 8 mm, with 4 mm of margin within.
    places = [high - 8 for high in heights(address_labels(sender, rows))]
    assert all(place % 68.6 < 65 for place in places)
    for size in Size:
        made = list(pages(envelopes(sender, rows[:2], size)))
        assert len(made) == 2


@pytest.fixture
def issued(draft, officer, leader, clerk):
    draft.to = "UBND xã số 01\nUBND các xã, phường\nBáo Lạng Sơn"
    draft.recipients = "Như trên\nĐài Phát thanh và Truyền hình tỉnh\nLãnh đạo cơ quan\nCác sở, ban, ngành"
    return issue_letter(draft, officer, leader, clerk, units=more_units(3))


@pytest.mark.django_db
def test_whom_the_post_reaches_alone_is_found_on_the_paper(issued):
    units = units_of(issued)
    assert [unit.name for unit in units] == ["UBND xã số 01", "UBND xã số 02", "UBND xã số 03"]
    assert others_of(issued, units) == ["Báo Lạng Sơn", "Đài Phát thanh và Truyền hình tỉnh"]


@needs_pdf
@pytest.mark.django_db
def test_the_page_prints_for_those_that_are_ticked_and_typed(issued, officer, client_of):
    client, address = client_of(officer), reverse("envelopes", args=[issued.pk])
    assert address in client.get(reverse("document", args=[issued.pk])).content.decode()
    page = client.get(address).content.decode()
    assert "3 đơn vị chưa có địa chỉ nhận thư" in page
    assert "Báo Lạng Sơn" in page
    first = units_of(issued)[0]
    typed = {"what": "bi", "size": "c5", "units": [first.pk], "others": "Báo Lạng Sơn; số 2, phố A\n;\n\n; chỉ địa chỉ"}
    found = list(pages(client.post(address, typed, follow=True).content))
    assert [page[2].partition("Kínhgửi:")[2] for page in found] == [
        "UBNDxãsố01LạngSơn",
        "BáoLạngSơnsố2,phốA",
        "chỉđịachỉ",
    ]


@needs_pdf
@pytest.mark.django_db
def test_whom_it_was_printed_for_is_kept_for_the_next_time(issued, officer, client_of):
    client, address = client_of(officer), reverse("envelopes", args=[issued.pk])
    first, second, _ = units_of(issued)
    others = "Báo Lạng Sơn; số 2, phố A\nÔng Nguyễn Văn Bình; thôn 1"
    asked = {"what": "nhan", "size": "c4", "skipped": "3", "units": [second.pk], "others": others, "once": "c4" * 10}
    answer = client.post(address, asked)
    assert client.get(answer["Location"])["Content-Type"] == "application/pdf"
    # Sent twice, it is one printing.
    assert client.post(address, asked)["Location"] == answer["Location"]
    page = client.get(address).content.decode()
    assert "Ông Nguyễn Văn Bình; thôn 1" in page
    assert f'value="{second.pk}" checked' in re.sub(r' (class|id)="[^"]*"', "", page)
    assert f'value="{first.pk}" checked' not in re.sub(r' (class|id)="[^"]*"', "", page)
    assert '<option value="c4" selected>' in page
    assert "Lần in trước: Nhãn dán bì" in page
    assert Posting.objects.get().skipped == 3
    assert 'name="skipped" value="3"' not in page  # the next sheet is another one
    assert "In để gửi" in client.get(reverse("document", args=[issued.pk])).content.decode()
    # What was wrong keeps nothing.
    client.post(address, {"what": "khac", "others": "A"})
    assert Posting.objects.count() == 1


@needs_pdf
@pytest.mark.django_db
def test_more_than_a_page_makes_are_a_workers(issued, officer, client_of, monkeypatch):
    monkeypatch.setattr("documents.envelopes.views.MOST_AT_ONCE", 4)
    monkeypatch.setattr("documents.envelopes.envelopes.A_PART", 4)
    client, address = client_of(officer), reverse("envelopes", args=[issued.pk])
    others = "\n".join(f"Nơi số {number}" for number in range(7))
    answer = client.post(address, {"what": "bi", "size": "dl", "units": [units_of(issued)[0].pk], "others": others})
    job = Job.objects.get()
    assert answer["Location"] == job.get_absolute_url()
    # Printed anew for others before the worker comes: the job makes what it was asked for.
    client.post(address, {"what": "bi", "size": "c5", "others": "Người khác"})
    assert work_once(enlist())
    job.refresh_from_db()
    assert (job.state, job.done, job.title) == ("done", 8, "In bì thư, 8 nơi nhận")
    found = list(pages(client.get(reverse("job_result", args=[job.pk])).getvalue()))
    assert [page[:2] for page in found] == [(220, 110)] * 8
    assert [page[2].partition("Kínhgửi:")[2] for page in found] == [
        "UBNDxãsố01LạngSơn", *(f"Nơisố{number}" for number in range(7)),
    ]  # fmt: skip


@needs_pdf
@pytest.mark.django_db
def test_labels_of_a_worker_fill_their_sheets_behind_what_was_used(issued, officer, client_of, monkeypatch):
    monkeypatch.setattr("documents.envelopes.views.MOST_AT_ONCE", 8)
    monkeypatch.setattr("documents.envelopes.envelopes.A_PART", 8)
    client, others = client_of(officer), "\n".join(f"Nơi số {number}" for number in range(20))
    client.post(reverse("envelopes", args=[issued.pk]), {"what": "nhan", "skipped": "3", "others": others})
    assert work_once(enlist())
    job = Job.objects.get()
    found = pages(client.get(reverse("job_result", args=[job.pk])).getvalue())
    assert [page[2].count("Nơisố") for page in found] == [5, 8, 7]


@needs_pdf
@pytest.mark.django_db
def test_a_worker_that_died_goes_on_and_one_who_may_not_any_more_gets_nothing(issued, officer, monkeypatch):
    monkeypatch.setattr("documents.envelopes.envelopes.A_PART", 2)
    row = actions.post(issued, by=officer, what="nhan", size="", units=[], others="A\nB\nC\nD\nE")
    job, calls, made = actions.print_long(row, by=officer), [], actions.made

    def dies(*args):
        calls.append(args)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return made(*args)

    monkeypatch.setattr(actions, "made", dies)
    worker = enlist()
    with pytest.raises(KeyboardInterrupt):
        work_once(worker)
    assert job.parts.count() == 1
    worker.delete()
    assert work_once(enlist())
    assert len(calls) == 4  # the first part was not made again
    assert MOST_AT_ONCE >= 300


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"what": "bi"}, "Hãy chọn ít nhất một nơi nhận."),
        ({"what": "khac", "others": "A"}, "khac"),
        ({"what": "nhan", "others": "A", "skipped": "8"}, "Giá trị không được lớn hơn 7."),
        ({"what": "nhan", "others": "A", "skipped": "hai"}, "số nguyên"),
        ({"what": "bi", "units": "9999"}, "9999"),
        (
            {"what": "nhan", "others": "\n".join(f"Nơi {number}" for number in range(5001))},
            "nhiều nhất 5000 nơi nhận, đang chọn 5001",
        ),
    ],
)
def test_what_cannot_be_printed_is_told_beside_its_field(issued, officer, client_of, typed, told):
    answer = client_of(officer).post(reverse("envelopes", args=[issued.pk]), typed)
    assert answer.status_code == 422
    assert told in answer.content.decode()


@pytest.mark.django_db
def test_nobody_prints_them_for_a_paper_of_others_or_one_not_issued(issued, draft, stranger, officer, client_of):
    address = reverse("envelopes", args=[issued.pk])
    row = actions.post(issued, by=officer, what="nhan", size="", units=[], others="A")
    printed = reverse("envelope_pages", args=[issued.pk, row.pk])
    assert [client_of(user).get(address).status_code for user in (stranger, officer)] == [404, 200]
    assert client_of(stranger).get(printed).status_code == 404
    assert client_of(officer).get(reverse("envelope_pages", args=[issued.pk, row.pk + 1])).status_code == 404
    assert client_of(stranger).get(reverse("document_duplex", args=[issued.pk])).status_code == 404


@pytest.mark.django_db
def test_a_draft_has_none(draft, officer, client_of):
    assert client_of(officer).get(reverse("envelopes", args=[draft.pk])).status_code == 404


@needs_pdf
@pytest.mark.django_db
def test_the_page_of_a_paper_has_it_on_both_sides(issued, officer, client_of):
    address = reverse("document_duplex", args=[issued.pk])
    client = client_of(officer)
    assert address in client.get(reverse("document", args=[issued.pk])).content.decode()
    answer = client.get(address)
    assert answer["Content-Type"] == "application/pdf"
    assert "hai-mat" in answer["Content-Disposition"]
    with pikepdf.open(io.BytesIO(answer.content)) as file:
        assert file.Root.ViewerPreferences.Duplex == "/DuplexFlipLongEdge"


def set_with(words, appendices):
    """The PDF of a decision of so many words."""
    return typesetting.to_pdf(html_of(replace(paper("QĐ", words=words), appendices=appendices)))


@needs_pdf
def test_each_text_begins_on_the_front_of_a_sheet():
    long, short = "\n\n".join(sentence(dice(number), 60) for number in range(12)), "Một đoạn."
    appendices = (Appendix("Một", short), Appendix("Hai", long), Appendix("Ba", short))
    pdf = set_with(60, appendices)
    fronts = [place for place, page in enumerate(pages(both_sides(pdf, set()))) if "Phụlục" in page[2][:20]]
    assert len(fronts) == 3
    assert all(place % 2 == 0 for place in fronts)
    # Every page is there, in its order; what was put in is empty.
    kept = [page for page in pages(both_sides(pdf, set())) if page[2]]
    assert kept == list(pages(pdf))
    with pikepdf.open(io.BytesIO(both_sides(pdf, set()))) as file:
        assert file.Root.ViewerPreferences.Duplex == "/DuplexFlipLongEdge"


@needs_pdf
def test_what_a_decision_issues_begins_on_a_front_too_and_lying_sheets_stay_so():
    issued = Appendix("Quy chế quản lý kho", "**Điều 1.** Phạm vi.", type="QC")
    lying = Appendix("Danh sách", "Một đoạn.", "landscape")
    found = list(pages(both_sides(set_with(60, (issued, lying)), {"QUY CHẾ"})))
    assert [bool(page[2]) for page in found] == [True, False, True, False, True]
    assert found[4][:2] == (297, 210)
    assert found[3][:2] == (210, 297)


@needs_pdf
def test_a_paper_alone_has_no_empty_page():
    pdf = set_with(900, ())
    assert list(pages(both_sides(pdf, set()))) == list(pages(pdf))
