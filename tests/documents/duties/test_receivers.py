"""Who will get a paper: told to whoever submits, approves and issues it, by the count that is then delivered."""

from datetime import date

import pytest
from django.db.models import QuerySet
from django.urls import reverse

from documents.duties.receivers import receivers_of, receivers_on
from documents.life.actions import approve, submit
from documents.life.issuing import issue
from documents.models import Addressee, Document, DocumentType, Duty, IssuedCopy
from documents.papers.actions import save_draft
from documents.steps.refusing import Refused
from units.models import Unit

from ...conftest import make_unit
from ..conftest import words

pytestmark = pytest.mark.django_db

DAY, LATER = date(2020, 2, 28), date(2025, 6, 2)


@pytest.fixture
def departments(so_noi_vu, other_unit):
    """Three departments, one of which ended on 28/02/2025."""
    return [so_noi_vu, other_unit, make_unit("so-cu", "Sở Cũ", ended=date(2025, 2, 28))]


def addressed(draft, officer, *keys, duties=(), **fields):
    """The draft with addressees by key."""
    for name, value in fields.items():
        setattr(draft, name, value)
    rows = [Addressee(key=key, label=f"Nhóm {number}") for number, key in enumerate(keys, start=1)]
    return save_draft(draft, by=officer, addressees=rows, duties=duties)


def approved(draft, officer, leader):
    submit(draft, by=officer)
    return approve(draft, by=leader)


@pytest.mark.parametrize(
    ("keys", "duties", "told"),
    [
        (["loai:front", "loai:department"], [], "vào ngày 28/02/2020 không có đơn vị nào thuộc «Nhóm 1»"),
        (["loai:front", "don-vi:khong-co"], [], "không có đơn vị nào thuộc «Nhóm 1», «Nhóm 2»"),
        (["don-vi:ubnd-tinh"], [], "«Nhóm 1» chỉ có chính cơ quan ban hành"),
        (["don-vi:so-y-te"], [("2", "Báo cáo", ["loai:district"])], "«2: Báo cáo» không có đơn vị nào thực hiện"),
        ([], [("", "Báo cáo", [])], "«Báo cáo» không có đơn vị nào thực hiện"),
    ],
)
def test_who_is_nobody_on_the_day_of_the_paper_is_told_when_it_is_submitted(
    draft, officer, leader, clerk, departments, keys, duties, told
):
    rows = [Duty(clause=clause, words=text, keys=whose) for clause, text, whose in duties]
    addressed(draft, officer, *keys, duties=rows, day=28)
    with pytest.raises(Refused, match=told) as refused:
        submit(draft, by=officer)
    assert str(refused.value).startswith("Chưa trình được")
    # Whatever happened since it was approved, the same is told when it is issued.
    QuerySet(Document).filter(pk=draft.pk).update(state=Document.State.APPROVED)
    with pytest.raises(Refused, match=f"(?i){told}"):
        issue(draft, by=clerk, day=DAY)
    assert not IssuedCopy.objects.exists()


@pytest.mark.parametrize(("day", "goes"), [((2025, 2, 28), True), ((2025, 3, 1), False), ((2025, 3, None), False)])
def test_a_group_is_asked_about_the_day_of_the_paper(draft, officer, signer, departments, day, goes):
    year, month, of_month = day
    addressed(draft, officer, "don-vi:so-cu", year=year, month=month, day=of_month, signer_reason="Bản in lại")
    assert (not receivers_of(draft).faults()) is goes


@pytest.mark.parametrize(
    ("code", "fields", "told"),
    [
        ("CV", {"to": "", "recipients": "Như trên"}, "ghi «Như trên» mà phía trên"),
        ("CV", {"to": " ", "recipients": "- Như trên;\nSở Y tế"}, "ghi «Như trên» mà phía trên"),
        ("CV", {"to": "", "recipients": "như Kính gửi"}, "ghi «Như trên» mà phía trên"),
        ("CV", {"to": "Các đơn vị", "recipients": "Như trên"}, None),
        ("CV", {"to": "", "recipients": "Sở Y tế"}, None),
        ("CV", {"to": "", "recipients": ""}, "chưa có nơi nhận nào"),
        ("GM", {"to": "", "recipients": "Như trên", "body": "Sở Nội vụ kính mời: ông Nguyễn Văn A."}, None),
        ("GM", {"to": "", "recipients": "Như trên", "body": "Sở Nội vụ họp."}, "ghi «Như trên» mà phía trên"),
        ("QĐ", {"to": "", "recipients": "Như Điều 3", "body": "**Điều 1.** Ban hành."}, "không có Điều 3"),
        ("QĐ", {"to": "", "recipients": "Như Điều 1", "body": "**Điều 1.** Ban hành."}, None),
    ],
)
def test_a_line_that_points_to_nobody_keeps_a_paper_from_being_submitted(officer, province, signer, code, fields, told):
    head = {"type": DocumentType.objects.get(code=code), "authority_line": "CHỦ TỊCH" if code == "QĐ" else ""}
    draft = save_draft(Document(**words(issuer_unit=province, signer=signer, **head, **fields)), by=officer)
    if told is None:
        assert submit(draft, by=officer).state == Document.State.SUBMITTED
    else:
        with pytest.raises(Refused, match=told):
            submit(draft, by=officer)


@pytest.fixture
def mixed(draft, officer, departments, province):
    """A draft for all departments and its own body, with a duty of one unit that is not addressed."""
    make_unit("huyen-a", "UBND huyện A", kind=Unit.Kind.DISTRICT)
    duty = Duty(words="Báo cáo", keys=["don-vi:huyen-a", "don-vi:so-y-te"])
    return addressed(draft, officer, "loai:department", "don-vi:ubnd-tinh", "don-vi:so-y-te", duties=[duty], day=28)


def test_what_is_told_is_what_is_delivered(mixed, officer, leader, clerk):
    for day, count in ((DAY, 4), (LATER, 3)):
        assert len(receivers_on(mixed, day).units) == count
    told = receivers_of(mixed)
    assert [unit.name for unit in told.by_duty_alone] == ["UBND huyện A"]
    assert told.leaves_out_own
    done = issue(approved(mixed, officer, leader), by=clerk, day=DAY)
    assert [row.unit for row in done.deliveries.order_by("pk")] == told.units


def test_whoever_approves_sees_who_will_get_it_and_how_many(mixed, officer, leader, client_of, unit_officer):
    submit(mixed, by=officer)
    page = client_of(leader).get(mixed.get_absolute_url()).content.decode()
    for text in ("Chuyển đến 4 đơn vị", "28/02/2020", "Sở Cũ", "Chỉ vì có nhiệm vụ giao", "không có trong số này"):
        assert text in page


def test_the_page_of_issuing_shows_the_receivers_of_the_day_that_is_typed(mixed, officer, leader, clerk, client_of):
    client, url = client_of(clerk), reverse("issue", args=[approved(mixed, officer, leader).pk])
    for day, count, has in (("28/02/2020", 4, True), ("02/06/2025", 3, False), ("31/02/2020", 3, False)):
        page = client.get(url, {"day": day}).content.decode()
        assert f"Chuyển đến {count} đơn vị" in page
        assert ("Sở Cũ" in page) is has
    assert 'value="28/02/2020"' in client.get(url, {"day": "28/02/2020"}).content.decode()
    refused = client.post(url, {"day": "28/02/2020", "version": 0, "number": "x"})
    assert refused.status_code == 422
    assert "Chuyển đến 4 đơn vị" in refused.content.decode()
