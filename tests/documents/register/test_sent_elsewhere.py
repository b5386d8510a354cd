"""Papers of the own unit that were issued outside the program: registered with their signed scan, seen by the unit."""

import io
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook

from documents.models import Document, DocumentType, Upload
from documents.register.actions import record_sent
from documents.register.numbers import bearing
from documents.steps.refusing import Refused
from units.models import Role, Succession, Unit, UnitChange, User

from ...conftest import make_unit, make_user
from ...days import ONE
from ..issued import scan

pytestmark = pytest.mark.django_db

WRITERS = {"officer", "leader", "clerk", "administrator", "unit_officer", "stranger"}


def typed(unit, **fields):
    facts = {
        "type": DocumentType.objects.get(code="KH").pk,
        "reference": "5/KH-SYT",
        "date": "25/02/2020",
        "issuer_unit": unit.pk if unit else "",
        "subject": "phát động thi đua phòng, chống dịch",
        "files": scan("ban-ky.pdf"),
    }
    return facts | fields


def workbook(name):
    """A true workbook, which is no scan."""
    content = io.BytesIO()
    Workbook().save(content)
    return SimpleUploadedFile(name, content.getvalue())


def paper_of(unit, **fields):
    facts = {"reference": "5/KH-SYT", "subject": "phát động thi đua", "year": 2020, "month": 2, "day": 25} | fields
    return Document(type=DocumentType.objects.get(code="KH"), issuer_unit=unit, issuer_name=unit.name, **facts)


def predecessor_of(unit, in_part=False):
    old = make_unit("so-cu", "Sở Cũ", ended=date(2021, 6, 30))
    change = UnitChange.objects.create(kind=UnitChange.Kind.MERGE, date=date(2021, 7, 1), citation="Nghị quyết 1")
    Succession.objects.create(change=change, predecessor=old, successor=unit, in_part=in_part)
    return old


def test_who_registers_a_paper_of_the_own_unit(people, client_of):
    for who, person in people.items():
        client = client_of(person)
        may = who in WRITERS
        assert client.get(reverse("new_sent")).status_code == (200 if may else 403)
        sent = typed(person.unit, reference=f"{len(who)}/KH-{who}")
        assert client.post(reverse("new_sent"), sent).status_code == (302 if may else 403)
        found = Document.objects.filter(origin="sent", reference=sent["reference"])
        assert [(row.unit, row.issuer_unit, row.state) for row in found] == (
            [(person.unit, person.unit, "issued")] if may else []
        )
        if not may:
            with pytest.raises(Refused):
                record_sent(paper_of(person.unit), by=person)


def test_it_is_seen_by_the_unit_alone_with_its_scan(people, other_unit, client_of):
    client_of(people["unit_officer"]).post(reverse("new_sent"), typed(other_unit))
    paper = Document.objects.get(origin="sent")
    upload = Upload.objects.get(document=paper)
    colleague = make_user("dong-nghiep", "Lý Đồng Nghiệp", Role.BODY_LEADER, other_unit)
    sees = {"unit_officer": 200, "administrator": 200}
    for who, person in {**people, "colleague": colleague}.items():
        expected = sees.get(who, 200 if who == "colleague" else 404)
        for url in (paper.get_absolute_url(), upload.get_absolute_url()):
            assert client_of(person).get(url).status_code == expected
    page = client_of(people["unit_officer"]).get(reverse("documents")).content.decode()
    assert "5/KH-SYT" in page
    assert "5/KH-SYT" not in client_of(people["stranger"]).get(reverse("documents")).content.decode()


def test_the_body_is_the_own_unit_or_one_that_it_succeeded(people, other_unit, so_noi_vu, client_of):
    user = people["unit_officer"]
    old = predecessor_of(other_unit)
    client = client_of(User.objects.get(pk=user.pk))
    assert client.post(reverse("new_sent"), typed(old)).status_code == 302
    assert Document.objects.get(origin="sent").issuer_name == "Sở Cũ"
    assert client.post(reverse("new_sent"), typed(so_noi_vu, reference="6/KH-SNV")).status_code == 422
    with pytest.raises(Refused, match="Chỉ ghi văn bản của đơn vị mình"):
        record_sent(paper_of(so_noi_vu), by=User.objects.get(pk=user.pk))
    Succession.objects.update(in_part=True)
    with pytest.raises(Refused, match="Chỉ ghi văn bản của đơn vị mình"):
        record_sent(paper_of(old, reference="7/KH"), by=User.objects.get(pk=user.pk))


def test_the_body_lived_on_the_day(people, other_unit, client_of):
    old = predecessor_of(other_unit)
    client = client_of(User.objects.get(pk=people["unit_officer"].pk))
    for number, (day, status) in enumerate([(old.ended, 302), (old.ended + ONE, 422)]):
        answer = client.post(reverse("new_sent"), typed(old, reference=f"{number + 1}/KH", date=f"{day:%d/%m/%Y}"))
        assert answer.status_code == status
    assert "Sở Cũ (đến 30/06/2021) không hoạt động vào ngày 01/07/2021" in answer.content.decode()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"files": ""}, "Hãy chọn ít nhất một tệp"),
        ({"files": "bang.xlsx"}, "Phải là bản quét PDF"),
        ({"date": "02/2020"}, "Hãy ghi đủ ngày, tháng, năm"),
        ({"reference": ""}, ""),
        ({"issuer_unit": ""}, ""),
        ({"type": ""}, ""),
        ({"subject": ""}, ""),
    ],
)
def test_what_is_missing_stands_beside_its_field_and_stores_nothing(people, other_unit, client_of, wrong, told):
    sent = typed(other_unit) | wrong
    if sent["files"] == "bang.xlsx":
        sent["files"] = workbook("bang.xlsx")
    answer = client_of(people["unit_officer"]).post(reverse("new_sent"), sent)
    assert (answer.status_code, told in answer.content.decode()) == (422, True)
    assert (Document.objects.filter(origin="sent").count(), Upload.objects.count()) == (0, 0)


def test_a_day_that_has_not_come_is_refused(people, other_unit, client_of):
    client = client_of(people["unit_officer"])
    today = timezone.localdate()
    for number, (day, status) in enumerate([(today, 302), (today + timedelta(days=1), 422)]):
        sent = typed(other_unit, reference=f"{number + 1}/KH", date=f"{day:%d/%m/%Y}")
        assert client.post(reverse("new_sent"), sent).status_code == status


def test_the_same_paper_is_asked_about_once(people, other_unit, client_of):
    user = people["unit_officer"]
    client = client_of(user)
    client.post(reverse("new_sent"), typed(other_unit))
    again = client.post(reverse("new_sent"), typed(other_unit, reference="05/kh–syt"))
    assert (again.status_code, "Sổ đã có văn bản cùng số" in again.content.decode()) == (422, True)
    with pytest.raises(Refused, match="đánh dấu ô này"):
        record_sent(paper_of(other_unit), by=user, is_other=False)
    assert client.post(reverse("new_sent"), typed(other_unit, other="on")).status_code == 302


def test_the_program_gives_its_number_to_no_other_paper(people, other_unit):
    made = record_sent(paper_of(other_unit), by=people["unit_officer"])
    assert bearing(other_unit, 2020, "05/KH-SYT") == made


def test_it_is_corrected_by_its_unit_alone_and_stays_of_its_unit(people, other_unit, so_noi_vu, client_of):
    made = record_sent(paper_of(other_unit), by=people["unit_officer"])
    url = reverse("correct_entry", args=[made.pk])
    sent = typed(other_unit, subject="phát động phong trào", version=made.version) | {"files": ""}
    for who, status in {"stranger": 404, "officer": 404, "council_member": 404, "unit_officer": 302}.items():
        assert client_of(people[who]).post(url, sent).status_code == status
    made.refresh_from_db()
    assert (made.subject, made.issuer_unit) == ("phát động phong trào", other_unit)
    other = sent | {"issuer_unit": so_noi_vu.pk, "version": made.version}
    assert client_of(people["unit_officer"]).post(url, other).status_code == 422


def test_a_unit_that_ended_registers_nothing(people, other_unit):
    Unit.objects.filter(pk=other_unit.pk).update(ended=date(2021, 1, 1))
    with pytest.raises(Refused, match="đã kết thúc"):
        record_sent(paper_of(other_unit), by=User.objects.get(pk=people["unit_officer"].pk))
