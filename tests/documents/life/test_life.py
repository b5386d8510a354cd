"""The life of a paper: every step by the right person only, nothing skipped, nothing issued ever changed."""

import hashlib
import unicodedata
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from documents.area import PAPERS
from documents.areas.papers import Papers, key_of, name_of
from documents.drafts import copies
from documents.life.actions import (
    STEPS,
    allow_earlier,
    approve,
    discard,
    give_back,
    present,
    restore,
    submit,
    withdraw,
)
from documents.life.issuing import issue
from documents.life.recording import record
from documents.models import (
    Addressee,
    AddresseeGroup,
    Appendix,
    Document,
    DocumentType,
    Duty,
    Effect,
    Frozen,
    IssuedCopy,
    NumberSeries,
    SeriesYear,
    SignatureLook,
)
from documents.papers.actions import save_draft
from documents.papers.rules import begin
from documents.register.numbers import RunsBackwards
from documents.steps.refusing import Refused, Stale
from documents.templatetags.documents import compared
from units.models import Succession, Unit, UnitChange

from ...conftest import let_number_for, make_unit
from ...waits import waits_for
from ..conftest import typed, words
from ..issued import picture, scan

pytestmark = pytest.mark.django_db
State = Document.State
DAY = date(2020, 2, 28)


@pytest.fixture
def approved(draft, officer, leader):
    """The draft, handed in by the officer and approved by the leader."""
    submit(draft, by=officer)
    return approve(draft, by=leader)


@pytest.fixture
def issued(approved, clerk):
    """The same, issued as number 01 on 28/02/2020."""
    return issue(approved, by=clerk, day=DAY)


def told(document):
    """What the moves of a paper tell: [(act, from, to, who, why)]."""
    called = {state.label: state.value for state in State}
    rows = [(row, [called[words] for words in row.changes["Trạng thái"]]) for row in reversed(document.moves)]
    return [(row.what, *states, row.by.username, row.reason) for row, states in rows]


def test_three_people_take_a_paper_from_draft_to_issue_and_each_step_is_told(draft, officer, leader, clerk):
    submit(draft, by=officer)
    give_back(draft, by=leader, reason="Bổ sung thời hạn báo cáo")
    submit(draft, by=officer)
    approve(draft, by=leader)
    done = issue(draft, by=clerk, day=DAY)
    assert told(done) == [
        ("submit", "draft", "submitted", "hoa", ""),
        ("return", "submitted", "draft", "dang", "Bổ sung thời hạn báo cáo"),
        ("submit", "draft", "submitted", "hoa", ""),
        ("approve", "submitted", "approved", "dang", ""),
        ("issue", "approved", "issued", "thu", "Số 01/UBND-KGVX, ngày 28/02/2020"),
    ]
    assert (done.number, done.reference, done.date_text, done.issued_by) == (1, "01/UBND-KGVX", "28/02/2020", clerk)


def test_the_bytes_are_kept_and_given_out_as_they_are(issued, client_of, officer):
    copy = IssuedCopy.objects.get(document=issued)
    response = client_of(officer).get(reverse("document_pdf", args=[issued.pk]))
    assert response.content == bytes(copy.content)
    assert (copy.sha256, copy.size) == (hashlib.sha256(response.content).hexdigest(), len(response.content))


# Who may take each step with a paper whose book the office keeps, from the state that it begins in; everybody else is refused.
MAY = {
    "submit": {"officer", "leader", "clerk", "administrator"},
    "withdraw": {"officer", "clerk", "administrator"},
    "return": {"leader"},
    "approve": {"leader"},
    "agree": set(),
    "present": {"officer", "clerk"},
    "record": {"clerk"},
    "allow_earlier": {"leader"},
    "issue": {"clerk"},
    "sign": {"leader", "clerk"},
    "discard": {"officer", "leader", "clerk", "administrator"},
    "restore": {"officer", "leader", "clerk", "administrator"},
}


def in_state(draft, state):
    """The draft in any state that has no number, without the steps that lead there."""
    draft.state = state
    draft.save()
    return draft


def take(act, draft, person):
    """Any step, with what its form asks for."""
    by_form = {
        "issue": lambda: issue(draft, by=person, day=DAY),
        "allow_earlier": lambda: allow_earlier(draft, by=person, day=DAY, reason="Ký trước khi nghỉ"),
        "present": lambda: present(draft, by=person, day=DAY, to_whom="Chủ tịch UBND tỉnh"),
        "sign": lambda: may_sign(draft, person),
        "record": lambda: record(draft, by=person, reference="1203/UBND-VX", day=DAY, scan=scan()),
    }
    return by_form[act]() if act in by_form else STEPS[act](draft, by=person, reason="Có lý do")


def may_sign(draft, person):
    """How signing goes on is told in ``tests/documents/signing``."""
    SignatureLook.objects.get_or_create(official=draft.signer.official, defaults={"content": b"", "wide": 40})
    STEPS["sign"].ready(draft, by=person)


@pytest.mark.parametrize("act", list(STEPS))
def test_a_step_is_taken_by_its_people_only(draft, people, act):
    in_state(draft, STEPS[act].begins[0])
    allowed = set()
    for name, person in people.items():
        try:
            take(act, draft, person)
        except Refused:
            continue
        else:
            allowed.add(name)
            draft.moves.delete()
            if act in ("issue", "record"):
                break
            in_state(draft, STEPS[act].begins[0])
    assert allowed == MAY[act]


@pytest.mark.parametrize("state", [state for state in State if state not in Document.FROZEN])
@pytest.mark.parametrize("act", [act for act in STEPS if act not in ("issue", "record")])
def test_no_step_is_taken_from_a_state_it_does_not_begin_in(draft, people, act, state):
    in_state(draft, state)
    if state in STEPS[act].begins:
        return
    for person in people.values():
        with pytest.raises(Refused):
            take(act, draft, person)
    assert Document.objects.get(pk=draft.pk).state == state


def test_no_page_is_drawn_for_who_may_not_issue(approved, officer, clerk, monkeypatch):
    def drawn(*args, **named):
        raise AssertionError("pages are drawn")

    monkeypatch.setattr("documents.life.issuing.set_pages", drawn)
    with pytest.raises(Refused, match="không được"):
        issue(approved, by=officer, day=date(2020, 2, 28))
    with pytest.raises(AssertionError, match="drawn"):
        issue(approved, by=clerk, day=date(2020, 2, 28))


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.DISCARDED])
def test_nothing_is_issued_that_was_not_approved(draft, clerk, state):
    in_state(draft, state)
    with pytest.raises(Refused, match=draft.get_state_display()):
        issue(draft, by=clerk, day=DAY)
    assert not IssuedCopy.objects.exists()


def test_a_paper_is_not_returned_without_a_reason(draft, officer, leader):
    submit(draft, by=officer)
    with pytest.raises(Refused, match="Hãy ghi lý do"):
        give_back(draft, by=leader, reason="  ")


def test_that_it_was_given_back_is_told_until_the_next_step(draft, officer, leader, client_of):
    def page():
        return client_of(officer).get(draft.get_absolute_url()).content.decode()

    submit(draft, by=officer)
    give_back(draft, by=leader, reason="Bổ sung thời hạn")
    assert "Trần Văn Đăng đã trả lại" in page()
    submit(draft, by=officer)
    withdraw(draft, by=officer)
    assert "đã trả lại" not in page()


def returned(draft, officer, leader, reason="Bổ sung thời hạn"):
    """The draft, handed in and given back."""
    submit(draft, by=officer)
    return give_back(draft, by=leader, reason=reason)


def test_the_home_page_tells_a_writer_what_was_given_back_and_why(draft, people, client_of):
    officer, leader = people["officer"], people["leader"]
    returned(draft, officer, leader)
    page = client_of(officer).get(reverse("home")).content.decode()
    assert "Bị trả lại" in page
    assert "Bổ sung thời hạn" in page
    assert [name for name, person in people.items() if "Bị trả lại" in waits_for(person)] == ["officer"]
    submit(draft, by=officer)
    assert "Bị trả lại" not in waits_for(officer)
    withdraw(draft, by=officer)
    assert "Bị trả lại" not in waits_for(officer)


@pytest.mark.parametrize("gone", [{"is_active": False}, {"unit": None}])
def test_what_was_given_back_to_somebody_who_left_waits_for_those_who_write_in_the_unit(draft, people, gone):
    officer = people["officer"]
    returned(draft, officer, people["leader"])
    for name, value in gone.items():
        setattr(officer, name, value)
    officer.save()
    names = ("leader", "clerk", "store_keeper", "council_member", "unit_officer", "stranger")
    assert [name for name in names if "Bị trả lại" in waits_for(people[name])] == ["leader", "clerk"]


def test_the_home_page_asks_the_same_for_one_paper_given_back_and_for_three(
    draft, officer, leader, client_of, django_assert_num_queries
):
    visitor = client_of(officer)
    returned(draft, officer, leader)
    # How much all apps ask there is theirs to say; here it must not grow.
    with CaptureQueriesContext(connection) as asked:
        visitor.get(reverse("home"))
    for _ in range(2):
        returned(copies.copy(draft, by=officer), officer, leader)
    with django_assert_num_queries(len(asked)):
        (group,) = visitor.get(reverse("home")).context["groups"]
    assert group.count == 3


def test_nobody_approves_words_that_were_changed_since_they_were_read(draft, officer, leader):
    seen = draft.version
    submit(draft, by=officer)
    withdraw(draft, by=officer)
    draft.refresh_from_db()
    draft.subject = "báo cáo kết quả hai phong trào thi đua"
    save_draft(draft, by=officer)
    submit(draft, by=officer)
    with pytest.raises(Refused, match="đã được sửa"):
        approve(draft, by=leader, seen_version=seen)


def test_who_is_late_is_told_who_saved_not_who_took_a_step_since(draft, officer, leader):
    mine = Document.objects.get(pk=draft.pk)
    draft.subject = "của lãnh đạo"
    save_draft(draft, by=leader)
    submit(draft, by=officer)
    withdraw(draft, by=officer)
    with pytest.raises(Stale) as stale:
        save_draft(mine, by=officer, seen_version=1)
    assert (stale.value.version, stale.value.latest.by) == (2, leader)
    assert stale.value.latest.changes == {"Trích yếu": ["báo cáo kết quả phong trào thi đua", "của lãnh đạo"]}


def test_words_do_not_change_once_they_are_handed_in(draft, officer, client_of):
    submit(draft, by=officer)
    draft.refresh_from_db()
    draft.subject = "một trích yếu khác"
    with pytest.raises(Refused, match="Chờ duyệt"):
        save_draft(draft, by=officer)
    client = client_of(officer)
    response = client.post(
        reverse("document", args=[draft.pk]), typed(draft, subject="một trích yếu khác"), follow=True
    )
    # What was typed is shown to its writer, and stands in no paper.
    assert "không lưu vào văn bản được nữa" in response.content.decode()
    assert Document.objects.get(pk=draft.pk).subject == "báo cáo kết quả phong trào thi đua"


def test_an_incomplete_paper_is_not_handed_in(officer, province):
    draft = save_draft(Document(**words(issuer_unit=province, signer_name="")), by=officer)
    with pytest.raises(Refused, match="còn phải sửa"):
        submit(draft, by=officer)


OPEN = {"symbol": "…/QĐ-…", "body": "Lời mở đầu.\n\n**Điều 1.** …"}
LEFT = "ký hiệu còn chỗ trống «…/QĐ-…»; nội dung, đoạn 2, còn chỗ trống «Điều 1. …»"


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.APPROVED])
def test_a_paper_with_blanks_goes_no_further_and_each_is_named(draft, officer, leader, clerk, client_of, state):
    for name, value in OPEN.items():
        setattr(draft, name, value)
    person, act = {"draft": (officer, submit), "submitted": (leader, approve), "approved": (clerk, None)}[state]
    in_state(draft, state)
    with pytest.raises(Refused, match=LEFT):
        act(draft, by=person) if act else issue(draft, by=person, day=DAY)
    assert Document.objects.get(pk=draft.pk).state == state
    page = client_of(person).get(draft.get_absolute_url()).content.decode()
    assert "Còn chỗ trống «…/QĐ-…»" in page
    assert "Còn chỗ trống «Điều 1. …»" in page


def test_a_refused_approval_says_so_beside_its_button(draft, leader, client_of):
    draft.body = "**Điều 1.** …"
    in_state(draft, State.SUBMITTED)
    fields = {"act": "approve", "version": draft.version}
    response = client_of(leader).post(reverse("step", args=[draft.pk]), fields)
    assert response.status_code == 422
    assert "Chưa duyệt được, còn phải sửa: nội dung, đoạn 1" in response.content.decode()


def test_a_draft_with_blanks_is_stored_and_says_what_is_left(officer, so_noi_vu, client_of):
    visitor = client_of(officer)
    draft = begin(by=officer, type=DocumentType.objects.get(code="QĐ"), issuer=so_noi_vu)
    save_draft(draft, by=officer)
    page = visitor.get(draft.get_absolute_url()).content.decode()
    assert "Còn chỗ trống «Điều 1. …»" in page
    assert "Còn chỗ trống «Điều 2. …»" in page
    assert "hàng chấm dài" in page


CHANGES = {"subject": "khác", "number": 9, "year": 2021, "symbol": "SNV-VP", "state": "draft", "body": "Khác."}


@pytest.mark.parametrize(("field", "value"), CHANGES.items())
def test_what_was_issued_does_not_change_by_any_door(issued, field, value):
    setattr(issued, field, value)
    with pytest.raises(Frozen):
        issued.save()
    with pytest.raises(Frozen):
        Document.objects.filter(pk=issued.pk).update(**{field: value})
    with pytest.raises(Frozen):
        Document.objects.get(pk=issued.pk).delete()
    with pytest.raises(Frozen):
        Document.objects.filter(pk=issued.pk).delete()


def test_words_that_were_issued_stay_as_they_were_when_it_is_replaced(issued):
    """Also where text is kept clean in another way since."""
    apart = unicodedata.normalize("NFD", "việc cũ")
    Document._base_manager.filter(pk=issued.pk).update(subject=apart)
    issued.refresh_from_db()
    issued.state = State.REPLACED
    issued.save()
    assert Document.objects.values_list("subject", "state").get(pk=issued.pk) == (apart, "replaced")


def test_the_back_office_changes_no_paper(issued, draft, client_of, administrator):
    visitor = client_of(administrator)
    address = reverse("admin:documents_document_change", args=[issued.pk])
    assert visitor.post(address, {"subject": "khác", "state": "draft"}).status_code == 403
    assert (
        visitor.post(reverse("admin:documents_document_delete", args=[issued.pk]), {"post": "yes"}).status_code == 403
    )
    assert Document.objects.get(pk=issued.pk).subject == issued.subject


# --- Replacing and recalling


def issue_in_full(draft, officer, leader, clerk, day=DAY):
    """All steps at once."""
    submit(draft, by=officer)
    approve(draft, by=leader)
    return issue(draft, by=clerk, day=day)


def test_a_paper_is_replaced_when_the_new_one_is_issued_and_both_name_each_other(
    issued, officer, leader, clerk, client_of
):
    draft = copies.replace(issued, by=officer, reason="Sai thời hạn báo cáo")
    assert Document.objects.get(pk=issued.pk).state == State.ISSUED
    assert (draft.subject, draft.number, draft.state) == (issued.subject, None, State.DRAFT)
    done = issue_in_full(draft, officer, leader, clerk)
    old = Document.objects.get(pk=issued.pk)
    assert (old.state, old.reference, done.reference) == (State.REPLACED, "01/UBND-KGVX", "02/UBND-KGVX")
    assert told(old)[-1] == (
        "replace",
        "issued",
        "replaced",
        "thu",
        "bằng Công văn số 02/UBND-KGVX. Sai thời hạn báo cáo",
    )
    visitor = client_of(officer)
    assert "đã bị thay thế bằng" in visitor.get(old.get_absolute_url()).content.decode()
    assert "02/UBND-KGVX" in visitor.get(old.get_absolute_url()).content.decode()
    assert "01/UBND-KGVX" in visitor.get(done.get_absolute_url()).content.decode()


def test_a_letter_recalls_a_paper_and_goes_to_everybody_who_got_it(issued, officer, leader, clerk):
    draft = copies.recall(issued, by=officer, reason="Ban hành nhầm")
    draft.signer_name, draft.capacity, draft.recipients = "Nông Văn Minh", "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH", "Như trên"
    save_draft(draft, by=officer)
    assert "thu hồi" in draft.subject
    assert "01/UBND-KGVX" in draft.body
    issue_in_full(draft, officer, leader, clerk)
    assert Document.objects.get(pk=issued.pk).state == State.RECALLED


def test_two_drafts_cannot_both_replace_one_paper(issued, officer, leader, clerk):
    first = copies.replace(issued, by=officer, reason="Sai ngày")
    with pytest.raises(Refused, match="Đang có dự thảo thay thế văn bản này, do Nguyễn Thị Hòa soạn"):
        copies.replace(issued, by=officer, reason="Sai số liệu")
    discard(first, by=officer)
    second = copies.replace(issued, by=officer, reason="Sai số liệu")
    restore(first, by=officer)
    issue_in_full(first, officer, leader, clerk)
    with pytest.raises(Refused, match="không thay thế được nữa"):
        issue_in_full(second, officer, leader, clerk)
    assert Document.objects.get(pk=second.pk).number is None


def test_only_the_unit_that_wrote_it_replaces_a_paper(issued, unit_officer, client_of):
    with pytest.raises(Refused, match="Chỉ đơn vị đã soạn"):
        copies.replace(issued, by=unit_officer, reason="Sai")
    assert client_of(unit_officer).post(reverse("replace", args=[issued.pk]), {"reason": "Sai"}).status_code == 404


@pytest.mark.parametrize("name", ["replace", "recall"])
def test_a_correction_without_a_reason_is_refused_beside_the_field(issued, officer, client_of, name):
    response = client_of(officer).post(reverse(name, args=[issued.pk]), {"reason": ""})
    assert response.status_code == 422
    assert not Effect.objects.exists()


# --- Numbers


def another(draft, officer, leader, **changes):
    """One more approved letter."""
    new = copies.copy(draft, by=officer)
    for name, value in changes.items():
        setattr(new, name, value)
    save_draft(new, by=officer)
    submit(new, by=officer)
    return approve(new, by=leader)


def test_numbers_run_from_01_in_each_year(issued, draft, officer, leader, clerk):
    second = issue(another(draft, officer, leader), by=clerk, day=date(2020, 3, 1))
    next_year = issue(another(draft, officer, leader), by=clerk, day=date(2021, 1, 4))
    assert [row.reference for row in (issued, second, next_year)] == ["01/UBND-KGVX", "02/UBND-KGVX", "01/UBND-KGVX"]


def test_a_type_with_a_series_of_its_own_is_numbered_apart(issued, draft, province, officer, leader, clerk):
    notice = Document._meta.get_field("type").related_model.objects.get(code="TB")
    series = let_number_for(province, officer.unit, "Sổ thông báo")
    series.types.add(notice)
    new = another(draft, officer, leader, type=notice, symbol="TB-UBND", to="", recipients="Các sở")
    assert issue(new, by=clerk, day=DAY).reference == "01/TB-UBND"
    assert issue(another(draft, officer, leader), by=clerk, day=DAY).reference == "02/UBND-KGVX"


def test_a_day_does_not_run_backwards_unless_a_leader_allows_that_day(issued, draft, officer, leader, clerk):
    late = another(draft, officer, leader)
    with pytest.raises(RunsBackwards, match="28/02/2020"):
        issue(late, by=clerk, day=date(2020, 2, 27))
    allow_earlier(late, by=leader, day=date(2020, 2, 26), reason="Ký ngày 26")
    with pytest.raises(RunsBackwards):
        issue(late, by=clerk, day=date(2020, 2, 27))
    assert issue(late, by=clerk, day=date(2020, 2, 26)).date_text == "26/02/2020"


@pytest.mark.parametrize(
    ("day", "words"), [(date(2999, 1, 1), "chưa đến"), (date(2019, 12, 31), "mở từ ngày 01/01/2020")]
)
def test_a_day_that_cannot_be_is_refused(approved, clerk, day, words):
    with pytest.raises(Refused, match=words):
        issue(approved, by=clerk, day=day)
    assert Document.objects.get(pk=approved.pk).state == State.APPROVED


def test_a_number_typed_by_hand_is_given_once_and_the_run_goes_on_around_it(issued, draft, officer, leader, clerk):
    with pytest.raises(Refused, match="Số 01 đã dùng"):
        issue(another(draft, officer, leader), by=clerk, day=DAY, wanted=1)
    given = [
        issue(another(draft, officer, leader), by=clerk, day=DAY, wanted=wanted).number for wanted in (3, None, None)
    ]
    assert given == [3, 2, 4]


def test_a_failure_between_number_and_bytes_leaves_neither(approved, clerk, draft, officer, leader, monkeypatch):
    def fails(content):
        raise RuntimeError("the machine stops here")

    with monkeypatch.context() as broken:
        broken.setattr("documents.life.issuing.page_count", fails)
        with pytest.raises(RuntimeError):
            issue(approved, by=clerk, day=DAY)
    found = Document.objects.get(pk=approved.pk)
    assert (found.state, found.number, found.reference) == (State.APPROVED, None, "")
    assert not IssuedCopy.objects.exists()
    assert issue(approved, by=clerk, day=DAY).number == 1


def test_issuing_twice_gives_one_number(approved, clerk, client_of):
    visitor, address = client_of(clerk), reverse("issue", args=[approved.pk])
    fields = {"version": approved.version, "day": "28/02/2020"}
    assert visitor.post(address, fields).status_code == 302
    assert visitor.post(address, fields).status_code == 302
    assert [row.number for row in Document.objects.exclude(number=None)] == [1]


def test_a_day_refused_stands_beside_the_field_with_what_was_typed(issued, draft, officer, leader, clerk, client_of):
    late = another(draft, officer, leader)
    response = client_of(clerk).post(reverse("issue", args=[late.pk]), {"version": late.version, "day": "27/02/2020"})
    assert response.status_code == 422
    page = response.content.decode()
    beside = page[page.index('value="27/02/2020"') :]
    assert "lùi ngày" in beside[: beside.index('name="number"')]


# --- Whom it goes to


@pytest.fixture
def departments(so_noi_vu, other_unit):
    """Three departments, one of which ended on 28/02/2025."""
    ended = make_unit("so-cu", "Sở Cũ", ended=date(2025, 2, 28))
    return [so_noi_vu, other_unit, ended]


def addressed(draft, officer, *keys, duties=()):
    """The draft with addressees by key."""
    rows = [Addressee(key=key, label=f"Nhóm {number}") for number, key in enumerate(keys, start=1)]
    return save_draft(draft, by=officer, addressees=rows, duties=duties)


def test_a_group_is_delivered_to_each_unit_that_lived_on_that_day(draft, officer, leader, clerk, departments):
    addressed(
        draft, officer, "loai:department", "don-vi:so-y-te", duties=[Duty(words="Báo cáo", keys=["don-vi:so-cu"])]
    )
    done = issue_in_full(draft, officer, leader, clerk)
    assert {row.unit.code for row in done.deliveries.all()} == {"so-noi-vu", "so-y-te", "so-cu"}
    assert [share.unit.code for duty in done.duties.all() for share in duty.assignments.all()] == ["so-cu"]


def test_a_list_made_by_hand_is_for_those_who_made_it(so_noi_vu, other_unit, officer, unit_officer):
    from documents.deliveries import addressees

    group = AddresseeGroup.objects.create(name="Các đơn vị tuyến đầu", owner=so_noi_vu)
    group.units.add(other_unit)
    key = f"danh-sach:{group.pk}"
    offered = {name: dict(rows) for name, rows in addressees.choices(officer, DAY)}
    assert offered["Danh sách của cơ quan"] == {key: "Các đơn vị tuyến đầu"}
    assert "Danh sách của cơ quan" not in dict(addressees.choices(unit_officer, DAY))
    assert addressees.members([key], DAY) == {key: [other_unit]}


def test_choosing_a_group_prints_its_name_and_taking_it_out_takes_the_name_out(draft, officer, client_of, departments):
    visitor, address = client_of(officer), reverse("document", args=[draft.pk])
    visitor.post(address, typed(draft, addressees=["loai:department"]))
    draft.refresh_from_db()
    assert draft.to == "Các đơn vị trong cụm thi đua\nCác sở, ban, ngành tỉnh"
    visitor.post(address, typed(draft, addressees=["don-vi:so-y-te"]))
    draft.refresh_from_db()
    assert draft.to == "Các đơn vị trong cụm thi đua\nSở Y tế"
    assert [row.key for row in draft.addressees.all()] == ["don-vi:so-y-te"]


def test_a_delivered_paper_is_seen_by_the_unit_that_got_it_and_by_no_other(
    draft, officer, leader, clerk, departments, unit_officer, stranger, client_of
):
    addressed(draft, officer, "don-vi:so-y-te")
    assert client_of(unit_officer).get(draft.get_absolute_url()).status_code == 404
    done = issue_in_full(draft, officer, leader, clerk)
    assert client_of(unit_officer).get(done.get_absolute_url()).status_code == 200
    assert client_of(stranger).get(done.get_absolute_url()).status_code == 404


# --- Areas


@pytest.fixture
def heard(monkeypatch):
    """Papers of an area of the program, and what it was told of them: [(key, state)]."""
    told = []
    monkeypatch.setattr(PAPERS, "papers", {**PAPERS.papers})
    of_area = Papers(PAPERS, "thu")
    of_area.heard(lambda document, state: told.append((document.area_key, state)))
    return of_area, told


def test_an_area_has_its_paper_drafted_and_hears_what_became_of_it(heard, officer, leader, clerk, province, signer):
    of_area, told = heard
    facts = {name: value for name, value in words(signer=signer).items() if name not in ("type", "issuer_name")}
    draft = of_area.draft(7, by=officer, type="CV", issuer=province, facts=facts)
    done = issue_in_full(draft, officer, leader, clerk)
    issue_in_full(copies.replace(done, by=officer, reason="Sai ngày"), officer, leader, clerk)
    assert told == [("7", "issued"), ("7", "replaced"), ("7", "issued")]


def test_a_draft_that_takes_the_place_of_another_is_its_subject_s_once_it_is_issued(
    heard, officer, leader, clerk, province, signer
):
    of_area, _ = heard
    facts = {name: value for name, value in words(signer=signer).items() if name not in ("type", "issuer_name")}
    first = of_area.draft(7, by=officer, type="CV", issuer=province, facts=facts)
    with pytest.raises(Refused, match="thì bỏ văn bản đó"):
        of_area.refuse_second(7)
    first = issue_in_full(first, officer, leader, clerk)
    later = copies.replace(first, by=officer, reason="Sai ngày")
    assert list(of_area.of(7)) == list(of_area.standing(7)) == [first]
    assert set(of_area.under([7])) == {first, later}
    of_area.refuse_second(7)
    later = issue_in_full(later, officer, leader, clerk)
    assert list(of_area.of(7)) == [later, first]
    assert list(of_area.standing(7)) == [later]
    with pytest.raises(Refused, match="bỏ, thay thế hoặc thu hồi"):
        of_area.refuse_standing(7)


def test_papers_of_a_subject_that_has_several_are_told_apart(heard, officer, province):
    of_area = Papers(PAPERS, "thu", ("first", "last"))
    facts = {"subject": "việc", "body": "Lời."}
    last, first, other = (
        of_area.draft(key, name, by=officer, type="CV", issuer=province, facts=facts)
        for key, name in ((7, "last"), (7, "first"), (17, "last"))
    )
    assert list(of_area.of(7)) == [first, last]
    assert (key_of(last), name_of(last), name_of(first)) == ("7", "last", "first")
    assert of_area.is_of(first, 7)
    assert not of_area.is_of(other, 7)
    discard(last, by=officer)
    of_area.refuse_second(7, "last")
    with pytest.raises(Refused, match="Đã có"):
        of_area.refuse_second(7, "first")
    assert set(of_area.under([7, 17])) == {first, last, other}


def test_where_the_area_fails_the_paper_is_not_issued(monkeypatch, draft, officer, leader, clerk):
    def fails(document, state):
        raise RuntimeError("the area cannot follow")

    monkeypatch.setitem(PAPERS.papers, "thu", fails)
    draft.area, draft.area_key = "thu", "7"
    draft.save()
    with pytest.raises(RuntimeError):
        issue_in_full(draft, officer, leader, clerk)
    assert Document.objects.get(pk=draft.pk).state == State.APPROVED


def test_a_unit_with_one_account_takes_every_step_and_each_is_told(unit_officer, other_unit):
    draft = save_draft(
        Document(**words(issuer_unit=other_unit, issuer_name="Sở Y tế", symbol="SYT-VP")), by=unit_officer
    )
    done = issue_in_full(draft, unit_officer, unit_officer, unit_officer)
    assert [row[0] for row in told(done)] == ["submit", "approve", "issue"]
    assert done.unit == Unit.objects.get(code="so-y-te")


# --- Doors that were found open once


def test_an_officer_of_a_unit_writes_and_issues_for_no_body_but_its_own(
    unit_officer, other_unit, province, signer, client_of
):
    other_unit.superior = province
    other_unit.save()
    visitor = client_of(unit_officer)
    assert visitor.get(reverse("new_document"), {"loai": "QĐ", "co_quan": "ubnd-tinh"}).status_code == 404
    draft = save_draft(Document(**words(issuer_unit=province, signer=signer)), by=unit_officer)
    submit(draft, by=unit_officer)
    with pytest.raises(Refused, match="không được «Duyệt»"):
        approve(draft, by=unit_officer)
    in_state(Document.objects.get(pk=draft.pk), State.APPROVED)
    with pytest.raises(Refused, match="không được «Phát hành»"):
        issue(draft, by=unit_officer, day=DAY)


def test_a_copy_of_what_one_received_is_written_under_the_own_head_without_the_lists_of_others(
    draft, officer, leader, clerk, unit_officer, other_unit, so_noi_vu
):
    group = AddresseeGroup.objects.create(name="Tuyến đầu", owner=so_noi_vu)
    group.units.add(other_unit)
    done = issue_in_full(addressed(draft, officer, f"danh-sach:{group.pk}", "don-vi:so-y-te"), officer, leader, clerk)
    made = copies.copy(done, by=unit_officer)
    assert (made.issuer_unit, made.issuer_name, made.symbol, made.signer) == (other_unit, "Sở Y tế", "SYT-VP", None)
    assert [row.key for row in made.addressees.all()] == ["don-vi:so-y-te"]
    assert made.body == done.body


def test_the_signed_copy_chosen_at_issue_is_kept_beside_the_bytes(approved, clerk, client_of):
    fields = {"version": approved.version, "day": "28/02/2020", "files": [picture("ban-ky.png")]}
    assert client_of(clerk).post(reverse("issue", args=[approved.pk]), fields).status_code == 302
    assert [(row.kind, row.name, row.by) for row in approved.uploads.all()] == [("signed", "ban-ky.png", clerk)]


def test_appendices_copied_in_after_somebody_else_stored_them_are_not_lost(draft, officer, leader, client_of):
    rows = [Appendix(title="Danh sách", body="Một dòng.")]
    save_draft(Document.objects.get(pk=draft.pk), by=leader, appendices=rows)
    part = {"phu-luc-0-title": "Danh sách", "phu-luc-0-orientation": "portrait", "phu-luc-0-body": "Một dòng."}
    mine = typed(draft, **part, **{"phu-luc-TOTAL_FORMS": 1, "subject": "một trích yếu khác"})
    visitor, address = client_of(officer), reverse("document", args=[draft.pk])
    refused = visitor.post(address, mine)
    assert refused.status_code == 422
    form = refused.context["form"]
    assert (form["subject"].value(), form["version"].value(), form["body"].value()) == (
        "một trích yếu khác",
        2,
        draft.body,
    )
    assert refused.context["sheet"].appendices.forms[0]["title"].value() == "Danh sách"
    assert visitor.post(address, mine | {"version": 2}).status_code == 302
    assert [row.title for row in Document.objects.get(pk=draft.pk).appendices.all()] == ["Danh sách"]


def test_a_duty_of_a_unit_that_ended_keeps_its_unit_when_the_draft_is_saved(draft, officer, client_of, departments):
    addressed(draft, officer, "don-vi:so-y-te", duties=[Duty(words="Báo cáo", keys=["don-vi:so-cu"])])
    draft.refresh_from_db()
    page = client_of(officer).get(reverse("document", args=[draft.pk])).content.decode()
    assert 'value="don-vi:so-cu" selected' in page
    part = {"nhiem-vu-0-words": "Báo cáo", "nhiem-vu-0-keys": ["don-vi:so-cu"], "nhiem-vu-TOTAL_FORMS": 1}
    fields = typed(draft, **part, addressees=["don-vi:so-y-te"], subject="một trích yếu khác")
    assert client_of(officer).post(reverse("document", args=[draft.pk]), fields).status_code == 302
    assert draft.duties.get().keys == ["don-vi:so-cu"]


def test_a_day_of_an_earlier_year_runs_backwards_too(issued, draft, officer, leader, clerk):
    issue(another(draft, officer, leader), by=clerk, day=date(2021, 1, 4))
    with pytest.raises(RunsBackwards, match="04/01/2021"):
        issue(another(draft, officer, leader), by=clerk, day=date(2020, 12, 31))


def test_leave_for_an_earlier_day_ends_with_the_approval_it_was_given_for(issued, draft, officer, leader, clerk):
    late = another(draft, officer, leader)
    allow_earlier(late, by=leader, day=date(2020, 2, 26), reason="Ký ngày 26")
    give_back(late, by=leader, reason="Không cho nữa")
    submit(late, by=officer)
    approve(late, by=leader)
    with pytest.raises(RunsBackwards):
        issue(late, by=clerk, day=date(2020, 2, 26))


def test_a_step_that_has_a_form_of_its_own_is_taken_by_no_other_door(approved, leader, client_of):
    for act, status in (("issue", 404), ("recall", 404), ("replace", 404), ("allow_earlier", 422)):
        fields = {"act": act, "version": approved.version, "reason": "26/02/2020: cho phép"}
        assert client_of(leader).post(reverse("step", args=[approved.pk]), fields).status_code == status
    assert told(approved) == [
        ("submit", "draft", "submitted", "hoa", ""),
        ("approve", "submitted", "approved", "dang", ""),
    ]


def test_a_recall_goes_to_whoever_has_the_paper_in_hand_today(draft, officer, leader, clerk, departments, so_noi_vu):
    heir = make_unit("so-moi", "Sở Mới", founded=date(2025, 3, 1))
    change = UnitChange.objects.create(kind="merge", date=date(2025, 3, 1), citation="Nghị quyết 04")
    Succession.objects.create(change=change, predecessor=departments[2], successor=heir)
    addressed(draft, officer, "loai:department", duties=[Duty(words="Báo cáo", keys=["don-vi:so-y-te"])])
    done = issue_in_full(draft, officer, leader, clerk)
    letter = copies.recall(done, by=officer, reason="Ban hành nhầm")
    assert {row.key for row in letter.addressees.all()} == {"don-vi:so-noi-vu", "don-vi:so-y-te", "don-vi:so-moi"}


@pytest.mark.parametrize(
    ("ended", "term_ends", "told_of"),
    [(date(2020, 2, 27), date(2021, 6, 30), "không hoạt động"), (None, date(2020, 2, 27), "không giữ chức vụ")],
)
def test_body_and_signer_are_judged_on_the_day_that_was_chosen(
    approved, province, signer, clerk, ended, term_ends, told_of
):
    province.ended, signer.until = ended, term_ends
    province.save()
    signer.save()
    with pytest.raises(Refused, match=told_of):
        issue(approved, by=clerk, day=DAY)


@pytest.mark.parametrize("changes", [{"subject": "TỐI MẬT: báo cáo kết quả"}, {"body": "MẬT\n\nNội dung."}])
def test_a_draft_that_bears_a_mark_of_secrecy_is_refused_beside_the_field(draft, officer, client_of, changes):
    response = client_of(officer).post(reverse("document", args=[draft.pk]), typed(draft, **changes))
    assert response.status_code == 422
    (name,) = changes
    assert "không lưu văn bản mật" in response.context["form"].errors[name][0]


def test_a_signer_of_another_body_is_refused_when_the_body_is_changed(draft, officer, so_noi_vu, client_of):
    response = client_of(officer).post(reverse("document", args=[draft.pk]), typed(draft, issuer_unit=so_noi_vu.pk))
    assert response.status_code == 422
    assert "không ký văn bản của Sở Nội vụ" in response.context["form"].errors["signer"][0]


def test_history_tells_whose_a_duty_became(draft, officer, departments):
    addressed(draft, officer, "don-vi:so-y-te", duties=[Duty(words="Báo cáo", keys=["don-vi:so-y-te"])])
    addressed(draft, officer, "don-vi:so-y-te", duties=[Duty(words="Báo cáo", keys=["don-vi:so-noi-vu"])])
    ((label, parts),) = compared(draft.edits.first())
    assert label == "Nhiệm vụ giao"
    assert "".join(text for kind, text in parts if kind != "old") == "Báo cáo – Sở Nội vụ"


def test_a_book_begins_where_the_one_on_paper_ended(approved, clerk, province):
    SeriesYear.objects.create(series=province.series.get(), year=2020, last_number=511)
    assert issue(approved, by=clerk, day=DAY).number == 512


def test_a_book_closed_in_the_future_still_gives_numbers_and_one_closed_before_none(draft, officer, leader, clerk):
    draft.issuer_unit, draft.signer = officer.unit, None
    series = NumberSeries.objects.create(issuer=officer.unit, name="Sổ chung", until=date(2020, 2, 27))
    approved = another(draft, officer, leader)
    with pytest.raises(Refused, match="không có sổ đang mở"):
        issue(approved, by=clerk, day=DAY)
    series.until = date(2020, 2, 28)
    series.save()
    assert issue(approved, by=clerk, day=DAY).number == 1


def test_who_gave_a_paper_back_comes_to_what_else_waits(draft, officer, leader, client_of):
    submit(draft, by=officer)
    draft.refresh_from_db()
    sent = {"act": "return", "version": draft.version, "reason": "Bổ sung thời hạn"}
    assert client_of(leader).post(reverse("step", args=[draft.pk]), sent).url == reverse("home")
