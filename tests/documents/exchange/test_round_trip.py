"""Our packages come back as what they were: a letter, a decision with appendices, signed pages; one for all, one for each."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from documents.exchange.packing import pack
from documents.exchange.rules import key_on_axis
from documents.exchange.taking import package_in, take
from documents.life.actions import approve, submit
from documents.life.issuing import issue
from documents.models import (
    Addressee,
    Appendix,
    Arrival,
    AxisOrgan,
    AxisType,
    Document,
    DocumentType,
    FileLooked,
    IssuedCopy,
    Upload,
)
from documents.papers.actions import save_draft
from documents.uploads import keep
from tests.documents.conftest import words
from tests.documents.issued import DAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def receiver(unit_officer, organs):
    """Somebody of another unit that the axis knows."""
    AxisOrgan.objects.create(code="000.00.12.H37", name=unit_officer.unit.name, unit=unit_officer.unit)
    return unit_officer


def issued_as(code, province, signer, officer, leader, clerk, receiver, appendices=()):
    """A paper of the type ``code``, issued to the unit of ``receiver``."""
    type_ = DocumentType.objects.get(code=code)
    more = {"authority_line": "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN", "bases": "Luật Thi đua, khen thưởng"}
    draft = Document(
        **words(issuer_unit=province, signer=signer, type=type_, symbol="QĐ-UBND" if code == "QĐ" else "UBND-KGVX",
                subject="ban hành «Quy chế» & biểu <1>", body="**Điều 1.** Ban hành quy chế.", urgency="HỎA TỐC",
                **more if code == "QĐ" else {})
    )  # fmt: skip
    sent_to = [Addressee(key=f"don-vi:{receiver.unit.code}", label=receiver.unit.name)]
    draft = save_draft(draft, by=officer, appendices=appendices, addressees=sent_to)
    submit(draft, by=officer)
    approve(draft, by=leader)
    AxisType.objects.get_or_create(type=type_, defaults={"code": "2"})
    return issue(draft, by=clerk, day=DAY)


@pytest.fixture
def make(province, signer, officer, leader, clerk, receiver):
    """A function (code of a type, appendices) → such a paper."""
    return lambda code, *appendices: issued_as(
        code, province, signer, officer, leader, clerk, receiver, [Appendix(**row) for row in appendices]
    )


APPENDICES = (
    {"title": "Biểu số 1", "body": "Một đoạn.", "position": 1},
    {
        "title": "Danh sách «A» & B",
        "body": "| A | B |\n|---|---|\n| 1 | 2 |",
        "orientation": "landscape",
        "position": 2,
    },
)


@pytest.mark.parametrize(("code", "appendices"), [("CV", ()), ("QĐ", APPENDICES)])
def test_what_leaves_arrives_with_its_facts_and_its_very_pages(make, clerk, receiver, client_of, code, appendices):
    paper = make(code, *appendices)
    kept = IssuedCopy.objects.get(document=paper)
    (row,) = pack(paper, AxisOrgan.objects.filter(unit=receiver.unit), by=clerk)
    came = take(bytes(row.content), by=receiver)
    found = package_in(came)
    assert found.left == ()
    assert (found.key, found.reference, found.day) == (key_on_axis(paper), paper.reference, DAY)
    assert (found.subject, found.signer, found.place) == (paper.subject, paper.signer_name, paper.place)
    assert (found.competence, found.post) == ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
    assert (found.urgency, found.pages) == ("HỎA TỐC", kept.pages)
    assert found.appendices == tuple(appendix["title"] for appendix in appendices)
    client, page = client_of(receiver), reverse("enter_package", args=[came.pk])
    shown = client.get(page).content.decode()
    assert "HỎA TỐC" in shown
    assert "Chưa hiểu trong gói" not in shown
    typed = {
        "type": paper.type_id, "reference": found.reference, "date": "02/03/2020", "issuer_name": found.sender.name,
        "subject": found.subject, "den-arrived_on": "03/03/2020", "other": "on",
    }  # fmt: skip
    assert client.post(page, typed).status_code == 302
    arrived = Arrival.objects.get(unit=receiver.unit).document
    assert (arrived.subject, arrived.urgency, arrived.signer_name) == (paper.subject, "HỎA TỐC", paper.signer_name)
    with arrived.uploads.get().file.open() as file:
        assert file.read() == bytes(kept.content)


def test_signed_pages_go_along_in_the_place_of_those_that_were_issued(make, clerk, receiver):
    paper = make("CV")
    content = bytes(IssuedCopy.objects.get(document=paper).content)
    for extra, told in ((b"\n%ky\n%%EOF", FileLooked.Words.SAME_FILE), (b"\n%khac\n%%EOF", FileLooked.Words.OTHER)):
        upload = keep(ContentFile(content + extra, name="ky.pdf"), by=clerk, kind=Upload.Kind.SIGNED, document=paper)
        FileLooked.objects.create(document=paper, upload=upload, words=told)
    (row,) = pack(paper, AxisOrgan.objects.filter(unit=receiver.unit), by=clerk)
    (file,) = package_in(take(bytes(row.content), by=receiver)).files
    assert file.content == content + b"\n%ky\n%%EOF"


def test_one_each_is_for_that_one_alone(make, clerk, receiver, organs):
    rows = pack(
        make("CV"), AxisOrgan.objects.filter(unit__isnull=False).exclude(code="000.00.00.H37"), by=clerk, each=True
    )
    assert sorted([organ.code for organ in package_in(row).to] for row in rows) == sorted(
        [organ.code] for organ in [*organs, AxisOrgan.objects.get(unit=receiver.unit)]
    )
    own = next(row for row in rows if package_in(row).to[0].code == "000.00.12.H37")
    assert take(bytes(own.content), by=receiver)
