"""What the register says goes into the findings; errors keep a paper from going on; advice is turned off by the office alone."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from documents.life.actions import approve, submit
from documents.models import Document, DocumentType, RuleChoice, history_of
from documents.papers.actions import save_draft
from documents.papers.rules import begin
from documents.proofing.actions import RULE, choose
from documents.proofing.known import errors_of, findings_of
from documents.proofing.rule import RULES
from documents.steps.refusing import Refused
from units.models import Role, Succession, Unit, UnitChange

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(officer, so_noi_vu):
    """A letter of today that is in order, not stored."""
    draft = begin(by=officer, type=DocumentType.objects.get(code="CV"), issuer=so_noi_vu)
    draft.year, draft.month, draft.day = 2026, 4, 20
    draft.subject, draft.to, draft.archive = "báo cáo kết quả phong trào thi đua", "Các sở, ban, ngành", "VT, TĐKT"
    draft.superior, draft.symbol = "UBND TỈNH LẠNG SƠN", "SNV-TĐKT"
    draft.capacity, draft.signer_name = "GIÁM ĐỐC", "Nông Quang Vinh"
    draft.body = "Sở Nội vụ đề nghị các cơ quan, đơn vị báo cáo."
    return draft


def codes(draft, user):
    return {found.rule.code for found in findings_of(draft, user=user, appendices=())}


def test_a_letter_in_order_has_nothing(letter, officer):
    assert findings_of(letter, user=officer, appendices=()) == []


@pytest.fixture
def merged():
    """Two departments of which one went into the other on 01/3/2025."""
    old = Unit.objects.create(
        code="so-cu", name="Sở Kế hoạch và Đầu tư", kind=Unit.Kind.DEPARTMENT, ended=date(2025, 2, 28)
    )
    new = Unit.objects.create(
        code="so-moi", name="Sở Tài chính mới", kind=Unit.Kind.DEPARTMENT, founded=date(2025, 3, 1)
    )
    change = UnitChange.objects.create(
        kind=UnitChange.Kind.MERGE, date=date(2025, 3, 1), citation="Nghị quyết 04/NQ-HĐND"
    )
    Succession.objects.create(change=change, predecessor=old, successor=new)
    return old, new


def test_a_body_that_ended_is_told_with_its_heir_and_mended_where_it_receives(letter, officer, merged):
    letter.to = "Sở Kế hoạch và Đầu tư"
    (found,) = findings_of(letter, user=officer, appendices=())
    assert found.rule.code == "co-quan-da-ket-thuc"
    assert "từ ngày 01/03/2025 (Nghị quyết 04/NQ-HĐND); nay là Sở Tài chính mới" in str(found)
    assert (found.name, found.old, found.new) == ("to", "Sở Kế hoạch và Đầu tư", "Sở Tài chính mới")


@pytest.mark.parametrize(("day", "told"), [((2025, 2, 28), set()), ((2025, 3, 1), {"co-quan-da-ket-thuc"})])
def test_its_last_day_counts(letter, officer, merged, day, told):
    letter.year, letter.month, letter.day = day
    letter.to = "Sở Kế hoạch và Đầu tư"
    assert codes(letter, officer) == told


def test_a_body_that_is_to_come_is_told(letter, officer, merged):
    letter.year, letter.month, letter.day = 2020, 4, 20
    letter.to = "Sở Tài chính mới"
    assert codes(letter, officer) == {"co-quan-chua-co"}


@pytest.fixture
def decree():
    """A decree that ended."""
    return Document.objects.create(
        origin=Document.Origin.CITED,
        type=DocumentType.objects.get(code="NĐ"),
        reference="91/2017/NĐ-CP",
        year=2017,
        month=7,
        day=31,
        issuer_name="Chính phủ",
        subject="thi đua",
        effective_to=date(2024, 1, 1),
    )


def test_a_paper_named_in_words_that_ended_is_told(letter, officer, decree):
    letter.body = "Thực hiện Nghị định số 91/2017/NĐ-CP ngày 31/7/2017 của Chính phủ về thi đua, Sở Nội vụ báo cáo."
    (found,) = findings_of(letter, user=officer, appendices=())
    assert found.rule.code == "van-ban-het-hieu-luc"
    assert "đã hết hiệu lực từ ngày 01/01/2024" in str(found)
    letter.year = 2020
    assert findings_of(letter, user=officer, appendices=()) == []


def test_what_another_unit_writes_is_not_told_of(letter, officer, unit_officer, decree):
    """A number that only others may see says nothing."""
    decree.origin, decree.unit = Document.Origin.RECEIVED, unit_officer.unit
    decree.save()
    letter.body = "Thực hiện Nghị định số 91/2017/NĐ-CP ngày 31/7/2017 của Chính phủ về thi đua, Sở Nội vụ báo cáo."
    assert findings_of(letter, user=officer, appendices=()) == []


def test_the_number_of_queries_does_not_grow_with_the_words(
    letter, officer, merged, decree, django_assert_max_num_queries
):
    letter.body = "\n\n".join(
        f"Theo Báo cáo số {number}/BC-SNV ngày 15/3/2026 của Sở Kế hoạch và Đầu tư về thi đua."
        for number in range(10, 60)
    )
    with django_assert_max_num_queries(9):
        findings_of(letter, user=officer, appendices=())


# --- before it goes on


def test_an_error_keeps_it_from_being_handed_in_advice_does_not(letter, officer, leader):
    letter.archive = ""
    save_draft(letter, by=officer)
    assert [found.rule.code for found in errors_of(letter)] == ["noi-nhan-thieu-luu"]
    with pytest.raises(Refused, match="lưu: Nơi nhận chưa có dòng «Lưu»"):
        submit(letter, by=officer)
    letter.archive, letter.body = "VT, TĐKT", "Đề nghị các các đơn vị báo cáo."
    save_draft(letter, by=officer)
    assert codes(letter, officer) == {"lap-tu"}
    submit(letter, by=officer)
    letter.refresh_from_db()
    assert letter.state == Document.State.SUBMITTED
    letter.body = "Họp ngày 31/6/2026."
    letter.save()
    with pytest.raises(Refused, match="nội dung, đoạn 1: «31/6/2026»: lịch không có ngày này"):
        approve(Document.objects.get(pk=letter.pk), by=leader)


def test_who_approves_sees_what_is_found_with_its_article(letter, officer, leader, client_of):
    letter.body = "Đề nghị các các đơn vị báo cáo ngày 5 tháng 3 năm 2026."
    save_draft(letter, by=officer)
    submit(letter, by=officer)
    page = client_of(leader).get(letter.get_absolute_url()).content.decode()
    assert "thừa một chữ «các»" in page
    assert "điểm b khoản 4 Mục II Phần I Phụ lục I Nghị định số 30/2020/NĐ-CP ngày 05/3/2020" in page
    # Its words are no longer to be changed.
    assert "data-mend=" not in page


# --- beside the pages of a draft


def typed(draft, **facts):
    """What the page of a draft sends."""
    names = [
        "subject",
        "symbol",
        "issuer",
        "superior",
        "place",
        "to",
        "recipients",
        "archive",
        "capacity",
        "signer_name",
        "body",
        "bases",
    ]
    sent = {name: getattr(draft, name) for name in names} | {"type": draft.type_id, "issuer_unit": draft.issuer_unit_id}
    sent |= {f"{prefix}-{name}": 0 for prefix in ("phu-luc", "nhiem-vu") for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    return sent | {"date": draft.date_text} | facts


def proof(client, draft, **facts):
    address = f"{reverse('proof')}?loai=CV&co_quan={draft.issuer_unit.code}"
    return client.post(address, typed(draft, **facts))


def test_what_is_typed_is_judged_without_being_stored(letter, officer, client_of):
    answer = proof(client_of(officer), letter, body="Họp ngày 5 tháng 3 năm 2026.\n\nĐề nghị các các đơn vị báo cáo.")
    page = answer.content.decode()
    assert 'data-old="Họp ngày 5 tháng 3 năm 2026."' in page
    assert 'data-new="Họp ngày 05 tháng 3 năm 2026."' in page
    assert 'data-place="body"' in page
    assert 'data-at="3"' in page
    assert "Sửa 2 chỗ sửa được" in page
    assert not Document.objects.filter(origin="ours").exists()
    assert "chưa thấy gì phải sửa" in proof(client_of(officer), letter).content.decode()


def test_appendices_are_judged_too(letter, officer, client_of):
    part = {"phu-luc-TOTAL_FORMS": 1, "phu-luc-0-title": "Danh sách", "phu-luc-0-orientation": "portrait"}
    page = proof(client_of(officer), letter, **part, **{"phu-luc-0-body": "Gồm các các đơn vị."}).content.decode()
    assert 'data-mend="phu-luc-0-body"' in page
    assert "Phụ lục, đoạn 1" in page


def test_a_draft_of_others_is_not_there(letter, officer, unit_officer, client_of):
    save_draft(letter, by=officer)
    assert proof(client_of(unit_officer), letter, pk=letter.pk).status_code == 404
    assert client_of(officer).get(reverse("proof")).status_code == 405


def test_words_are_told_as_typed(letter, officer, client_of):
    page = proof(
        client_of(officer), letter, body='Đề nghị <b>"các các</b> đơn vị, ngày 31/6/2026 báo cáo.'
    ).content.decode()
    assert "<b>" not in page


# --- the page of rules


def test_all_rules_are_shown_with_article_and_example(officer, client_of):
    page = client_of(officer).get(reverse("proofing_rules")).content.decode()
    assert "Số 0 thừa trước tháng 3 đến tháng 9" in page
    assert "Điều 9 Thông tư số 01/2011/TT-BNV ngày 19/01/2011" in page
    assert "(từ 05/3/2020)" in page


def listed(client, **asked):
    """The codes of the rules that the list shows."""
    return [row.rule.code for row in client.get(reverse("proofing_rules"), asked).context["page_obj"].object_list]


def test_rules_are_found_by_words_subject_level_and_use(officer, client_of):
    visitor = client_of(officer)
    assert "lap-tu" in listed(visitor, q="lap tu")
    assert "thang-thua-so-0" not in listed(visitor, q="lap tu")
    assert set(listed(visitor, muc="error")) == {rule.code for rule in RULES.values() if rule.level == "error"}
    subject = RULES["lap-tu"].group
    assert listed(visitor, nhom=subject) == [rule.code for rule in RULES.values() if rule.group == subject]
    assert listed(visitor, dung="tat") == []
    choose("lap-tu", is_off=True, reason="Không cần", by=officer)
    assert listed(visitor, dung="tat") == ["lap-tu"]
    assert listed(visitor, q="lap tu", dung="bat", muc="error") == []
    assert listed(visitor, muc="bogus") == []


def test_the_file_has_the_rules_that_the_list_shows(officer, client_of):
    choose("lap-tu", is_off=True, reason="Không cần", by=officer)
    answer = client_of(officer).get(reverse("proofing_rules"), {"dung": "tat", "xuat": "xlsx"})
    sheet = load_workbook(BytesIO(answer.getvalue())).active
    words = [cell.value for row in sheet.iter_rows() for cell in row if cell.value]
    assert {"Lặp từ", "Nên xem", "Đang tắt", "đề nghị các các đơn vị"} <= set(words)
    assert "Số 0 thừa trước tháng 3 đến tháng 9" not in words


def test_the_list_asks_no_more_for_rules_that_were_turned_off(officer, client_of, django_assert_num_queries):
    visitor = client_of(officer)
    with CaptureQueriesContext(connection) as before:
        visitor.get(reverse("proofing_rules"))
    for code in ("lap-tu", "dau-lap", "hang-nghin"):
        choose(code, is_off=True, reason="Không cần", by=officer)
    with django_assert_num_queries(len(before)):
        visitor.get(reverse("proofing_rules"))


def test_an_advice_is_turned_off_with_a_reason_and_on_again_and_both_are_logged(letter, officer, client_of):
    letter.body = "Đề nghị các các đơn vị báo cáo."
    visitor, address = client_of(officer), reverse("choose_rule", args=["lap-tu"])
    visitor.post(address, {"is_off": "1", "reason": ""})
    assert codes(letter, officer) == {"lap-tu"}
    visitor.post(address, {"is_off": "1", "reason": "Cơ quan không cần"})
    assert codes(letter, officer) == set()
    page = visitor.get(reverse("proofing_rules"), {"q": "lặp từ"}).content.decode()
    assert "Cơ quan không cần" in page
    assert "Bật lại" in page
    visitor.post(address, {"is_off": "0"})
    assert codes(letter, officer) == {"lap-tu"}
    row = RuleChoice.objects.get()
    told = [(change.what, change.by, change.reason) for change in history_of(RULE, row.pk)]
    assert told == [("turn_on", officer, ""), ("turn_off", officer, "Cơ quan không cần")]


@pytest.mark.parametrize(("code", "words"), [("ngay-khong-co", "không tắt được"), ("khong-co", "Không có quy tắc này")])
def test_an_error_and_what_is_no_rule_are_not_turned_off(officer, code, words):
    with pytest.raises(Refused, match=words):
        choose(code, is_off=True, reason="Không cần", by=officer)


def test_only_the_department_turns_advice_off(officer, unit_officer, client_of):
    assert unit_officer.role == Role.UNIT_OFFICER
    with pytest.raises(Refused, match="Chỉ chuyên viên, lãnh đạo Sở Nội vụ"):
        choose("lap-tu", is_off=True, reason="Không cần", by=unit_officer)
    assert "Tắt quy tắc này" in client_of(officer).get(reverse("proofing_rules")).content.decode()
    assert "Tắt quy tắc này" not in client_of(unit_officer).get(reverse("proofing_rules")).content.decode()


def test_turning_off_twice_is_told(officer):
    choose("lap-tu", is_off=True, reason="Không cần", by=officer)
    with pytest.raises(Refused, match="đang tắt rồi"):
        choose("lap-tu", is_off=True, reason="Không cần", by=officer)
