"""What papers ask of units: reported, opened again, late or not; the table of a paper and the list of a unit."""

import io
from datetime import date, datetime, timedelta

import pdfplumber
import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.area import CAMPAIGNS
from documents.area import PAPERS
from documents.deliveries.actions import answer
from documents.duties.actions import (
    Standing,
    done_by_answer,
    matrix,
    reopen,
    report_done,
    standing,
    tally,
)
from documents.life.actions import give_back
from documents.models import Assignment, Document, Job, Reminder, Report
from documents.steps.refusing import Refused
from units.models import Succession, UnitChange, User

from ...exported import exported_rows, table_of
from ...waits import waits_for
from ..conftest import typed
from ..issued import DAY, issue_letter, more_units, picture, recall
from ..jobs.workers import done_by_worker

pytestmark = pytest.mark.django_db

READERS = ["store_keeper", "council_member"]
PAST = date(2020, 3, 31)
FUTURE = timezone.localdate() + timedelta(days=30)
DUTIES = [
    ("1.a", "Báo cáo kết quả quý I", PAST),
    ("1.b", "Gửi danh sách đề nghị khen", FUTURE),
    ("2", "Lưu hồ sơ", None),
]


@pytest.fixture
def letter(draft, people, other_unit):
    """A letter to Sở Y tế and Sở Nội vụ that asks three things of each."""
    return issue_letter(
        draft,
        people["officer"],
        people["leader"],
        people["clerk"],
        units=[other_unit, people["officer"].unit],
        duties=DUTIES,
    )


@pytest.fixture
def shares(letter, other_unit):
    """What Sở Y tế was asked, in the order of the letter."""
    return list(Assignment.objects.filter(unit=other_unit).order_by("duty__position"))


@pytest.fixture
def share(shares):
    """The first, whose last day is long past."""
    return shares[0]


def done_on(share, user, day):
    """Report done, as of a day."""
    report_done(share, by=user, words="Đã làm.")
    moment = timezone.make_aware(datetime(day.year, day.month, day.day, 23, 59))
    Assignment.objects.filter(pk=share.pk).update(done_at=moment)


def standings(share, day):
    found = Assignment.objects.select_related("duty__document").get(pk=share.pk)
    return standing(found, day)


# --- How far a duty is


def test_a_duty_is_late_from_the_day_after_its_last(shares):
    assert [standings(shares[0], day) for day in (PAST, PAST + timedelta(1))] == [Standing.OPEN, Standing.LATE]
    assert standings(shares[2], date(2999, 1, 1)) == Standing.OPEN


@pytest.mark.parametrize(("after", "found"), [(0, Standing.DONE), (1, Standing.DONE_LATE)])
def test_a_duty_done_on_its_last_day_is_in_time_and_a_day_later_is_not(share, unit_officer, after, found):
    done_on(share, unit_officer, PAST + timedelta(after))
    assert standings(share, FUTURE) == found


def test_a_duty_without_a_last_day_is_never_done_late(shares, unit_officer):
    report_done(shares[2], by=unit_officer, words="Đã làm.")
    assert standings(shares[2], FUTURE) == Standing.DONE


def test_a_recalled_paper_asks_nothing_any_more_and_what_was_done_stays_done(shares, letter, people):
    report_done(shares[2], by=people["unit_officer"], words="Đã làm.")
    assert waits_for(people["unit_officer"])["Nhiệm vụ chưa xong"].count == 2
    recall(letter, people["officer"], people["leader"], people["clerk"])
    assert [standings(row, FUTURE) for row in shares] == [Standing.NOT_ASKED, Standing.NOT_ASKED, Standing.DONE]
    assert "Nhiệm vụ chưa xong" not in waits_for(people["unit_officer"])
    with pytest.raises(Refused, match="không còn hiệu lực"):
        report_done(shares[0], by=people["unit_officer"], words="Đã làm.")
    with pytest.raises(Refused, match="không còn hiệu lực"):
        reopen(shares[2], by=people["officer"], reason="Thiếu.")


# --- A last day that can be met


@pytest.mark.parametrize(
    ("dated", "until", "told"),
    [
        ("29/02/2020", "28/02/2020", "Nhiệm vụ «1.a: Báo cáo» có hạn trước ngày văn bản (29/02/2020)."),
        ("29/02/2020", "29/02/2020", ""),
        ("02/2020", "28/01/2020", ""),
        ("", "28/01/2020", ""),
    ],
)
def test_a_last_day_before_the_day_of_the_draft_is_told_beside_it(draft, officer, client_of, dated, until, told):
    part = {"nhiem-vu-0-clause": "1.a", "nhiem-vu-0-words": "Báo cáo", "nhiem-vu-0-until": until}
    fields = typed(draft, date=dated, **part, **{"nhiem-vu-TOTAL_FORMS": 1})
    response = client_of(officer).post(reverse("document", args=[draft.pk]), fields)
    assert (response.status_code, draft.duties.count()) == ((422, 0) if told else (302, 1))
    if told:
        row = response.context["sheet"].duties.forms[0]
        assert row.errors == {"until": [f"{told} Hãy sửa lại một trong hai ngày."]}
        assert row["until"].value() == until
        assert response.context["form"]["date"].value() == dated


def test_a_paper_is_not_issued_on_a_day_after_the_last_of_one_of_its_duties(draft, people, other_unit):
    def issued_with(until):
        duties = [("1", "Xong trước", until)]
        return issue_letter(
            draft, people["officer"], people["leader"], people["clerk"], units=[other_unit], duties=duties
        )

    with pytest.raises(Refused, match="Nhiệm vụ «1: Xong trước» có hạn 01/03/2020, trước ngày 02/03/2020 của văn bản"):
        issued_with(DAY - timedelta(1))
    assert Document.objects.get(pk=draft.pk).state == Document.State.APPROVED
    give_back(draft, by=people["leader"], reason="Sửa hạn")
    draft.refresh_from_db()
    assert issued_with(DAY).state == Document.State.ISSUED


# --- Reporting and opening again


def test_a_report_is_words_files_or_both_and_the_first_time_stays(share, unit_officer):
    report_done(share, by=unit_officer, files=[picture()])
    share.refresh_from_db()
    first = share.done_at
    assert (first is not None, share.done_by) == (True, unit_officer)
    report_done(share, by=unit_officer, words="Bổ sung.")
    share.refresh_from_db()
    assert share.done_at == first
    said = [(row.kind, row.words, [file.name for file in row.uploads.all()]) for row in share.reports.all()]
    assert said == [("done", "", ["bang-chung.png"]), ("done", "Bổ sung.", [])]


@pytest.mark.parametrize(
    ("sent", "field", "told"),
    [
        ({"words": " "}, "words", "Hãy ghi kết quả hoặc kèm ít nhất một tệp."),
        ({"words": "Chữ đã gõ.", "files": "exe"}, "files", "phim.exe"),
    ],
)
def test_a_report_that_is_refused_is_told_beside_its_field(share, unit_officer, client_of, sent, field, told):
    sent = {**sent, "version": share.version, **({"files": [picture("phim.exe")]} if "files" in sent else {})}
    response = client_of(unit_officer).post(reverse("report_duty", args=[share.pk]), sent)
    assert response.status_code == 422
    assert list(response.context["report"].errors) == [field]
    assert told in response.context["report"].errors[field][0]
    assert sent["words"].strip() in response.content.decode()
    assert not Report.objects.exists()


def test_a_report_comes_from_the_page_with_its_files(share, unit_officer, client_of):
    sent = {"words": "Đã xong.", "files": [picture("mot.png"), picture("hai.png")], "version": share.version}
    client_of(unit_officer).post(reverse("report_duty", args=[share.pk]), sent)
    row = Report.objects.get()
    assert (row.assignment, row.by, row.words) == (share, unit_officer, "Đã xong.")
    assert [file.name for file in row.uploads.all()] == ["mot.png", "hai.png"]


def test_the_sender_opens_a_duty_again_with_a_reason(share, people, client_of):
    report_done(share, by=people["unit_officer"], words="Đã xong.")
    share.refresh_from_db()
    sent = {"reason": "Thiếu biểu số 2.", "version": share.version}
    page = client_of(people["officer"]).post(reverse("reopen_duty", args=[share.pk]), sent, follow=True)
    assert [str(message) for message in page.context["messages"]] == ["Đã yêu cầu Sở Y tế làm lại."]
    share.refresh_from_db()
    assert (share.done_at, share.done_by) == (None, None)
    said = [(row.kind, row.by, row.words) for row in share.reports.all()]
    assert said == [
        ("done", people["unit_officer"], "Đã xong."),
        ("reopened", people["officer"], "Thiếu biểu số 2."),
    ]
    assert (
        "Thiếu biểu số 2." in client_of(people["unit_officer"]).get(reverse("duty", args=[share.pk])).content.decode()
    )


def test_a_duty_is_opened_again_only_when_done_and_with_a_reason(share, people, client_of):
    client, address = client_of(people["officer"]), reverse("reopen_duty", args=[share.pk])
    told = client.post(address, {"reason": "Thiếu.", "version": share.version}).context["messages"]
    assert [str(message) for message in told] == [
        "Đơn vị chưa báo xong nhiệm vụ này nên chưa có gì để yêu cầu làm lại."
    ]
    report_done(share, by=people["unit_officer"], words="Đã xong.")
    response = client.post(address, {"reason": " ", "version": share.version + 1})
    assert (response.status_code, response.context["again"].errors) == (422, {"reason": ["Hãy điền mục này."]})
    with pytest.raises(Refused, match="Hãy ghi lý do"):
        reopen(share, by=people["officer"], reason=" ")
    share.refresh_from_db()
    assert share.done_by == people["unit_officer"]


# --- Who


def test_a_stranger_learns_of_no_duty(share, letter, stranger, client_of):
    client = client_of(stranger)
    assert client.get(reverse("duty", args=[share.pk])).status_code == 404
    assert client.get(reverse("duty_matrix", args=[letter.pk])).status_code == 404
    assert client.get(reverse("duty_matrix", args=[letter.pk]), {"xuat": "xlsx"}).status_code == 404
    for ask in (client.get, client.post):
        assert ask(reverse("print_duty_matrix", args=[letter.pk])).status_code == 404
    assert client.post(reverse("duty_matrix", args=[letter.pk]), {"to": "late", "words": "Nhắc."}).status_code == 404
    assert client.post(reverse("report_duty", args=[share.pk]), {"words": "Xong."}).status_code == 404
    assert client.post(reverse("reopen_duty", args=[share.pk]), {"reason": "Thiếu."}).status_code == 404
    assert len(client.get(reverse("duties")).context["page_obj"]) == 0
    assert not Report.objects.exists()


def test_a_receiver_reports_and_neither_opens_again_nor_sees_the_others(share, letter, unit_officer, client_of):
    report_done(share, by=unit_officer, words="Xong.")
    client = client_of(unit_officer)
    assert client.post(reverse("reopen_duty", args=[share.pk]), {"reason": "Thiếu."}).status_code == 404
    assert client.get(reverse("duty_matrix", args=[letter.pk])).status_code == 404
    assert (
        client.get(reverse("duty", args=[letter.duties.first().assignments.exclude(pk=share.pk).get().pk])).status_code
        == 404
    )
    with pytest.raises(Refused):
        reopen(share, by=unit_officer, reason="Thiếu.")


@pytest.mark.parametrize("who", ["officer", "leader", "clerk", "administrator"])
def test_the_sender_reads_and_does_not_report_for_others(share, people, client_of, who):
    client = client_of(people[who])
    page = client.get(reverse("duty", args=[share.pk]))
    assert (page.status_code, page.context["report"]) == (200, None)
    assert client.post(reverse("report_duty", args=[share.pk]), {"words": "Xong."}).status_code == 404
    with pytest.raises(Refused):
        report_done(share, by=people[who], words="Xong.")


@pytest.mark.parametrize("who", READERS)
def test_those_who_only_read_report_and_reopen_nothing(letter, share, people, client_of, who):
    client, own = client_of(people[who]), Assignment.objects.filter(unit=people[who].unit).first()
    report_done(share, by=people["unit_officer"], words="Xong.")
    for row in (own, share):
        page = client.get(reverse("duty", args=[row.pk]))
        assert (page.status_code, page.context["report"], page.context["again"]) == (200, None, None)
    assert client.post(reverse("report_duty", args=[own.pk]), {"words": "Xong."}).status_code == 403
    assert client.post(reverse("reopen_duty", args=[share.pk]), {"reason": "Thiếu."}).status_code == 403
    address = reverse("duty_matrix", args=[letter.pk])
    assert 'id="remind"' not in client.get(address).content.decode()
    assert client.post(address, {"to": "late", "words": "Nhắc."}).status_code == 403
    assert (Report.objects.count(), Reminder.objects.count()) == (1, 0)


# --- The list of a unit


def test_the_list_of_a_unit_begins_with_what_is_late_and_ends_with_what_is_done(shares, unit_officer, client_of):
    def rows():
        page = client_of(unit_officer).get(reverse("duties")).context["page_obj"]
        return [(row.duty.clause, standing(row, timezone.localdate())) for row in page]

    assert rows() == [("1.a", Standing.LATE), ("1.b", Standing.OPEN), ("2", Standing.OPEN)]
    report_done(shares[0], by=unit_officer, words="Xong.")
    assert rows() == [("1.b", Standing.OPEN), ("2", Standing.OPEN), ("1.a", Standing.DONE_LATE)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"muc": "late"}, ["1.a"]),
        ({"muc": "open"}, ["1.a", "1.b"]),
        ({"muc": "done"}, ["2"]),
        ({"q": "phong trao thi dua"}, ["1.a", "1.b", "2"]),
        ({"q": "khong co"}, []),
        ({"den": "31/03/2020"}, ["1.a"]),
        ({"tu": "01/04/2020"}, ["1.b"]),
        ({"tu": "31/02/2020"}, []),
    ],
)
def test_the_list_of_a_unit_is_filtered_and_its_export_alike(shares, unit_officer, client_of, query, found):
    report_done(shares[2], by=unit_officer, words="Xong.")
    client = client_of(unit_officer)
    rows = client.get(reverse("duties"), query).context["page_obj"]
    assert [row.duty.clause for row in rows] == found
    assert [row[0] for row in exported_rows(client.get(reverse("duties"), {**query, "xuat": "xlsx"}))] == found


# --- The table of a paper


def test_the_table_tells_of_each_unit_and_duty_how_far_it_is(letter, shares, people):
    report_done(shares[0], by=people["unit_officer"], words="Xong.")
    report_done(shares[1], by=people["unit_officer"], words="Xong.")
    Assignment.objects.filter(unit=people["officer"].unit, duty__clause="2").delete()
    duties, rows = matrix(letter, timezone.localdate())
    assert [duty.clause for duty in duties] == ["1.a", "1.b", "2"]
    assert [(row.unit.name, [cell.standing for cell in row.cells]) for row in rows] == [
        ("Sở Nội vụ", [Standing.LATE, Standing.OPEN, Standing.NOT_ASKED]),
        ("Sở Y tế", [Standing.DONE_LATE, Standing.DONE, Standing.OPEN]),
    ]
    sums = tally(cell for row in rows for cell in row.cells)
    assert (sums.asked, sums.done, sums.done_late, sums.open, sums.late) == (5, 2, 1, 3, 1)


def test_the_table_takes_two_queries_whatever_its_size(letter, django_assert_num_queries):
    for unit in more_units(3):
        for duty in letter.duties.all():
            Assignment.objects.create(duty=duty, unit=unit)
    with django_assert_num_queries(2):
        _duties, rows = matrix(Document.objects.get_queryset().model(pk=letter.pk, state="issued"), PAST)
        assert len(rows) == 5


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["Sở Nội vụ", "Sở Y tế", "UBND xã số 01"]),
        ({"muc": "late"}, ["Sở Nội vụ"]),
        ({"muc": "open"}, ["Sở Nội vụ", "Sở Y tế"]),
        ({"loai": "commune"}, ["UBND xã số 01"]),
        ({"loai": "commune", "muc": "open"}, []),
        ({"loai": "khong-co"}, []),
    ],
)
def test_the_table_is_filtered_and_its_export_alike(letter, shares, people, client_of, query, found):
    report_done(shares[0], by=people["unit_officer"], words="Xong.")
    done = Assignment.objects.create(duty=letter.duties.last(), unit=more_units(1)[0])
    Assignment.objects.filter(pk=done.pk).update(done_at=timezone.now(), done_by=people["unit_officer"])
    client, address = client_of(people["officer"]), reverse("duty_matrix", args=[letter.pk])
    assert [row.unit.name for row in client.get(address, query).context["page_obj"]] == found
    head, *rows = table_of(client.get(address, {**query, "xuat": "xlsx"}))
    assert [row[0] for row in rows] == found
    assert list(head[2:5]) == [f"{clause}: {words}" for clause, words, _ in DUTIES]


def test_a_cell_says_in_words_how_far_it_is_and_leads_to_the_reports(letter, share, officer, client_of):
    text = client_of(officer).get(reverse("duty_matrix", args=[letter.pk])).content.decode()
    assert reverse("duty", args=[share.pk]) in text
    assert '<span class="standing standing-late">Quá hạn</span>' in text


def test_the_table_is_printed_as_it_is_filtered_with_its_sums(letter, shares, people, client_of):
    report_done(shares[0], by=people["unit_officer"], words="Xong.")
    for unit in more_units(60):
        Assignment.objects.create(duty=letter.duties.last(), unit=unit)
    client, address = client_of(people["officer"]), reverse("print_duty_matrix", args=[letter.pk])
    response = client.post(f"{address}?loai=commune")
    assert response["Content-Type"] == "application/pdf"
    with pdfplumber.open(io.BytesIO(response.content)) as pdf:
        tables = [page.extract_table() for page in pdf.pages]
        assert all(page.width > page.height for page in pdf.pages)
    assert len(tables) > 1
    assert [table[0] == tables[0][0] for table in tables] == [True] * len(tables)
    rows = [[" ".join(cell.split()) for cell in row] for table in tables for row in table[2:]]
    assert [row[0] for row in rows] == [*(f"UBND xã số {number:02d}" for number in range(1, 61)), "Cộng 60 đơn vị"]
    assert rows[0] == ["UBND xã số 01", "Không yêu cầu", "Không yêu cầu", "Chưa xong", "0/1"]
    assert rows[-1] == ["Cộng 60 đơn vị", "0/0 xong", "0/0 xong", "0/60 xong", ""]


def test_a_table_too_long_to_print_at_once_is_printed_by_a_worker(letter, shares, people, client_of, monkeypatch):
    monkeypatch.setattr("documents.duties.views.LONGEST_AT_ONCE", 1)
    client, address = client_of(people["officer"]), reverse("print_duty_matrix", args=[letter.pk])
    assert client.get(f"{address}?muc=open").url == f"{reverse('duty_matrix', args=[letter.pk])}?muc=open"
    assert not Job.objects.exists(), "a link asks for nothing"
    response = client.post(f"{address}?muc=open")
    job = Job.objects.get()
    assert (response.url, job.state, job.total) == (job.get_absolute_url(), "waiting", 2)
    done_by_worker()
    job.refresh_from_db()
    assert (job.state, job.percent, job.message) == ("done", 100, "")
    with pdfplumber.open(job.result) as pdf:
        assert "Cộng 2 đơn vị" in pdf.pages[-1].extract_text()
    assert client_of(people["unit_officer"]).get(reverse("job_result", args=[job.pk])).status_code == 404


@pytest.mark.parametrize(("to", "found"), [("late", ["Sở Nội vụ"]), ("open", ["Sở Nội vụ", "Sở Y tế"])])
def test_the_sender_reminds_those_late_or_all_not_done(letter, shares, people, client_of, to, found):
    report_done(shares[0], by=people["unit_officer"], words="Xong.")
    address = reverse("duty_matrix", args=[letter.pk])
    response = client_of(people["officer"]).post(address, {"to": to, "words": "Đề nghị báo cáo."})
    assert response.url == f"{address}#thong-bao"
    rows = Reminder.objects.order_by("unit__sort_text")
    assert [(row.unit.name, row.words) for row in rows] == [(name, "Đề nghị báo cáo.") for name in found]


def test_a_refused_reminder_comes_back_beside_its_field(letter, officer, client_of):
    response = client_of(officer).post(reverse("duty_matrix", args=[letter.pk]), {"to": "late", "words": ""})
    assert (response.status_code, response.context["form"].errors) == (422, {"words": ["Hãy điền mục này."]})
    assert not Reminder.objects.exists()


def test_a_paper_that_asks_nothing_says_so(draft, people, other_unit, client_of):
    letter = issue_letter(draft, people["officer"], people["leader"], people["clerk"], units=[other_unit])
    page = client_of(people["officer"]).get(reverse("duty_matrix", args=[letter.pk])).content.decode()
    assert "Văn bản này không giao nhiệm vụ" in page


# --- The same number of questions for one row and for many


def test_pages_ask_as_much_for_three_units_as_for_one(draft, people, other_unit, client_of, django_assert_num_queries):
    author = people["officer"]
    letter = issue_letter(draft, author, people["leader"], people["clerk"], units=[other_unit], duties=DUTIES[:1])
    share = Assignment.objects.get()
    report_done(share, by=people["unit_officer"], words="Xong.", files=[picture()])
    sender, receiver = client_of(author), client_of(people["unit_officer"])
    asked = [
        # Session, account, its unit, units that went into it, then the paper, its duties, its shares.
        (sender, reverse("duty_matrix", args=[letter.pk]), 7),
        # … count, rows.
        (receiver, reverse("duties"), 6),
        # … the duty, its reports, their files, the campaigns that it is done by, whether nobody acts for the unit (two).
        (sender, reverse("duty", args=[share.pk]), 10),
    ]
    for client, address, questions in asked:
        with django_assert_num_queries(questions):
            client.get(address)
    change = UnitChange.objects.create(kind="merge", date=date(2020, 4, 1), citation="04/NQ-HĐND")
    for unit in more_units(2):
        Succession.objects.create(change=change, predecessor=unit, successor=other_unit)
        Assignment.objects.create(duty=share.duty, unit=unit)
        report_done(share, by=User.objects.get(pk=people["unit_officer"].pk), words="Thêm.", files=[picture()])
    for client, address, questions in asked:
        with django_assert_num_queries(questions):
            client.get(address)


# --- What other areas add


def test_an_area_adds_to_the_page_of_a_duty(share, other_unit, people, unit_officer, client_of, monkeypatch):
    """It is asked for whom and of which duty, and adds nothing where it has nothing to say."""
    asked = []

    def part(assignment, user):
        asked.append((assignment, user))
        return ("_parts/empty.html", {}) if user == unit_officer else None

    monkeypatch.setattr(CAMPAIGNS, "duty_parts", [])
    monkeypatch.setattr(PAPERS, "duty_parts", [part])
    pages = [client_of(user).get(reverse("duty", args=[share.pk])) for user in (unit_officer, people["officer"])]
    assert asked == [(share, unit_officer), (share, people["officer"])]
    assert ["_parts/empty.html" in [one.name for one in page.templates] for page in pages] == [True, False]


# --- Done by what was answered


@pytest.fixture
def answered(letter, share, unit_officer):
    """What Sở Y tế answered to the letter."""
    delivery = letter.deliveries.get(unit=share.unit)
    answer(delivery, by=unit_officer, words="Ý cũ.")
    return answer(delivery, by=unit_officer, words="Đã báo cáo đủ.", files=[picture()])


def test_a_duty_is_offered_as_done_by_the_answer_of_the_unit(answered, letter, share, unit_officer, client_of):
    client, address = client_of(unit_officer), reverse("report_by_answer", args=[share.pk])
    for page in (reverse("duty", args=[share.pk]), letter.get_absolute_url()):
        assert f'action="{address}"' in client.get(page).content.decode()
    assert client.post(address, {"version": share.version}).url == reverse("duty", args=[share.pk])
    share.refresh_from_db()
    said = share.reports.get()
    moment = timezone.localtime(answered.at).strftime("%H:%M %d/%m/%Y")
    name = answered.uploads.get().name
    assert said.words == f"Theo trả lời văn bản lúc {moment}: Đã báo cáo đủ. (tệp đã gửi: {name})"
    assert (share.done_by, said.by) == (unit_officer, unit_officer)
    for page in (reverse("duty", args=[share.pk]), letter.get_absolute_url()):
        assert f'action="{address}"' not in client.get(page).content.decode()
    client.post(address, {"version": share.version})
    assert share.reports.count() == 1


def test_without_an_answer_nothing_is_offered_and_nothing_is_done(letter, share, unit_officer, client_of):
    client, address = client_of(unit_officer), reverse("report_by_answer", args=[share.pk])
    assert address not in client.get(reverse("duty", args=[share.pk])).content.decode()
    assert "chưa trả lời" in client.post(address, {"version": share.version}).content.decode()
    assert not Report.objects.exists()


def test_nobody_else_reports_by_the_answer_of_a_unit(answered, share, officer, stranger, store_keeper, client_of):
    address = reverse("report_by_answer", args=[share.pk])
    assert [client_of(user).post(address).status_code for user in (officer, stranger, store_keeper)] == [404, 404, 403]
    assert not Report.objects.exists()


def test_a_recalled_paper_takes_no_answer_for_its_duty(answered, letter, share, officer, leader, clerk, unit_officer):
    recall(letter, officer, leader, clerk)
    with pytest.raises(Refused):
        done_by_answer(Assignment.objects.get(pk=share.pk), by=unit_officer)
