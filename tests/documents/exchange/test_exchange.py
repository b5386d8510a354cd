"""A paper goes onto the axis, packages come in and are put into the book; nobody sees those of another unit."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from documents.exchange.actions import collect, pack, take
from documents.exchange.edxml import RECALL, File, Organ, parsed, written
from documents.models import Arrival, AxisOrgan, AxisPackage, AxisReceiver, Document, IssuedCopy
from documents.steps.refusing import Refused
from tests.documents.issued import issue_letter, more_units, scan

from .test_edxml import PACKAGE

pytestmark = pytest.mark.django_db


@pytest.fixture
def organs(province):
    """The codes of the province and of two communes."""
    AxisOrgan.objects.create(code="000.00.00.H37", name="UBND tỉnh Lạng Sơn", unit=province)
    units = more_units(2)
    return [AxisOrgan.objects.create(code=f"000.01.0{unit.pk % 10}.H37", name=unit.name, unit=unit) for unit in units]


@pytest.fixture
def issued(draft, officer, leader, clerk, organs):
    return issue_letter(draft, officer, leader, clerk, units=[organ.unit for organ in organs])


def test_a_paper_goes_out_with_its_pages_in_one_package_or_one_each(issued, organs, clerk, settings, tmp_path,
                                                                    django_capture_on_commit_callbacks):  # fmt: skip
    settings.EXCHANGE_DIR = str(tmp_path)
    with django_capture_on_commit_callbacks(execute=True):
        (one,) = pack(issued, organs, by=clerk)
        both = pack(issued, organs, by=clerk, each=True)
    found = parsed(bytes(one.content))
    assert (found.reference, found.type_code, [organ.name for organ in found.to]) == (
        issued.reference, "18", [organ.name for organ in organs],
    )  # fmt: skip
    assert found.files[0].content == bytes(IssuedCopy.objects.get(document=issued).content)
    assert len(both) == 2
    assert sorted(place.read_bytes() for place in (tmp_path / "gui").iterdir()) == sorted(
        bytes(row.content) for row in AxisPackage.objects.all()
    )


def test_a_recall_says_why_and_an_unknown_sender_is_told(issued, organs, clerk):
    with pytest.raises(Refused, match="lý do") as refused:
        pack(issued, organs, by=clerk, business=RECALL)
    assert refused.value.field == "reason"
    AxisOrgan.objects.filter(code="000.00.00.H37").delete()
    with pytest.raises(Refused, match="mã định danh"):
        pack(issued, organs, by=clerk)


def test_what_comes_back_stands_at_the_receiver_and_an_older_word_changes_nothing(issued, organs, clerk):
    (row,) = pack(issued, organs, by=clerk)
    told = """<edXML xmlns="http://www.mic.gov.vn/TBT/QCVN_102_2016"><edXMLEnvelope><edXMLHeader><Status><ResponseFor>
      <DocumentId>{key}</DocumentId></ResponseFor><From><OrganId>{code}</OrganId></From><StatusCode>{state}</StatusCode>
      <Timestamp>{at}</Timestamp></Status></edXMLHeader></edXMLEnvelope></edXML>"""
    facts = {"key": row.key, "code": organs[0].code}
    take(told.format(**facts, state="03", at="2020/03/05 08:00:00").encode(), by=clerk)
    take(told.format(**facts, state="01", at="2020/03/04 08:00:00").encode(), by=clerk)
    assert AxisReceiver.objects.get(package=row, organ=organs[0]).state == "03"
    with pytest.raises(Refused, match="không gửi từ đây"):
        take(told.format(key="x", code=organs[0].code, state="03", at="").encode(), by=clerk)


def test_a_package_comes_once_and_the_same_paper_by_another_is_told(clerk):
    take(written(PACKAGE), by=clerk)
    with pytest.raises(Refused, match="đã nhận rồi"):
        take(written(PACKAGE), by=clerk)
    with pytest.raises(Refused, match="bằng một gói khác"):
        take(written(replace(PACKAGE, place="Hà Nội")), by=clerk)


def test_a_folder_is_emptied_and_what_was_refused_lies_aside_with_the_reason(clerk, settings, tmp_path):
    settings.EXCHANGE_DIR = str(tmp_path)
    (tmp_path / "nhan").mkdir()
    (tmp_path / "nhan" / "a.edxml").write_bytes(written(PACKAGE))
    (tmp_path / "nhan" / "b.xml").write_bytes(b"<html/>")
    taken, refused = collect(by=clerk)
    assert (taken, len(refused)) == (1, 1)
    assert (tmp_path / "nhan" / "da-nhan" / "a.edxml").exists()
    assert "edXML" in (tmp_path / "nhan" / "loi" / "b.xml.txt").read_text("utf-8")
    assert collect(by=clerk) == (0, [])


def test_it_goes_into_the_book_with_its_facts_and_files_by_pages(clerk, client_of, unit_officer):
    client = client_of(clerk)
    package = replace(PACKAGE, sender=Organ("G12.00.00", "Bộ Nội vụ"), files=(File("05.pdf", scan().read()),))
    sent = {"file": SimpleUploadedFile("a.edxml", written(package))}
    assert client.post(reverse("take_package"), sent, follow=True).status_code == 200
    row = AxisPackage.objects.get()
    page = reverse("enter_package", args=[row.pk])
    assert page in client.get(reverse("packages")).content.decode()
    shown = client.get(page).content.decode()
    assert "05/UBND-KGVX" in shown
    assert "Bộ Nội vụ" in shown
    assert client_of(unit_officer).get(page).status_code == 404
    assert client_of(unit_officer).get(reverse("package", args=[row.pk])).status_code == 404
    typed = {
        "type": Document._meta.get_field("type").related_model.objects.get(code="CV").pk,
        "reference": "05/UBND-KGVX",
    }
    typed |= {
        "date": "25/02/2020",
        "issuer_name": "Bộ Nội vụ",
        "subject": "tổ chức Hội nghị",
        "den-arrived_on": "27/02/2020",
    }
    assert client.post(page, typed).status_code == 302
    arrival = Arrival.objects.get()
    assert (arrival.arrived_on, arrival.document.uploads.get().name) == (date(2020, 2, 27), "05.pdf")
    row.refresh_from_db()
    assert (row.document, row.done_at is None) == (arrival.document, False)
    assert client.get(page).status_code == 404


def test_a_recall_leads_to_the_paper_that_came_before(clerk, client_of):
    first = take(written(PACKAGE), by=clerk)
    first.document = Document.objects.filter(origin="cited").first()
    first.save()
    recall = take(written(replace(PACKAGE, business=RECALL, reason="Nhầm số liệu")), by=clerk)
    assert recall.document == first.document
    client = client_of(clerk)
    assert "Nhầm số liệu" in client.get(reverse("enter_package", args=[recall.pk])).content.decode()
    assert client.post(reverse("enter_package", args=[recall.pk])).status_code == 302
    recall.refresh_from_db()
    assert recall.done_at


def test_a_paper_is_packed_by_pages_by_its_unit_alone(issued, organs, clerk, unit_officer, client_of):
    page = reverse("axis", args=[issued.pk])
    client = client_of(clerk)
    assert f'href="{page}"' in client.get(issued.get_absolute_url()).content.decode()
    assert client.post(page, {"business": "0"}).status_code == 422
    assert client.post(page, {"organs": [organ.pk for organ in organs], "business": "0"}).status_code == 302
    assert "chưa báo lại" in client.get(page).content.decode()
    fetched = client.get(reverse("package", args=[AxisPackage.objects.get().pk]))
    assert fetched.content == bytes(AxisPackage.objects.get().content)
    assert client_of(unit_officer).get(page).status_code == 404


def test_a_type_that_nobody_told_of_is_chosen_by_the_person(clerk, client_of):
    row = take(written(replace(PACKAGE, type_code="99", type_name="Lạ")), by=clerk)
    answer = client_of(clerk).get(reverse("enter_package", args=[row.pk]))
    assert answer.status_code == 200
    assert "– Chọn loại văn bản –" in answer.content.decode()
