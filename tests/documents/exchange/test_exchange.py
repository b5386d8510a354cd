"""A paper goes onto the axis, packages come in and are put into the book; nobody sees those of another unit."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from documents.exchange.actions import see
from documents.exchange.edxml import UPDATE, File, Organ, written
from documents.exchange.packing import pack
from documents.exchange.reading import parsed
from documents.exchange.taking import take
from documents.models import Arrival, AxisOrgan, AxisPackage, Document, IssuedCopy
from documents.steps.refusing import Refused
from tests.documents.issued import scan

from .test_edxml import PACKAGE

pytestmark = pytest.mark.django_db


def test_a_paper_goes_out_with_its_pages_in_one_package_or_one_each(issued, organs, clerk, settings, tmp_path,
                                                                    django_capture_on_commit_callbacks):  # fmt: skip
    settings.EXCHANGE_DIR = str(tmp_path)
    with django_capture_on_commit_callbacks(execute=True):
        (one,) = pack(issued, organs, by=clerk)
        both = pack(issued, organs, by=clerk, business=UPDATE, reason="Thêm bản ký số", each=True)
    found = parsed(bytes(one.content))
    assert (found.reference, found.type_code, [organ.name for organ in found.to]) == (
        issued.reference, "18", [organ.name for organ in organs],
    )  # fmt: skip
    assert found.files[0].content == bytes(IssuedCopy.objects.get(document=issued).content)
    assert len(both) == 2
    assert sorted(place.read_bytes() for place in (tmp_path / "gui").iterdir()) == sorted(
        bytes(row.content) for row in AxisPackage.objects.all()
    )


def test_an_unknown_sender_is_told(issued, organs, clerk):
    AxisOrgan.objects.filter(code="000.00.00.H37").delete()
    with pytest.raises(Refused, match="mã định danh"):
        pack(issued, organs, by=clerk)


def enter_again(row, clerk):
    """What is refused where the paper of a package is in the book."""
    with pytest.raises(Refused) as refused:
        see(row, by=clerk)
    return str(refused.value)


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
    assert (row.document, row.outcome, row.done_by) == (arrival.document, "entered", clerk)
    assert "Đã vào sổ" in client.get(page).content.decode()
    # Sent once more from a page that was left open.
    assert "vừa xử lý" in enter_again(row, clerk)


def test_a_paper_is_packed_by_pages_by_its_unit_alone(issued, organs, clerk, unit_officer, client_of):
    page = reverse("axis", args=[issued.pk])
    client = client_of(clerk)
    assert f'href="{page}"' in client.get(issued.get_absolute_url()).content.decode()
    # Who got the paper here is chosen already.
    shown = client.get(page).content.decode()
    assert shown.count("selected") == len(organs)
    assert all(f'<option value="{organ.pk}" selected>' in shown for organ in organs)
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


def test_nothing_of_the_packages_of_another_unit_is_to_be_had(issued, organs, clerk, unit_officer, client_of):
    came, out = take(written(PACKAGE), by=clerk), pack(issued, organs, by=clerk)[0]
    stranger = client_of(unit_officer)
    for name, row in (
        ("enter_package", came), ("package", came), ("answer_package", came), ("reopen_package", came), ("package", out),
        ("give_back_package", came), ("drop_package", out), ("enter_package", out), ("drop_package", came),
    ):  # fmt: skip
        assert stranger.post(reverse(name, args=[row.pk])).status_code == 404
        if name != "reopen_package":
            assert stranger.get(reverse(name, args=[row.pk])).status_code == 404
    assert PACKAGE.subject not in stranger.get(reverse("packages")).content.decode()
    # One that went out is none that came, for its own unit either.
    assert client_of(clerk).get(reverse("enter_package", args=[out.pk])).status_code == 404
