"""Papers of other bodies: who approves and numbers them, how they go out to be signed and come back with their number."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from documents.area import PAPERS
from documents.drafts import copies
from documents.life.actions import STEPS, agree, allow_earlier, approve, give_back, present, submit, to_decide
from documents.life.issuing import issue
from documents.life.presenting import slip_of
from documents.life.recording import read_reference, record
from documents.models import (
    Addressee,
    Change,
    Document,
    DocumentType,
    Duty,
    IssuedCopy,
    NumberSeries,
    SeriesYear,
)
from documents.papers.actions import save_draft
from documents.register.numbers import RunsBackwards, begin_after
from documents.steps.refusing import Refused
from documents.uploads import UploadRefused
from tests.days import TODAY
from units.models import Role, Succession, Unit, UnitChange, User

from ...conftest import let_number_for, make_unit, make_user
from ...waits import waits_for
from ..conftest import words
from ..issued import picture, scan

pytestmark = pytest.mark.django_db
State = Document.State
DAY = date(2020, 2, 28)


@pytest.fixture(autouse=True)
def nobody_numbers_for_the_province(province):
    """The province lets nobody else number for it, as is the rule."""
    province.series.all().delete()


@pytest.fixture
def above(province):
    """A leader and a clerk of the province's own."""
    return (
        make_user("son", "Lương Văn Sơn", Role.BODY_LEADER, province),
        make_user("mo", "Hoàng Thị Mơ", Role.BODY_CLERK, province),
    )


@pytest.fixture
def agreed(draft, officer, leader):
    """A letter of the province, to which the office that drafted it has agreed."""
    submit(draft, by=officer)
    return agree(draft, by=leader)


@pytest.fixture
def presented(agreed, clerk):
    """The same, presented on 25/02/2020."""
    return present(agreed, by=clerk, day=date(2020, 2, 25), to_whom="Phó Chủ tịch UBND tỉnh")


def fresh(user):
    """The account as the next request sees it."""
    return User.objects.get(pk=user.pk)


# --- Who may take which step for which body, written by hand

WRITE = {"submit": {"officer", "leader", "clerk", "administrator"}, "withdraw": {"officer", "clerk", "administrator"}}
WRITE |= {"discard": WRITE["submit"], "restore": WRITE["submit"]}
# What follows where the office decides itself: on its own papers, on those of a unit that it succeeded, of a council whose
# book it keeps.
ITS_OWN = WRITE | {
    ("approve", "submitted"): {"leader"},
    ("approve", "presented"): set(),
    ("return", "submitted"): {"leader"},
    ("return", "approved"): {"leader", "clerk"},
    "agree": set(),
    "issue": {"clerk"},
    "allow_earlier": {"leader"},
}
# Where the body has nobody in the program: it signs on paper.
ON_PAPER = WRITE | {
    ("approve", "submitted"): set(),
    ("approve", "presented"): set(),
    ("return", "submitted"): {"leader"},
    ("return", "agreed"): {"leader", "clerk"},
    ("return", "presented"): {"leader", "clerk"},
    ("return", "approved"): {"leader", "clerk"},
    "agree": {"leader"},
    "present": {"officer", "clerk"},
    "record": {"clerk"},
    "issue": set(),
    "allow_earlier": set(),
}
# Where it has a leader and a clerk of its own there.
IN_PROGRAM = ON_PAPER | {
    ("approve", "presented"): {"its_leader"},
    ("return", "presented"): {"leader", "clerk", "its_leader", "its_clerk"},
    ("return", "approved"): {"leader", "clerk", "its_leader", "its_clerk"},
    "record": set(),
    "issue": {"its_clerk"},
    "allow_earlier": {"its_leader"},
}
BODIES = {
    "own": ITS_OWN,
    "succeeded": ITS_OWN,
    "kept": ITS_OWN,
    "kept from tomorrow": ON_PAPER,
    "kept for other types": ON_PAPER,
    "on paper": ON_PAPER,
    "in program": IN_PROGRAM,
    "in program through its heir": IN_PROGRAM,
    "only a leader there": ON_PAPER
    | {
        ("return", "presented"): {"leader", "clerk", "its_leader"},
        ("return", "approved"): {"leader", "clerk", "its_leader"},
        "allow_earlier": {"its_leader"},
    },
}


def succeed(old, new):
    change = UnitChange.objects.create(kind="merge", date=date(2020, 1, 1), citation="Nghị quyết 04")
    Succession.objects.create(change=change, predecessor=old, successor=new)


def body_of(kind, office):
    """(body, the unit of its own people) as the table calls it."""
    if kind == "own":
        return office, None
    body = make_unit("co-quan-khac", "Cơ quan khác", kind=Unit.Kind.PROVINCE)
    if kind == "succeeded":
        succeed(body, office)
    elif kind == "kept":
        let_number_for(body, office)
    elif kind == "kept from tomorrow":
        let_number_for(body, office, kept_since=timezone.localdate() + timedelta(days=1))
    elif kind == "kept for other types":
        NumberSeries.objects.create(issuer=body, name="Sổ chung")
        let_number_for(body, office, "Sổ giấy mời").types.add(DocumentType.objects.get(code="GM"))
    elif kind == "in program through its heir":
        heir = make_unit("ke-thua", "Cơ quan kế thừa")
        succeed(body, heir)
        return body, heir
    return body, body


@pytest.mark.parametrize("kind", BODIES)
def test_who_may_take_which_step_for_which_body(kind, draft, people, so_noi_vu):
    body, home = body_of(kind, so_noi_vu)
    if "program" in kind or "only" in kind:
        people["its_leader"] = make_user("son", "Lương Văn Sơn", Role.BODY_LEADER, home)
    if "program" in kind:
        people["its_clerk"] = make_user("mo", "Hoàng Thị Mơ", Role.BODY_CLERK, home)
    draft.issuer_unit, draft.signer = body, None
    wrong = []
    for act, step in STEPS.items():
        for state in step.begins:
            draft.state = state
            table = BODIES[kind]
            expected = table.get((act, state), table.get(act, set()))
            if kind in ("own", "succeeded", "kept") and state in (State.AGREED, State.PRESENTED):
                continue  # states that such a paper does not come to
            found = {name for name, person in people.items() if step.may(draft, fresh(person))}
            if found != expected:
                wrong.append((act, state, found, expected))
    assert wrong == []
    for state in (State.SUBMITTED, State.AGREED, State.PRESENTED, State.APPROVED):
        draft.state = state
        draft.save()
        for name, person in people.items():
            steps = [STEPS[what] for what in ("approve", "agree", "present", "issue")]
            decides = any(step.may(draft, fresh(person)) for step in steps)
            waits = to_decide(fresh(person), timezone.localdate()).filter(pk=draft.pk).exists()
            assert waits == decides, (state, name)


def test_who_speaks_for_nobody_is_told_whose_paper_it_is(draft, officer, leader, clerk):
    submit(draft, by=officer)
    with pytest.raises(Refused, match="do lãnh đạo và văn thư của UBND tỉnh Lạng Sơn duyệt, cấp số"):
        approve(draft, by=leader)
    draft.state = State.APPROVED
    draft.save()
    with pytest.raises(Refused, match="không được «Phát hành»"):
        issue(draft, by=clerk, day=DAY)
    assert not IssuedCopy.objects.exists()


def test_a_paper_of_nobody_is_not_handed_in(draft, officer):
    draft.issuer_unit, draft.signer = None, None
    save_draft(draft, by=officer)
    with pytest.raises(Refused, match="chưa chọn cơ quan ban hành"):
        submit(draft, by=officer)


def test_a_book_is_kept_from_its_day_on(draft, officer, leader, clerk, province, so_noi_vu):
    let_number_for(province, so_noi_vu, kept_since=date(2020, 2, 28))
    submit(draft, by=officer)
    approve(draft, by=leader)
    with pytest.raises(Refused, match="từ ngày 28/02/2020") as refused:
        issue(draft, by=clerk, day=date(2020, 2, 27))
    assert refused.value.field == "day"
    assert issue(draft, by=clerk, day=date(2020, 2, 28)).reference == "01/UBND-KGVX"


# --- The body decides in the program


def test_the_letter_goes_from_the_draft_to_its_units_by_the_right_people(
    draft, officer, leader, clerk, above, other_unit, client_of
):
    its_leader, its_clerk = above
    save_draft(draft, by=officer, addressees=[Addressee(key="don-vi:so-y-te", label="Sở Y tế")])
    page = draft.get_absolute_url()
    submit(draft, by=officer)
    assert client_of(its_leader).get(page).status_code == 404
    visitor, step = client_of(leader), reverse("step", args=[draft.pk])
    assert "Đồng ý trình ký" in visitor.get(page).content.decode()
    assert visitor.post(step, {"act": "agree", "version": draft.version}).status_code == 302
    assert client_of(its_leader).get(page).status_code == 404
    visitor = client_of(clerk)
    before = visitor.get(reverse("present", args=[draft.pk])).content.decode()
    assert all(reverse(name, args=[draft.pk]) in before for name in ("slip", "document_pdf", "document_word"))
    fields = {"version": draft.version, "to_whom": "Phó Chủ tịch UBND tỉnh", "day": "25/02/2020"}
    assert visitor.post(reverse("present", args=[draft.pk]), fields).status_code == 302
    assert "Phó Chủ tịch UBND tỉnh, ngày 25/02/2020" in visitor.get(page).content.decode()
    assert visitor.get(reverse("record", args=[draft.pk])).status_code == 302
    assert [row.verb for row in waits_for(its_leader)["Chờ duyệt, chờ số"].rows] == ["Duyệt"]
    assert "Chờ duyệt, chờ số" not in waits_for(clerk)
    visitor = client_of(its_leader)
    assert visitor.get(reverse("slip", args=[draft.pk])).content.startswith(b"%PDF")
    assert visitor.post(step, {"act": "approve", "version": draft.version}).status_code == 302
    fields = {"version": draft.version, "day": "28/02/2020"}
    assert client_of(clerk).post(reverse("issue", args=[draft.pk]), fields).status_code == 302
    assert Document.objects.get(pk=draft.pk).state == State.APPROVED
    assert client_of(its_clerk).post(reverse("issue", args=[draft.pk]), fields).status_code == 302
    done = Document.objects.get(pk=draft.pk)
    assert (done.state, done.reference, done.issued_by) == (State.ISSUED, "01/UBND-KGVX", its_clerk)
    assert [row.unit for row in done.deliveries.all()] == [other_unit]
    acts = ["submit", "agree", "present", "approve", "issue"]
    assert [row.what for row in reversed(done.moves)] == acts
    assert done in Document.objects.visible_to(fresh(its_clerk))


def test_who_decides_sees_the_pages_that_were_agreed_to_whatever_they_cite(
    draft, officer, leader, clerk, above, so_noi_vu
):
    own = save_draft(Document(**words(issuer_unit=so_noi_vu, issuer_name="Sở Nội vụ", symbol="SNV-VP")), by=officer)
    submit(own, by=officer)
    approve(own, by=leader)
    own = issue(own, by=clerk, day=date(2020, 2, 3))
    draft.body = f"Căn cứ {{{{cite:{own.reference}}}}}, UBND tỉnh yêu cầu báo cáo."
    save_draft(draft, by=officer)
    submit(draft, by=officer)
    agree(draft, by=leader)
    present(draft, by=clerk, day=DAY, to_whom="UBND tỉnh")
    approve(draft, by=above[0])
    assert not Document.objects.visible_to(above[1]).filter(pk=own.pk).exists()
    assert issue(draft, by=above[1], day=DAY).number == 1


def test_the_body_sees_a_paper_only_while_it_has_it_in_its_hands(presented, leader, above, draft):
    seen = Document.objects.visible_to(above[0])
    assert presented in seen
    give_back(presented, by=above[0], reason="Thêm thời hạn")
    assert presented not in Document.objects.visible_to(fresh(above[0]))
    assert Document.objects.get(pk=draft.pk).state == State.DRAFT


def test_a_clerk_gives_back_only_what_was_decided(draft, above, province):
    draft.unit, draft.author = province, above[0]
    found = {}
    for state in give_back.begins:
        draft.state = state
        found[state] = [give_back.may(draft, fresh(person)) for person in above]
    assert found == {
        State.SUBMITTED: [True, False],
        State.AGREED: [True, True],
        State.PRESENTED: [True, True],
        State.APPROVED: [True, True],
    }


# --- It signs on paper


def test_a_presented_paper_says_to_whom_and_when_and_waits(presented, clerk, leader):
    row = presented.moves.first()
    assert (presented.state, row.day) == (State.PRESENTED, date(2020, 2, 25))
    assert row.changes["Trình"] == ["", "Phó Chủ tịch UBND tỉnh"]
    assert [row.words for row in waits_for(clerk)["Đã trình, chờ ký"].rows] == [presented.subject]
    assert not {"Đã trình, chờ ký", "Chờ duyệt, chờ số"} & set(waits_for(leader))


def test_a_day_of_presenting_that_has_not_come_is_refused_beside_it(agreed, clerk, client_of):
    tomorrow = timezone.localdate() + timedelta(days=1)
    fields = {"version": agreed.version, "to_whom": "Chủ tịch", "day": f"{tomorrow:%d/%m/%Y}"}
    response = client_of(clerk).post(reverse("present", args=[agreed.pk]), fields)
    assert response.status_code == 422
    assert "chưa đến" in response.content.decode()
    assert Document.objects.get(pk=agreed.pk).state == State.AGREED


def test_a_paper_comes_back_with_number_day_and_the_signed_scan_and_is_delivered(
    presented, officer, clerk, other_unit, client_of
):
    Addressee.objects.create(document=presented, key="don-vi:so-y-te", label="Sở Y tế")
    Duty.objects.create(document=presented, words="Báo cáo", until=date(2020, 3, 31))
    file = scan()
    content = file.read()
    file.seek(0)
    fields = {"version": presented.version, "reference": "1203/UBND-VX", "day": "28/02/2020", "files": [file]}
    assert client_of(clerk).post(reverse("record", args=[presented.pk]), fields).status_code == 302
    done = Document.objects.get(pk=presented.pk)
    assert (done.state, done.number, done.symbol, done.reference) == (State.ISSUED, 1203, "UBND-VX", "1203/UBND-VX")
    assert (done.date_text, done.series, done.issued_by) == ("28/02/2020", None, clerk)
    assert bytes(done.copy.content) == content
    assert done.copy.is_scan
    assert client_of(officer).get(reverse("document_pdf", args=[done.pk])).content == content
    assert [row.unit for row in done.deliveries.all()] == [other_unit]
    assert [row.unit for row in done.duties.get().assignments.all()] == [other_unit]
    assert SeriesYear.objects.count() == 0
    assert (
        "Bản đã ký, đóng dấu do UBND tỉnh Lạng Sơn cấp số"
        in client_of(officer).get(done.get_absolute_url()).content.decode()
    )


def test_no_page_is_set_with_the_number_of_another_body(presented, clerk, monkeypatch):
    def set_pages(*arguments, **named):
        raise AssertionError("the program sets a page")

    monkeypatch.setattr("documents.typesetting.to_pdf", set_pages)
    record(presented, by=clerk, reference="1203/UBND-VX", day=DAY, scan=scan())


@pytest.mark.parametrize(
    ("reference", "read"),
    [
        ("1203/UBND-VX", (1203, "UBND-VX", "1203/UBND-VX")),
        (" 5 / BC-UBND ", (5, "BC-UBND", "05/BC-UBND")),
        ("45-CV/BTGTU", (45, "CV/BTGTU", "45-CV/BTGTU")),
    ],
)
def test_a_number_is_read_as_the_body_wrote_it(reference, read):
    assert read_reference(reference) == read


@pytest.mark.parametrize("reference", ["UBND-VX", "0/UBND-VX", "1203", "1203/", "một/UBND"])
def test_what_is_no_number_is_refused_beside_it_and_the_form_comes_back_filled(presented, clerk, client_of, reference):
    fields = {"version": presented.version, "reference": reference, "day": "28/02/2020", "files": [scan()]}
    response = client_of(clerk).post(reverse("record", args=[presented.pk]), fields)
    assert response.status_code == 422
    page = response.content.decode()
    assert "ghi đủ số và ký hiệu" in page
    assert f'value="{reference}"' in page
    assert not IssuedCopy.objects.exists()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"files": []}, "Hãy chọn ít nhất một tệp"),
        ({"files": [picture("ban-ky.png")]}, "không phải PDF"),
        ({"files": [SimpleUploadedFile("ban-ky.pdf", b"%PDF-1.4 x", "application/pdf")]}, "không trọn vẹn"),
        ({"day": ""}, "Hãy điền mục này"),
        ({"day": f"{TODAY + timedelta(days=1):%d/%m/%Y}"}, "chưa đến"),
        ({"version": 99}, "đã được sửa sau khi"),
    ],
)
@pytest.mark.usefixtures("day_of_the_run")
def test_what_is_missing_or_wrong_is_told_and_nothing_is_stored(presented, clerk, client_of, changes, told):
    fields = {"version": presented.version, "reference": "1203/UBND-VX", "day": "28/02/2020", "files": [scan()]}
    response = client_of(clerk).post(reverse("record", args=[presented.pk]), fields | changes)
    assert response.status_code == 422
    assert told in response.content.decode()
    found = Document.objects.get(pk=presented.pk)
    assert (found.state, found.number, found.deliveries.count()) == (State.PRESENTED, None, 0)


def test_two_scans_are_one_too_many(presented, clerk, client_of):
    files = [scan("a.pdf"), scan("b.pdf")]
    fields = {"version": presented.version, "reference": "1203/UBND-VX", "day": "28/02/2020", "files": files}
    response = client_of(clerk).post(reverse("record", args=[presented.pk]), fields)
    assert "Chỉ chọn một tệp" in response.content.decode()


def test_a_file_that_is_no_pdf_is_refused_by_the_action_too(presented, clerk):
    with pytest.raises(UploadRefused, match="không phải PDF"):
        record(presented, by=clerk, reference="1203/UBND-VX", day=DAY, scan=picture())


def in_register(province, **changes):
    facts = {"reference": "1203/UBND-VX", "year": 2020, "month": 2, "day": 3, "issuer_unit": province}
    facts |= {"type": DocumentType.objects.get(code="CV"), "issuer_name": "UBND tỉnh Lạng Sơn", "subject": "việc khác"}
    return Document.objects.create(**{"origin": Document.Origin.CITED, **facts, **changes})


@pytest.mark.parametrize(
    ("known", "is_double"),
    [
        ({}, True),
        ({"reference": "1203/ubnd-vx"}, True),
        ({"issuer_unit": None}, True),
        ({"year": 2019}, False),
        ({"origin": Document.Origin.RECEIVED}, False),
        ({"reference": "1203/QĐ-UBND"}, False),
        ({"reference": "12031/UBND-VX"}, False),
        ({"issuer_unit": None, "issuer_name": "UBND tỉnh khác"}, False),
    ],
)
def test_a_number_that_the_register_knows_is_no_second_time_that_of_the_body(
    presented, clerk, province, known, is_double
):
    in_register(province, **known)
    if not is_double:
        assert record(presented, by=clerk, reference="1203/UBND-VX", day=DAY, scan=scan()).number == 1203
        return
    with pytest.raises(Refused, match="Số 1203/UBND-VX năm 2020 của UBND tỉnh Lạng Sơn đã có"):
        record(presented, by=clerk, reference="1203/UBND-VX", day=DAY, scan=scan())
    assert Document.objects.get(pk=presented.pk).state == State.PRESENTED


def test_one_number_is_recorded_once(presented, draft, officer, leader, clerk):
    record(presented, by=clerk, reference="1203/UBND-VX", day=DAY, scan=scan())
    second = copies.copy(draft, by=officer)
    submit(second, by=officer)
    agree(second, by=leader)
    present(second, by=clerk, day=DAY, to_whom="UBND tỉnh")
    with pytest.raises(Refused, match="đã có trong chương trình"):
        record(second, by=clerk, reference="1203/UBND-VX", day=DAY, scan=scan())


def test_what_the_body_refuses_goes_back_to_the_draft_with_its_reason(presented, officer, leader, clerk):
    with pytest.raises(Refused, match="Hãy ghi lý do"):
        give_back(presented, by=clerk)
    give_back(presented, by=clerk, reason="UBND tỉnh yêu cầu gộp với Kế hoạch")
    found = Document.objects.get(pk=presented.pk)
    assert found.state == State.DRAFT
    assert "UBND tỉnh yêu cầu gộp với Kế hoạch" in waits_for(officer)["Bị trả lại"].rows[0].note
    submit(found, by=officer)
    with pytest.raises(Refused, match="Không thể «Ghi số đã cấp"):
        record(found, by=clerk, reference="1203/UBND-VX", day=DAY, scan=scan())


def test_the_area_of_a_recorded_paper_hears_of_it_and_what_it_replaces_is_replaced(
    monkeypatch, draft, officer, leader, clerk
):
    heard = []
    monkeypatch.setitem(PAPERS.papers, "thu", lambda document, state: heard.append((document.area_key, state)))
    draft.area, draft.area_key = "thu", "7"
    draft.save()

    def recorded(paper, reference):
        submit(paper, by=officer)
        agree(paper, by=leader)
        present(paper, by=clerk, day=DAY, to_whom="UBND tỉnh")
        return record(paper, by=clerk, reference=reference, day=DAY, scan=scan(words=reference))

    first = recorded(draft, "1203/UBND-VX")
    recorded(copies.replace(first, by=officer, reason="Sai ngày"), "1204/UBND-VX")
    assert heard == [("7", "issued"), ("7", "replaced"), ("7", "issued")]
    assert Document.objects.get(pk=first.pk).state == State.REPLACED


# --- The slip


def test_the_slip_is_a_named_paper_of_the_office_that_drafted(presented, clerk, monkeypatch):
    set_ = []
    monkeypatch.setattr("documents.typesetting.to_pdf", lambda html, **bounds: set_.append(str(html)) or b"%PDF")
    assert slip_of(presented, user=clerk) == b"%PDF"
    (html,) = set_
    for told in ("PHIẾU TRÌNH", "Phó Chủ tịch UBND tỉnh", "SỞ NỘI VỤ", "Trần Văn Đăng", "Nông Văn Minh"):
        assert told in html


def test_an_issued_paper_has_no_slip(presented, clerk, client_of):
    record(presented, by=clerk, reference="1203/UBND-VX", day=DAY, scan=scan())
    assert client_of(clerk).get(reverse("slip", args=[presented.pk])).status_code == 302


def test_nobody_fetches_the_slip_of_a_paper_that_is_not_theirs(presented, stranger, client_of):
    for name in ("slip", "present", "record"):
        assert client_of(stranger).get(reverse(name, args=[presented.pk])).status_code == 404


# --- Numbers go on from those given elsewhere


def approved_of(body, draft, officer, leader):
    paper = copies.copy(draft, by=officer)
    paper.issuer_unit, paper.signer = body, None
    save_draft(paper, by=officer)
    submit(paper, by=officer)
    return approve(paper, by=leader)


def test_the_next_number_follows_what_was_given_before_until_the_first_is_given(
    draft, officer, leader, clerk, administrator
):
    series = NumberSeries.objects.create(issuer=officer.unit, name="Sổ chung")
    with pytest.raises(Refused, match="Hãy ghi văn bản hoặc lý do"):
        begin_after(series, year=2020, number=512, paper=" ", by=administrator)
    begin_after(series, year=2020, number=511, paper="Sổ giấy", by=administrator)
    begin_after(series, year=2020, number=512, paper="Sổ giấy năm 2020", by=administrator)
    row = Change.objects.filter(about="series", key=series.pk).first()
    assert (row.changes, row.reason, row.by) == (
        {"Đã cấp ngoài chương trình đến số": ["511", "512"]}, "Sổ giấy năm 2020", administrator,
    )  # fmt: skip
    assert issue(approved_of(officer.unit, draft, officer, leader), by=clerk, day=DAY).number == 513
    with pytest.raises(Refused, match="đã cấp số của năm 2020"):
        begin_after(series, year=2020, number=600, paper="Sổ giấy", by=administrator)
    begin_after(series, year=2021, number=7, paper="Sổ giấy", by=administrator)
    assert issue(approved_of(officer.unit, draft, officer, leader), by=clerk, day=date(2021, 1, 4)).number == 8


def test_a_book_of_arrivals_takes_no_number_from_the_body(draft, officer, leader, clerk, so_noi_vu, other_unit):
    in_register(so_noi_vu, reference="01/UBND-KGVX", origin=Document.Origin.RECEIVED, unit=other_unit)
    assert issue(approved_of(so_noi_vu, draft, officer, leader), by=clerk, day=DAY).number == 1


def test_a_number_in_the_register_is_passed_over_and_not_given_by_hand(draft, officer, leader, clerk, so_noi_vu):
    in_register(so_noi_vu, reference="01/UBND-KGVX", issuer_name="Sở Nội vụ")
    with pytest.raises(Refused, match="Số 01 đã dùng"):
        issue(approved_of(so_noi_vu, draft, officer, leader), by=clerk, day=DAY, wanted=1)
    assert issue(approved_of(so_noi_vu, draft, officer, leader), by=clerk, day=DAY).number == 2


def test_the_clerk_is_told_of_higher_numbers_that_were_given_elsewhere(
    draft, officer, leader, clerk, so_noi_vu, client_of
):
    year = timezone.localdate().year
    in_register(so_noi_vu, reference="512/QĐ-SNV", issuer_name="Sở Nội vụ", year=year)
    NumberSeries.objects.create(issuer=so_noi_vu, name="Sổ chung")
    paper = approved_of(so_noi_vu, draft, officer, leader)
    assert "đã ghi văn bản số 512" in client_of(clerk).get(reverse("issue", args=[paper.pk])).content.decode()


# --- The back office


def fields_of(series, **changes):
    """What the page of a series sends."""
    facts = {"issuer": series.issuer_id, "direction": "out", "name": series.name, "since": "01/01/2020", "until": ""}
    facts |= {"kept_by": "", "kept_paper": "", "kept_since": "", "years-TOTAL_FORMS": 0, "years-INITIAL_FORMS": 0}
    return facts | changes


def year_row(number, **fields):
    row = {
        "years-TOTAL_FORMS": 1,
        "years-0-year": 2020,
        "years-0-began_after": number,
        "years-0-began_paper": "Sổ giấy",
    }
    return row | fields


@pytest.fixture
def series(province):
    return NumberSeries.objects.create(issuer=province, name="Sổ chung")


@pytest.fixture
def change(series, administrator, client_of):
    """Send the page of the series with other fields."""
    address = reverse("admin:documents_numberseries_change", args=[series.pk])
    return lambda **changes: client_of(administrator).post(address, fields_of(series, **changes))


def test_who_keeps_a_book_is_set_in_the_back_office_with_paper_and_day(series, change, so_noi_vu):
    given = {"kept_by": so_noi_vu.pk, "kept_paper": "Quyết định số 5/QĐ-UBND", "kept_since": "02/01/2020"}
    for missing in ("kept_by", "kept_paper", "kept_since"):
        assert "ghi đủ" in change(**given | {missing: ""}).content.decode()
    assert change(**given).status_code == 302
    series.refresh_from_db()
    assert (series.kept_by, series.kept_since) == (so_noi_vu, date(2020, 1, 2))
    assert change().status_code == 302
    series.refresh_from_db()
    assert series.kept_by is None


def test_no_book_is_kept_by_its_own_body(change, province):
    given = {"kept_by": province.pk, "kept_paper": "Quyết định", "kept_since": "02/01/2020"}
    assert "tự giữ sổ" in change(**given).content.decode()


def test_a_year_begins_in_the_back_office_until_the_first_number_is_given(
    series, change, above, draft, officer, leader, clerk
):
    assert "Hãy điền mục này" in change(**year_row(512, **{"years-0-began_paper": ""})).content.decode()
    assert change(**year_row(512)).status_code == 302
    row = series.years.get()
    assert (row.began_after, row.last_number, row.began_paper) == (512, 512, "Sổ giấy")
    assert Change.objects.filter(about="series", key=series.pk).count() == 1
    known = {"years-INITIAL_FORMS": 1, "years-0-id": row.pk, "years-0-series": series.pk}
    assert change(**year_row(520, **known)).status_code == 302
    submit(draft, by=officer)
    agree(draft, by=leader)
    present(draft, by=clerk, day=DAY, to_whom="UBND tỉnh")
    approve(draft, by=above[0])
    assert issue(draft, by=above[1], day=DAY).number == 521
    change(**year_row(600, **known))
    row.refresh_from_db()
    assert (row.began_after, row.last_number) == (520, 521)


# --- Days: before, on and after


@pytest.mark.parametrize(
    ("day", "goes"), [(date(2020, 3, 1), False), (date(2020, 3, 2), True), (date(2020, 3, 3), True)]
)
def test_a_series_gives_numbers_from_its_first_day_on(draft, officer, leader, clerk, day, goes):
    NumberSeries.objects.create(issuer=officer.unit, name="Sổ chung", since=date(2020, 3, 2))
    paper = approved_of(officer.unit, draft, officer, leader)
    if goes:
        assert issue(paper, by=clerk, day=day).number == 1
        return
    with pytest.raises(Refused, match="mở từ ngày 02/03/2020"):
        issue(paper, by=clerk, day=day)


def test_one_leave_to_run_backwards_is_for_one_paper_and_one_day(draft, officer, leader, clerk):
    def approved():
        return approved_of(officer.unit, draft, officer, leader)

    issue(approved(), by=clerk, day=DAY)
    late = approved()
    allow_earlier(late, by=leader, day=date(2020, 2, 26), reason="28/02/2020: ký trước khi nghỉ")
    for day in (date(2020, 2, 25), date(2020, 2, 27)):
        with pytest.raises(RunsBackwards):
            issue(late, by=clerk, day=day)
    assert issue(late, by=clerk, day=date(2020, 2, 26)).number == 2
    for day in (date(2020, 2, 26), date(2020, 2, 27)):
        with pytest.raises(RunsBackwards, match="28/02/2020"):
            issue(approved(), by=clerk, day=day)
    assert issue(approved(), by=clerk, day=DAY).number == 3


def test_the_words_of_a_leave_open_no_other_day(draft, officer, leader, clerk):
    issue(approved_of(officer.unit, draft, officer, leader), by=clerk, day=DAY)
    late = approved_of(officer.unit, draft, officer, leader)
    allow_earlier(late, by=leader, day=date(2020, 2, 26), reason="27/02/2020")
    row = late.moves.first()
    assert (row.day, row.reason) == (date(2020, 2, 26), "27/02/2020")
    with pytest.raises(RunsBackwards):
        issue(late, by=clerk, day=date(2020, 2, 27))


def test_a_body_does_not_write_to_itself(draft, officer, leader, clerk, so_noi_vu, other_unit):
    paper = copies.copy(draft, by=officer)
    paper.issuer_unit, paper.signer = so_noi_vu, None
    rows = [Addressee(key="loai:department", label="Các sở"), Addressee(key="don-vi:so-noi-vu", label="Sở Nội vụ")]
    save_draft(paper, by=officer, addressees=rows, duties=[Duty(words="Báo cáo")])
    submit(paper, by=officer)
    approve(paper, by=leader)
    done = issue(paper, by=clerk, day=DAY)
    assert [row.unit for row in done.deliveries.all()] == [other_unit]
    assert [row.unit for row in done.duties.get().assignments.all()] == [other_unit]
